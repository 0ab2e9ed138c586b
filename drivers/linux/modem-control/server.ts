import { hex } from "../../../core/bytes";
import type { LineEvent } from "../../virtual/line";
import { openLineSocket } from "../line-socket";
import type { Passage } from "../powerline";
import { Misunderstood } from "./checks";
import { type Bench, commands, isCommand, type Members } from "./commands";

/** Characters of a line, and those that may wait for a slow reader: two seconds of a line under full load. */
const longestLine = 8_192;
const mostUnread = 32 << 20;

/**
 * The control socket of a power line that is a process of its own: JSON lines, at most 8192 characters, any number of clients.
 *
 * In: `{"do":NAME, …members, "id":…}`, the names and members of `commands`. Each is answered in order, after what it has brought
 * about: `{"ok":true, …result, "id":…}`, or `{"ok":false,"error":TEXT,"id":…}`; the id, any value, only if there was one.
 *
 * Out, pushed, to every client (t in ms since the origin, modems by their ports):
 * - first of all `{"event":"hello","origin":NS,"ports":[{"port","mac","role"}…]}`, the origin a string of digits
 * - `{"event":"passage","port","dir":"in"|"out","t","hex"}`: a frame that came from the port's host, or went to it
 * - `{"event":"key","modem","nid","t"}`, `{"event":"reset"|"silent"|"back","modem","t"}`,
 *   `{"event":"joined"|"parted","modems":[A,B],"t"}`
 *
 * A client that does not read is cut off when 32 MiB wait for it.
 */
export class ModemControl {
  private readonly clients = new Set<(line: string) => void>();
  private readonly origin: bigint;

  constructor(origin: bigint) {
    this.origin = origin;
  }

  /**
   * @returns what closes it
   * @throws EnvironmentError
   */
  open(path: string, bench: Bench, log: (why: string) => void): Promise<() => void> {
    const hello = {
      event: "hello",
      origin: String(this.origin),
      ports: bench.line.ports.map(({ interface: port, mac, role }) => ({ port, mac, role })),
    };
    return openLineSocket({
      path,
      owner: "a modem",
      longestLine,
      mostUnread,
      accept: ({ send }) => {
        send(JSON.stringify(hello));
        this.clients.add(send);
        return {
          receive: (line) => send(JSON.stringify(answer(bench, line))),
          gone: () => void this.clients.delete(send),
        };
      },
      log,
    });
  }

  passage({ port, dir, at, frame }: Passage): void {
    if (this.clients.size > 0) this.push({ event: "passage", port, dir, t: this.time(at), hex: hex(frame) });
  }

  event({ kind, ...rest }: LineEvent): void {
    this.push({ event: kind, ...rest, t: this.time(process.hrtime.bigint()) });
  }

  private push(what: object): void {
    const line = JSON.stringify(what);
    for (const send of this.clients) send(line);
  }

  private time(at: bigint): number {
    return Number(at - this.origin) / 1e6;
  }
}

function answer(bench: Bench, line: string): object {
  let given: unknown;
  try {
    given = JSON.parse(line);
  } catch {
    return { ok: false, error: "not JSON" };
  }
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return { ok: false, error: "not a JSON object" };
  const { do: name, id, ...members } = given as Members;
  const named = id === undefined ? {} : { id };
  try {
    if (!isCommand(name)) throw new Misunderstood(`"do": one of ${Object.keys(commands).join(", ")} is needed`);
    return { ok: true, ...commands[name](bench, members), ...named };
  } catch (error) {
    if (!(error instanceof Misunderstood)) throw error;
    return { ok: false, error: error.message, ...named };
  }
}
