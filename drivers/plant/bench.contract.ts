import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SystemClock } from "../linux/clock";
import { SeededEntropy } from "../virtual/entropy";
import type { PlantOptions } from "../virtual/plant";
import { openPlantSockets, PlantCar, PlantObserver, PlantServer, PlantStation } from "./index";

/** A plant in this process behind real sockets, on the system clock. */
export async function socketBench(config: PlantOptions = {}, folder = mkdtempSync(join(tmpdir(), "ccs-hil-plant-"))) {
  const clock = new SystemClock();
  const server = new PlantServer({ clock, originNs: clock.origin, entropy: (seed) => new SeededEntropy(seed), config });
  const cutOff: object[] = [];
  const { paths, close } = await openPlantSockets(server, folder, (_, fields) => void cutOff.push(fields));
  return {
    clock,
    folder,
    server,
    paths,
    /** Clients that have broken a limit. */
    cutOff,
    wait: (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms)),
    close(): void {
      close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The same, with one client of each role. */
export async function clientsBench(config: PlantOptions = {}) {
  const bench = await socketBench(config);
  const { clock, paths } = bench;
  const observer = await PlantObserver.open({ path: paths.observer, clock, originNs: clock.origin });
  const station = await PlantStation.open({ path: paths.evse, clock });
  const car = await PlantCar.open({ path: paths.ev, clock });
  return {
    ...bench,
    observer,
    station,
    car,
    /** The plant goes; its clients stay. */
    stop: () => bench.close(),
    close(): void {
      for (const client of [observer, station, car]) client.close();
      bench.close();
    },
  };
}

/** A way to a socket that can be frozen: what is at its other end is there, and says and hears nothing. */
export async function frozenWay(to: string) {
  const path = `${to}.way`;
  const ends = new Set<Socket>();
  let frozen = false;
  const forward = (from: Socket, into: Socket): void => {
    ends.add(from);
    from.on("data", (bytes) => frozen || into.write(bytes));
    from.on("error", () => undefined).on("close", () => into.destroy());
  };
  const server = createServer((near) => {
    const far = connect(to);
    forward(near, far);
    forward(far, near);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    path,
    freeze(on: boolean): void {
      frozen = on;
    },
    close(): void {
      server.close();
      for (const end of ends) end.destroy();
    },
  };
}

/** Waits until it holds; the test itself has no limit of time that a loaded machine could miss. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
