import { concat } from "../../core/bytes";

/** Payload types of V2GTP (ISO 15118-2 Table 10, ISO 15118-20). */
export const payloadTypes = { exi: 0x8001, sdpRequest: 0x9000, sdpResponse: 0x9001 } as const;

export const headerLength = 8;
const version = 0x01;

/** A V2GTP header as it was found, right or wrong. */
export interface Header {
  readonly version: number;
  readonly inverse: number;
  readonly payloadType: number;
  readonly payloadLength: number;
}

/** What is wrong with a header; `undefined` when nothing is. The payload type is the caller's to judge. */
export type HeaderFault = "version" | "payload type" | "empty" | "too long";

/** One frame: header (8 bytes, V2G2-098) and payload. `header` overrides any field, to send wrong ones on purpose. */
export function frame(payloadType: number, payload: Uint8Array, header: Partial<Header> = {}): Uint8Array {
  const bytes = new Uint8Array(headerLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, header.version ?? version);
  view.setUint8(1, header.inverse ?? (header.version ?? version) ^ 0xff);
  view.setUint16(2, header.payloadType ?? payloadType);
  view.setUint32(4, header.payloadLength ?? payload.length);
  return concat(bytes, payload);
}

/** Header of a frame of which at least eight bytes are there. */
export function readHeader(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    version: view.getUint8(0),
    inverse: view.getUint8(1),
    payloadType: view.getUint16(2),
    payloadLength: view.getUint32(4),
  };
}

export function headerFault(header: Header, accepted: readonly number[]): HeaderFault | undefined {
  if (header.version !== version || header.inverse !== (version ^ 0xff)) return "version";
  if (!accepted.includes(header.payloadType)) return "payload type";
  if (header.payloadLength === 0) return "empty";
  return undefined;
}

/** What the assembler finds in a stream, in order. `bytes` is the whole frame, header included. */
export type Found =
  | { kind: "frame"; header: Header; payload: Uint8Array; bytes: Uint8Array }
  /** A wrong header: skipped with its payload, never answered (V2G2-098, V2G2-800 series unverified). */
  | { kind: "skipped"; header: Header; fault: HeaderFault; bytes: Uint8Array }
  /** A length over the cap: found before any memory is taken; the stream is of no use any more. */
  | { kind: "oversize"; header: Header; bytes: Uint8Array };

/**
 * Cuts a byte stream into V2GTP frames by payload length: a read of the socket is not a message. Holds at most one frame of
 * `cap` bytes.
 */
export class FrameAssembler {
  private held: Uint8Array = new Uint8Array(0);
  private toSkip = 0;
  private dead = false;
  private readonly cap: number;
  private readonly accepted: readonly number[];

  constructor(cap: number, accepted: readonly number[] = [payloadTypes.exi]) {
    this.cap = cap;
    this.accepted = accepted;
  }

  /** Bytes that wait for the rest of their frame. */
  get waiting(): number {
    return this.held.length;
  }

  /** Hands every complete frame to `emit`, one after the other. After an oversize header nothing is taken any more. */
  push(chunk: Uint8Array, emit: (found: Found) => void): void {
    let rest = this.held.length === 0 ? chunk : concat(this.held, chunk);
    this.held = new Uint8Array(0);
    while (!this.dead && rest.length > 0) {
      if (this.toSkip > 0) {
        const skipped = Math.min(this.toSkip, rest.length);
        this.toSkip -= skipped;
        rest = rest.subarray(skipped);
        continue;
      }
      const found = this.next(rest);
      if (!found) break;
      rest = rest.subarray(found.bytes.length);
      emit(found);
    }
    this.held = this.dead ? new Uint8Array(0) : rest.slice();
  }

  private next(bytes: Uint8Array): Found | undefined {
    if (bytes.length < headerLength) return undefined;
    const header = readHeader(bytes);
    const fault = headerFault(header, this.accepted);
    if (header.payloadLength > this.cap) {
      this.dead = true;
      return { kind: "oversize", header, bytes: bytes.slice(0, headerLength) };
    }
    if (fault) {
      this.toSkip = header.payloadLength;
      return { kind: "skipped", header, fault, bytes: bytes.slice(0, headerLength) };
    }
    const end = headerLength + header.payloadLength;
    if (bytes.length < end) return undefined;
    const whole = bytes.slice(0, end);
    return { kind: "frame", header, payload: whole.subarray(headerLength), bytes: whole };
  }
}
