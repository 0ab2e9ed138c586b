import { hex } from "../../core/bytes";
import type { Link } from "../../core/link";
import type { Direction, Node, Trace } from "../../core/trace";
import { reportMme } from "./frame";

/** A host's link whose frames are traced, with the name and fields of the MME in them. */
export function tracedLink(
  link: Link,
  node: Node,
  trace: Trace,
  listener: (frame: Uint8Array) => void,
): (frame: Uint8Array) => void {
  const record = (dir: Direction, frame: Uint8Array): void =>
    trace.record(node, { type: "mme", dir, ...reportMme(frame), hex: hex(frame) });
  link.onFrame((frame) => {
    record("rx", frame);
    listener(frame);
  });
  return (frame) => {
    record("tx", frame);
    link.send(frame);
  };
}
