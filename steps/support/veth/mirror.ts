import type { Happening } from "../../../core/trace";

/**
 * The side under test is a black box: what it says on its connections is known from what the tester's end hears, and what it hears from
 * what the tester says. Its frames on the link are seen by its modem instead.
 * @returns what happened at the outer interface of the side under test; undefined for what does not concern it
 */
export function mirrored(event: Happening): Happening | undefined {
  switch (event.type) {
    case "v2g":
    case "sdp": {
      return { ...event, dir: event.dir === "rx" ? "tx" : "rx" };
    }
    case "connection":
      return event.op === "refused" ? undefined : otherEnd(event);
    default:
      return undefined;
  }
}

function otherEnd({ connection, op, by, local, peer }: Extract<Happening, { type: "connection" }>): Happening {
  return { type: "connection", connection, op, by: by === "local" ? "peer" : "local", local: peer, peer: local };
}
