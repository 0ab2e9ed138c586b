import { unhex } from "../../../core/bytes";
import type { Happening } from "../../../core/trace";
import { decodeMessage } from "../../../protocol/v2g";
import { headerLength } from "../../../protocol/v2gtp";

/**
 * The side under test is a black box: what it says on its connections is known from what the tester's end hears, and what it hears from
 * what the tester says. Its frames on the link are seen by its modem instead.
 * @returns what happened at the outer interface of the side under test; undefined for what does not concern it
 */
export function mirrored(event: Happening): Happening | undefined {
  switch (event.type) {
    case "v2g":
      return { ...readAnew(event), dir: event.dir === "rx" ? "tx" : "rx" };
    case "sdp":
      return { ...event, dir: event.dir === "rx" ? "tx" : "rx" };
    case "connection":
      return event.op === "refused" ? undefined : otherEnd(event);
    default:
      return undefined;
  }
}

/** A tester that a step holds does not know which grammar the other side has come to; a frame it cannot read is read by any. */
function readAnew(event: Extract<Happening, { type: "v2g" }>): Extract<Happening, { type: "v2g" }> {
  if (event.name !== "(undecodable)" || event.dir === "tx") return event;
  const { error: _, ...rest } = event;
  for (const grammar of ["app-protocol", "iso15118-2"] as const) {
    try {
      const { name, header, body } = decodeMessage(grammar, unhex(event.hex).subarray(headerLength));
      return { ...rest, name, fields: header ? { Header: header, ...body } : body };
    } catch {
      // by the next one
    }
  }
  return event;
}

function otherEnd({ connection, op, by, local, peer }: Extract<Happening, { type: "connection" }>): Happening {
  return { type: "connection", connection, op, by: by === "local" ? "peer" : "local", local: peer, peer: local };
}
