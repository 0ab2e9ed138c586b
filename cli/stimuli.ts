import { chmodSync, existsSync, unlinkSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { CommandError } from "./errors";

/** Longest line taken; a stimulus is a word. */
const longest = 4_096;

/**
 * What a person may do to a running peer, as JSON lines over a Unix socket: `{"stimulus":"stop"}` is answered by `{"ok":true}`, anything
 * else by `{"ok":false,"error":"…"}`. The socket is the owner's alone.
 */
export function serveStimuli<Name extends string>(
  path: string,
  names: readonly Name[],
  act: (name: Name) => void,
): Promise<Server> {
  if (existsSync(path)) unlinkSync(path);
  const server = createServer((socket) => listen(socket, names, act));
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(new CommandError("environment", `cannot open the stimuli socket ${path}: ${error.code ?? error.message}`));
    });
    server.listen(path, () => {
      chmodSync(path, 0o600);
      server.unref();
      resolve(server);
    });
  });
}

function listen<Name extends string>(socket: Socket, names: readonly Name[], act: (name: Name) => void): void {
  let held = "";
  socket.setEncoding("utf8");
  socket.on("error", () => socket.destroy());
  socket.on("data", (text: string) => {
    held += text;
    const lines = held.split("\n");
    held = lines.pop() ?? "";
    for (const line of lines) socket.write(`${JSON.stringify(answer(line, names, act))}\n`);
    if (held.length > longest) socket.destroy();
  });
}

function answer<Name extends string>(line: string, names: readonly Name[], act: (name: Name) => void): object {
  let wanted: unknown;
  try {
    wanted = (JSON.parse(line) as { stimulus?: unknown } | null)?.stimulus;
  } catch {
    return { ok: false, error: "not a JSON object" };
  }
  const name = names.find((each) => each === wanted);
  if (name === undefined) return { ok: false, error: `"stimulus" is one of ${names.join(", ")}` };
  act(name);
  return { ok: true };
}
