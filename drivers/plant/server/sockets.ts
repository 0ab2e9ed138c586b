import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { EnvironmentError } from "../../linux/environment";
import { openLineSocket } from "../../linux/line-socket";
import { protocol, type Role, roles } from "../protocol";
import type { PlantServer } from "./server";

export interface PlantSockets {
  readonly paths: Readonly<Record<Role, string>>;
  /** Ends all connections and removes the sockets. */
  close(): void;
}

/**
 * Opens the plant's three sockets in a folder, the owner's alone. Those of a dead plant are replaced.
 * @param log a client that was cut off, and why
 * @throws EnvironmentError when a plant is running there, or the folder cannot hold sockets
 */
export async function openPlantSockets(
  server: PlantServer,
  folder: string,
  log: (text: string, fields: object) => void,
): Promise<PlantSockets> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new EnvironmentError({ kind: "Refused", what: `make the folder ${folder}`, code });
  }
  const opened: (() => void)[] = [];
  const paths = Object.fromEntries(roles.map((role) => [role, join(folder, role)])) as Record<Role, string>;
  const close = (): void => {
    for (const each of opened) each();
  };
  try {
    for (const role of roles) opened.push(await open(server, role, paths[role], log));
  } catch (error) {
    close();
    throw error;
  }
  return { paths, close };
}

const open = (
  server: PlantServer,
  role: Role,
  path: string,
  log: (text: string, fields: object) => void,
): Promise<() => void> =>
  openLineSocket({
    path,
    owner: "a plant",
    longestLine: protocol.line,
    mostUnread: protocol.unread,
    accept: (way) => {
      const client = server.connect(role, way);
      return { receive: (line) => client.receive(line), gone: () => server.disconnect(client) };
    },
    log: (because) => log("Client cut off", { role, because }),
  });
