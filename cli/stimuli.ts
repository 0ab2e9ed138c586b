import { openLineSocket } from "../drivers/linux/line-socket";

/** Longest line taken, in characters; a stimulus is a word. */
const longestLine = 4_096;
/** Answers that may wait for who does not read them, in characters. */
const mostUnread = 65_536;

/**
 * What a person may do to a running peer, as JSON lines over a Unix socket: `{"stimulus":"stop"}` is answered by `{"ok":true}`, anything
 * else by `{"ok":false,"error":"…"}`. The socket is the owner's alone.
 * @returns what closes it
 * @throws EnvironmentError when the path is no place for a socket, or another peer has its own there
 */
export function serveStimuli<Name extends string>(
  path: string,
  names: readonly Name[],
  act: (name: Name) => void,
): Promise<() => void> {
  return openLineSocket({
    ...{ path, owner: "another station or car", longestLine, mostUnread },
    accept: ({ send }) => ({
      receive: (line) => send(JSON.stringify(answer(line, names, act))),
      gone: () => undefined,
    }),
    log: () => undefined,
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
