import type { AddressInfo } from "node:net";
import type { Clock } from "../core/clock";
import type { EvsePilot, PilotDrive } from "../core/pilot";
import type { PowerPath } from "../core/power";
import type { Trace } from "../core/trace";
import type { Access, HttpFault, Operator } from "../secc/api";
import { StationView } from "../secc/api/view";
import type { SeccConfig } from "../secc/config";
import type { Place } from "./api-access";
import { CommandError } from "./errors";
import type { Log } from "./log";
import { version } from "./version";

/** The station that is shown: its trace, what is measured at its ports, and what it is configured to be. */
export interface Shown {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly pilot: EvsePilot & { driven(): PilotDrive | undefined };
  readonly power: PowerPath;
  readonly config: SeccConfig;
  readonly iface: string | null;
}

const wall = (): Date => new Date();

/** Sees what happens from now on: made before the station begins. */
export const viewOf = ({ config, iface, ...ports }: Shown): StationView =>
  new StationView({ ...ports, wall }, config, iface);

/**
 * Serves the HTTP interface of a station. Loaded when it is asked for: a station without it starts faster and smaller.
 * @throws CommandError when the address cannot be had
 */
export async function serveApi(
  { clock, trace, pilot }: Shown,
  view: StationView,
  operator: Operator,
  { place, access, log, fault }: { place: Place; access: Access; log: Log; fault?: HttpFault | undefined },
): Promise<{ port: number; close: () => void }> {
  const { apiServer, Feed } = require("../secc/api") as typeof import("../secc/api");
  const feed = new Feed({ clock, trace, driven: () => pilot.driven(), wall }, view, operator);
  const write: ApiLog = (level, text, fields) => log.write(level, "api", text, fields);
  const common = { clock, trace, wall, version: version(), log: write, ofProcess: true };
  const app = await apiServer({ ...common, ...(fault && { fault }), view, operator, feed, access });
  try {
    await app.listen({ host: place.host, port: place.port });
  } catch (error) {
    await app.close();
    const code = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new CommandError("environment", `cannot listen on ${place.host} port ${place.port}: ${code}`);
  }
  feed.start();
  const { port } = app.server.address() as AddressInfo;
  const host = place.host.includes(":") ? `[${place.host}]` : place.host;
  log.write("info", "api", `Serving http://${host}:${port}/`, { docs: "/docs", token: access.tokens.length > 0 });
  const close = (): void => {
    feed.stop();
    void app.close();
  };
  return { port, close };
}

type ApiLog = (level: "debug" | "info" | "error", text: string, fields: object) => void;
