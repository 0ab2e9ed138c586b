import { chmodSync, lstatSync, mkdirSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { EnvironmentError } from "../../linux/environment";
import { eachLine } from "../lines";
import { protocol, type Role, roles } from "../protocol";
import type { PlantServer } from "./server";

/** The longest path that the kernel takes for a Unix socket, on the meanest of our systems. */
const longestPath = 103;

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
    throw refused(`make the folder ${folder}`, error);
  }
  const opened: Server[] = [];
  const sockets = new Set<Socket>();
  const paths = Object.fromEntries(roles.map((role) => [role, join(folder, role)])) as Record<Role, string>;
  const close = (): void => {
    for (const each of opened) each.close();
    for (const socket of sockets) socket.destroy();
  };
  try {
    for (const role of roles) await vacate(paths[role]);
    for (const role of roles) {
      opened.push(await listen(paths[role], (socket) => serve(server, role, socket, sockets, log)));
    }
  } catch (error) {
    close();
    throw error;
  }
  return { paths, close };
}

/** Removes the socket of a dead plant. @throws EnvironmentError when something lives there, or it is no socket at all */
async function vacate(path: string): Promise<void> {
  if (Buffer.byteLength(path) > longestPath)
    throw new EnvironmentError({ kind: "NoSocket", path, why: `a socket's path has at most ${longestPath} bytes` });
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isSocket())
    throw new EnvironmentError({ kind: "NoSocket", path, why: "there is a file that is no socket" });
  if (await answers(path)) throw new EnvironmentError({ kind: "NoSocket", path, why: "a plant is running there" });
  rmSync(path);
}

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(path);
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.once("error", () => resolve(false));
  });

function listen(path: string, accept: (socket: Socket) => void): Promise<Server> {
  const server = createServer(accept);
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(refused(`listen on ${path}`, error)));
    // Nobody else may connect, not even before its mode is set.
    const mask = process.umask(0o177);
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve(server);
    });
    process.umask(mask);
  });
}

function serve(
  server: PlantServer,
  role: Role,
  socket: Socket,
  sockets: Set<Socket>,
  log: (text: string, fields: object) => void,
): void {
  sockets.add(socket);
  const cut = (why: string): void => {
    if (socket.destroyed) return;
    log("Client cut off", { role, because: why });
    socket.destroy();
  };
  const send = (line: string): void => {
    if (socket.destroyed) return;
    socket.write(`${line}\n`);
    if (socket.writableLength > protocol.unread) cut("it does not read");
  };
  const client = server.connect(role, { send, cut });
  eachLine(
    socket,
    (line) => client.receive(line),
    () => cut("a line that is too long"),
  );
  socket.on("error", () => undefined);
  socket.on("close", () => {
    sockets.delete(socket);
    server.disconnect(client);
  });
}

const refused = (what: string, error: unknown): EnvironmentError =>
  new EnvironmentError({ kind: "Refused", what, code: (error as NodeJS.ErrnoException).code ?? String(error) });
