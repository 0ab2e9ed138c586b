import { hex } from "../../core/bytes";
import type { CloseReason, Stream } from "../../core/network";
import type { Node, Trace } from "../../core/trace";
import { appProtocol } from "../app-protocol";
import { Undecodable, type Violation, violations } from "../exi";
import { iso15118_2 } from "../iso15118-2";
import { type Found, FrameAssembler, frame, type HeaderFault, payloadTypes } from "../v2gtp";
import {
  decodePayload,
  encodeMessage,
  type Grammar,
  grammarOf,
  type HandshakeBodies,
  type V2gMessage,
  wrapped,
} from "./messages";

/** What a connection tells a machine. `payload` is the EXI payload as received. */
export type V2gInput =
  | { kind: "message"; message: V2gMessage; payload: Uint8Array; violations: readonly Violation[] }
  | { kind: "undecodable"; payload: Uint8Array; reason: string }
  | { kind: "skipped"; fault: HeaderFault }
  | { kind: "oversize"; payloadLength: number }
  | { kind: "closed"; reason: CloseReason };

export interface ConnectionOptions {
  readonly node: Node;
  readonly trace: Trace;
  /** Number of the connection in the trace. */
  readonly connection: number;
  /** Who has opened it. */
  readonly opener: "local" | "peer";
  /** Largest payload taken, in bytes (V2G_MAX_EXI_BYTES). */
  readonly maxPayload: number;
  /** Largest message taken, in characters as JSON (V2G_MAX_EXI_JSON_BYTES). */
  readonly maxDecoded?: number | undefined;
  /** Grammar of the next payload, asked for each. */
  readonly grammar: () => Grammar;
  readonly tell: (input: V2gInput) => void;
}

/** An element takes a bit at least, and its name in JSON no more than this eighth. */
const charactersPerByte = 512;

/** Binds a stream to a machine: frames cut, payloads decoded on the way in, messages encoded on the way out, all of it traced. */
export class V2gConnection {
  private readonly stream: Stream;
  private readonly options: ConnectionOptions;
  private closed = false;

  constructor(stream: Stream, options: ConnectionOptions) {
    this.stream = stream;
    this.options = options;
    this.trace("open", options.opener);
    const assembler = new FrameAssembler(options.maxPayload);
    stream.onBytes((bytes) => assembler.push(bytes, (found) => this.receive(found)));
    stream.onClose((reason) => this.ended(reason));
  }

  /** @throws Unencodable when the value does not fit its schema: the caller's mistake */
  send(message: V2gMessage): void {
    const bytes = frame(payloadTypes.exi, encodeMessage(message));
    const fields = message.header ? { Header: message.header, ...(message.body as object) } : message.body;
    this.sendFrame(bytes, message.name, fields);
  }

  /** Sends bytes as they are, right or wrong; `name` is for the trace. */
  sendFrame(bytes: Uint8Array, name: string, fields?: object): void {
    if (this.closed) return;
    const { trace, node, connection } = this.options;
    trace.record(node, { type: "v2g", dir: "tx", connection, name, hex: hex(bytes), ...(fields && { fields }) });
    this.stream.send(bytes);
  }

  /** Stops reading from the peer, or reads again. */
  reading(on: boolean): void {
    this.stream.reading(on);
  }

  close(how: "fin" | "reset" = "fin"): void {
    if (this.closed) return;
    this.closed = true;
    this.trace(how, "local");
    this.stream.close(how);
  }

  private ended(reason: CloseReason): void {
    if (this.closed) return;
    this.closed = true;
    // A driver that gives a connection up resets it: that is our end of it, not the peer's.
    this.trace(reason === "fin" ? "fin" : "reset", reason === "stalled" ? "local" : "peer");
    this.options.tell({ kind: "closed", reason });
  }

  private receive(found: Found): void {
    if (this.closed) return;
    const { tell } = this.options;
    if (found.kind === "skipped") {
      this.received("(skipped)", found.bytes, undefined, `wrong header: ${found.fault}`);
      return tell({ kind: "skipped", fault: found.fault });
    }
    if (found.kind === "oversize") {
      this.received("(oversize)", found.bytes, undefined, `payload length ${found.header.payloadLength} over the cap`);
      return tell({ kind: "oversize", payloadLength: found.header.payloadLength });
    }
    this.decode(found.payload, found.bytes);
  }

  private decode(payload: Uint8Array, bytes: Uint8Array): void {
    const { tell, grammar } = this.options;
    try {
      const { message, trailingBytes } = decodePayload(grammar(), payload);
      const fields = message.header ? { Header: message.header, ...(message.body as object) } : message.body;
      this.refuseLong(payload, fields);
      this.received(message.name, bytes, fields);
      tell({ kind: "message", message, payload, violations: [...surplus(trailingBytes), ...boundsBroken(message)] });
    } catch (error) {
      if (!(error instanceof Undecodable)) throw error;
      this.received("(undecodable)", bytes, undefined, error.message);
      tell({ kind: "undecodable", payload, reason: error.message });
    }
  }

  /** @throws Undecodable for a message that has become longer than is taken; what is short cannot have, and is not measured */
  private refuseLong({ length }: Uint8Array, fields: object): void {
    const { maxDecoded = Number.POSITIVE_INFINITY } = this.options;
    if (length * charactersPerByte <= maxDecoded) return;
    const decoded = JSON.stringify(fields).length;
    if (decoded > maxDecoded) throw new Undecodable(0, "", `decoded it has ${decoded} characters`);
  }

  private received(name: string, bytes: Uint8Array, fields?: object, error?: string): void {
    const { trace, node, connection } = this.options;
    trace.record(node, {
      type: "v2g",
      dir: "rx",
      connection,
      name,
      hex: hex(bytes),
      ...(fields && { fields }),
      ...(error !== undefined && { error }),
    });
  }

  private trace(op: "open" | "fin" | "reset", by: "local" | "peer"): void {
    const { trace, node, connection } = this.options;
    const { local, peer } = this.stream;
    trace.record(node, { type: "connection", connection, op, by, local, peer });
  }
}

/** Octets behind the document belong to nothing (HIL-EX11); fielded stacks send them. */
const surplus = (octets: number): readonly Violation[] =>
  octets > 0 ? [{ path: "V2G_Message", bound: "no octets behind its end", actual: octets }] : [];

/** Length bounds that a message breaks; decoding does not enforce them, because fielded stacks break them. */
export function boundsBroken(message: V2gMessage): readonly Violation[] {
  return grammarOf(message.name) === "app-protocol"
    ? violations(appProtocol, message.name as keyof HandshakeBodies, message.body as never)
    : violations(iso15118_2, "V2G_Message", wrapped(message));
}
