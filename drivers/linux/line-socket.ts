import { chmodSync, lstatSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { EnvironmentError } from "./environment";
import { eachLine } from "./lines";

/** The longest path that the kernel takes for a Unix socket, on the meanest of our systems. */
const longestPath = 103;

/** The server's way to one client. */
export interface LineClient {
  readonly send: (line: string) => void;
  readonly cut: (why: string) => void;
}

export interface LineSocketOptions {
  readonly path: string;
  /** Who lives there when somebody answers already: "a plant". */
  readonly owner: string;
  /** Characters of a line without its end. */
  readonly longestLine: number;
  /** Characters that may wait for a slow reader; one that is slower is cut off. */
  readonly mostUnread: number;
  /** A client has come. What is returned hears its lines, and that it has gone. */
  readonly accept: (client: LineClient) => { receive(line: string): void; gone(): void };
  /** Of a client that was cut off. */
  readonly log: (why: string) => void;
}

/**
 * A Unix socket of lines, the owner's alone. That of a dead process is replaced.
 * @returns what ends all connections and removes the socket
 * @throws EnvironmentError when somebody is running there, or the path cannot be a socket
 */
export async function openLineSocket(options: LineSocketOptions): Promise<() => void> {
  const sockets = new Set<Socket>();
  await vacate(options.path, options.owner);
  const server = await listen(options.path, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serve(socket, options);
  });
  return () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
}

/** Removes the socket of a dead process. @throws EnvironmentError when something lives there, or it is no socket at all */
async function vacate(path: string, owner: string): Promise<void> {
  if (Buffer.byteLength(path) > longestPath)
    throw new EnvironmentError({ kind: "NoSocket", path, why: `a socket's path has at most ${longestPath} bytes` });
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isSocket())
    throw new EnvironmentError({ kind: "NoSocket", path, why: "there is a file that is no socket" });
  if (await answers(path)) throw new EnvironmentError({ kind: "NoSocket", path, why: `${owner} is running there` });
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
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(new EnvironmentError({ kind: "Refused", what: `listen on ${path}`, code: error.code ?? error.message }));
    });
    // Nobody else may connect, not even before its mode is set.
    const mask = process.umask(0o177);
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve(server);
    });
    process.umask(mask);
  });
}

function serve(socket: Socket, { accept, longestLine, mostUnread, log }: LineSocketOptions): void {
  const cut = (why: string): void => {
    if (socket.destroyed) return;
    log(why);
    socket.destroy();
  };
  const send = (line: string): void => {
    if (socket.destroyed) return;
    socket.write(`${line}\n`);
    if (socket.writableLength > mostUnread) cut("it does not read");
  };
  const client = accept({ send, cut });
  eachLine(
    socket,
    longestLine,
    (line) => client.receive(line),
    () => cut("a line that is too long"),
  );
  socket.on("error", () => undefined);
  socket.on("close", () => client.gone());
}
