import { hex } from "../../core/bytes";
import type { Link } from "../../core/link";
import type { Direction, Node, Trace } from "../../core/trace";
import { reportMme } from "./frame";

export interface TracedLink {
  send(frame: Uint8Array): void;
  /** Hears no more; the link itself stays open. */
  close(): void;
}

/** A host's link whose frames are traced, with the name and fields of the MME in them. */
export function tracedLink(link: Link, node: Node, trace: Trace, listener: (frame: Uint8Array) => void): TracedLink {
  const record = (dir: Direction, frame: Uint8Array): void =>
    trace.record(node, { type: "mme", dir, ...reportMme(frame), hex: hex(frame) });
  const close = link.onFrame((frame) => {
    record("rx", frame);
    listener(frame);
  });
  const send = (frame: Uint8Array): void => {
    record("tx", frame);
    link.send(frame);
  };
  return { send, close };
}
