/** Blocks of a pcapng capture: one section, interfaces of Ethernet, frames stamped in nanoseconds. */

export function sectionHeader(comment = ""): Uint8Array {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(0x1a2b3c4d, 0);
  body.writeUInt16LE(1, 4);
  body.writeBigInt64LE(-1n, 8);
  return block(0x0a0d0d0a, body, [...(comment ? [option(1, comment)] : []), option(4, "ccs-hil")]);
}

export function interfaceBlock(name: string, description: string): Uint8Array {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(1, 0);
  return block(1, body, [option(2, name), option(3, description), option(9, new Uint8Array([9]))]);
}

export interface PacketBlock {
  /** Of the interface, in the order of their blocks. */
  readonly index: number;
  /** Nanoseconds since the epoch. */
  readonly at: bigint;
  readonly inbound: boolean;
  readonly frame: Uint8Array;
  readonly comment?: string;
}

export function packetBlock({ index, at, inbound, frame, comment }: PacketBlock): Uint8Array {
  const body = Buffer.alloc(20 + padded(frame.length));
  body.writeUInt32LE(index, 0);
  body.writeUInt32LE(Number(at >> 32n), 4);
  body.writeUInt32LE(Number(at & 0xffffffffn), 8);
  body.writeUInt32LE(frame.length, 12);
  body.writeUInt32LE(frame.length, 16);
  body.set(frame, 20);
  return block(6, body, [
    option(2, new Uint8Array([inbound ? 1 : 2, 0, 0, 0])),
    ...(comment ? [option(1, comment)] : []),
  ]);
}

const padded = (length: number): number => (length + 3) & ~3;

function option(code: number, value: string | Uint8Array): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value).subarray(0, 4096) : value;
  const whole = Buffer.alloc(4 + padded(bytes.length));
  whole.writeUInt16LE(code, 0);
  whole.writeUInt16LE(bytes.length, 2);
  whole.set(bytes, 4);
  return whole;
}

/** A block whose options, if any, end with `opt_endofopt`. */
function block(type: number, body: Uint8Array, options: Buffer[]): Uint8Array {
  const content = Buffer.concat([body, ...options, ...(options.length ? [Buffer.alloc(4)] : [])]);
  const length = content.length + 12;
  const head = Buffer.alloc(8);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(length, 4);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(length, 0);
  return Buffer.concat([head, content, tail]);
}
