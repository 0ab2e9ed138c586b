import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PlcUtil, plcUtil } from "../../../cli/plc-utils.contract";
import { SystemClock } from "../../../drivers/linux/clock";
import { ModemClient, type TimedPassage } from "../../../drivers/linux/modem-control";
import { Namespaces } from "../../../drivers/linux/namespace";
import { type PlantHappening, PlantObserver } from "../../../drivers/plant";
import type { PlantOptions } from "../../../drivers/virtual/plant";
import type { ForeignMatch } from "../bench";
import { tokenLines } from "../http-requests";
import { Inconclusive } from "../judgement";
import type { Sut } from "../parameters";
import { RemoteHost } from "../real/remote-host";
import { foreignMatch } from "./foreign";
import { helperProblem } from "./helper";
import { HttpClient } from "./http-client";
import { readiness } from "./process";

const root = join(__dirname, "..", "..", "..");
export const command = join(root, "dist", "cli", "main.js");

/** Host, modem and addresses of either side. */
export const sides = {
  secc: {
    role: "se",
    interface: "se0",
    port: "plc_se",
    mac: "02:00:00:00:5e:01",
    modem: "02:B0:52:00:5E:01",
    address: "fe80::5ecc",
  },
  evcc: {
    role: "ev",
    interface: "ev0",
    port: "plc_ev",
    mac: "02:00:00:00:ee:01",
    modem: "02:B0:52:00:EE:01",
    address: "fe80::ee",
  },
} as const;

const roles = ["se", "ev", "plc"];
const cable = ({ role, interface: name, mac, address, port }: (typeof sides)[Sut]) =>
  [
    { role, interface: name, mac, address },
    { role: "plc", interface: port },
  ] as const;

/** Who is told what happens; one scenario after the other. */
export interface Audience {
  onPassage(passage: TimedPassage): void;
  onPlant(happening: PlantHappening): void;
  /** A process of the rig has gone: nothing that follows counts. */
  onLost(what: string): void;
}

/**
 * What a worker needs for all of its scenarios and what takes long to make: namespaces for station, car and modems with cables between
 * them, the virtual modem and the plant in processes of their own, and agents in the namespaces of either side.
 */
export class Rig {
  readonly origin = process.hrtime.bigint();
  readonly folder: string;
  readonly namespaces: Namespaces;
  audience: Audience | undefined;
  observer!: PlantObserver;
  modem!: ModemClient;
  private readonly clock = new SystemClock(this.origin);
  private readonly hosts = new Map<Sut, Promise<RemoteHost>>();
  /** What the process does for it when it ends; a rig that has gone is nobody's care. */
  private readonly atEnd: readonly (readonly [event: string, act: () => void])[];
  /** What has gone of it: nobody may work with the rest. */
  private lacking: string | undefined;
  private static made: Promise<Rig> | undefined;

  /** The rig of this process; another one where a part of the last has gone. @throws EnvironmentError, Inconclusive when this machine cannot have one */
  static async ofThisWorker(): Promise<Rig> {
    const last = await Rig.made?.catch(() => undefined);
    if (last?.lacking !== undefined || !last) {
      last?.destroy();
      Rig.made = Rig.make();
    }
    return Rig.made as Promise<Rig>;
  }

  static async endAll(): Promise<void> {
    const rig = await Rig.made?.catch(() => undefined);
    rig?.destroy();
    Rig.made = undefined;
  }

  private static async make(): Promise<Rig> {
    checkBuild();
    if (helperProblem !== undefined) process.stderr.write(`NOT IN THIS RUN: the pilot helper (${helperProblem})\n`);
    const worker = process.env.CUCUMBER_WORKER_ID ?? "0";
    const namespaces = Namespaces.create({ worker, roles, cables: [cable(sides.secc), cable(sides.evcc)] });
    for (const { role } of Object.values(sides)) smallWindows(namespaces, role);
    const rig = new Rig(namespaces);
    try {
      await Promise.all([rig.startPlant(), rig.startModem()]);
      return rig;
    } catch (error) {
      rig.destroy();
      throw error;
    }
  }

  private constructor(namespaces: Namespaces) {
    this.namespaces = namespaces;
    this.folder = mkdtempSync(join(tmpdir(), "ccs-hil-rig-"));
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    this.atEnd = [
      ["exit", () => this.destroy()],
      ...signals.map((signal) => [signal, () => this.leave(signal)] as const),
    ];
    for (const [event, act] of this.atEnd) process.on(event, act);
  }

  /** Ends as that signal ends a process, with nothing left behind. */
  private leave(signal: NodeJS.Signals): void {
    this.destroy();
    process.kill(process.pid, signal);
  }

  /** The tester's hands in the namespace of one side. */
  host(side: Sut): Promise<RemoteHost> {
    const known = this.hosts.get(side);
    if (known) return known;
    const { role, interface: name } = sides[side];
    const args = ["-r", "ts-node/register", join(__dirname, "..", "real", "agent.ts"), name, String(this.origin)];
    const agent = this.namespaces.spawn(role, process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
    });
    const host = RemoteHost.start(agent).catch((error: Error) => {
      throw new Inconclusive(`the agent at ${name}: ${error.message}`);
    });
    agent.once("exit", () => this.lost(`the agent at ${name}`));
    this.hosts.set(side, host);
    return host;
  }

  /** A program of others where the tester is, for one match. */
  foreignMatch(program: PlcUtil): ForeignMatch {
    const { role, interface: name } = program === "pev" ? sides.evcc : sides.secc;
    const [first, ...words] = plcUtil(program, name, this.folder);
    return foreignMatch(program, this.namespaces.spawn(role, first, words, { stdio: ["ignore", "pipe", "pipe"] }));
  }

  /** Who asks the station over HTTP, in the station's namespace. */
  client(): HttpClient {
    this.asker ??= new HttpClient(this.namespaces, sides.secc.role, (what) => this.lost(what));
    return this.asker;
  }

  /** File of the tokens by which the station's HTTP interface may be asked. */
  get tokens(): string {
    const file = join(this.folder, "tokens");
    if (!existsSync(file)) writeFileSync(file, tokenLines(), { mode: 0o600 });
    return file;
  }

  /** As at the start: unplugged, nothing wrong with plant or line. @throws Inconclusive when plant or modem do not take it */
  async reset(seed: number, plant: PlantOptions = {}): Promise<void> {
    // A plant that a busy machine has kept silent for a moment is waited for; with one that stays silent the rig is of no use.
    await this.observer.link
      .await(() => true)
      .catch((error: Error) => {
        this.lost("the plant");
        throw new Inconclusive(error.message);
      });
    await Promise.all([
      this.observer.reset(plant, seed),
      this.modem.do("setPlugged", { plugged: false }),
      this.modem.do("loseNothing"),
      this.modem.do("faults"),
      this.modem.do("attenuation", { db: defaultAttenuation }),
    ]).catch((error: Error) => {
      throw new Inconclusive(error.message);
    });
  }

  private lost(what: string): void {
    this.lacking = what;
    this.audience?.onLost(what);
  }

  destroy(): void {
    this.audience = undefined;
    for (const [event, act] of this.atEnd) process.off(event, act);
    this.observer?.close();
    this.modem?.close();
    this.plant?.kill();
    this.namespaces.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private plant: ChildProcess | undefined;
  private asker: HttpClient | undefined;

  private async startPlant(): Promise<void> {
    const args = [command, "plant", "--dir", this.folder, "--origin", String(this.origin), "--die-with-parent"];
    const plant = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "pipe"] });
    this.plant = plant;
    await readiness(plant, { name: "the plant", ready: "Plant ready" });
    plant.once("exit", () => this.lost("the plant"));
    const { clock, origin: originNs } = this;
    this.observer = await PlantObserver.open({ path: join(this.folder, "observer"), clock, originNs });
    this.observer.onHappening((happening) => this.audience?.onPlant(happening));
  }

  private async startModem(): Promise<void> {
    const { origin } = this;
    const path = join(this.folder, "modem");
    const ports = [`${sides.secc.port}=${sides.secc.modem},evse`, `${sides.evcc.port}=${sides.evcc.modem},ev`];
    const options = [
      "--unplugged",
      "--join-delay",
      "500",
      "--control",
      path,
      "--origin",
      String(origin),
      "--die-with-parent",
    ];
    const args = [command, "modem", ...ports.flatMap((port) => ["--port", port]), ...options];
    // A real modem does not wait for what else runs on this machine.
    const modem = this.namespaces.spawn("plc", "nice", ["-n", "-19", process.execPath, ...args], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    await readiness(modem, { name: "the modem", ready: "Modem ready" });
    this.modem = await ModemClient.open({
      path,
      origin,
      onPassage: (passage) => this.audience?.onPassage(passage),
      onLost: () => this.lost("the modem"),
    });
  }
}

/**
 * A window as small as that of a controller in a car or charger: with the megabytes of a server's kernel a peer that has stopped reading
 * would be noticed after minutes.
 */
function smallWindows(namespaces: Namespaces, role: string): void {
  namespaces.spawn(role, "sh", ["-c", "echo 4096 8192 16384 > /proc/sys/net/ipv4/tcp_rmem"], { stdio: "ignore" });
}

const defaultAttenuation = 20;

/** The commands run compiled. @throws Inconclusive when that is not what stands in the sources */
function checkBuild(): void {
  if (!existsSync(command)) throw new Inconclusive("the commands are not built: npm run build");
  const built = statSync(command).mtimeMs;
  const rooms = ["core", "protocol", "secc", "evcc", "drivers", "cli"].map((room) => join(root, room));
  const newer = rooms
    .filter((room) => existsSync(room))
    .flatMap((room) => readdirSync(room, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /(?<!\.test|\.contract)\.ts$/.test(entry.name))
    .find((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs > built);
  if (newer) throw new Inconclusive(`dist is older than ${newer.name}: npm run build`);
}
