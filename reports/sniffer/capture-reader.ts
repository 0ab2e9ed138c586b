import { closeSync, openSync, readSync } from "node:fs";

/** A frame of a capture file. */
export interface CapturedFrame {
  /** Nanoseconds since the epoch, or since whatever the recorder has counted from. */
  readonly at: bigint;
  /** Number of the interface in the file. */
  readonly index: number;
  readonly frame: Uint8Array;
}

/** A file that is no capture of Ethernet frames, or ends in the middle of one. */
export class UnreadableCapture extends Error {}

/** Beyond it a length is taken for damage. */
const longestBlock = 16 * 1024 * 1024;
const ethernet = 1;

/**
 * Frames of a pcap or pcapng file, one after the other, whatever its byte order. Frames of other media than Ethernet are left out.
 * @throws UnreadableCapture, also after whole frames
 */
export function* readCapture(path: string): Generator<CapturedFrame> {
  const file = new Reading(path);
  try {
    const magic = file.take(4);
    if (magic?.readUInt32LE(0) === 0x0a0d0d0a) yield* pcapngFrames(file);
    else yield* pcapFrames(file, magic);
  } finally {
    file.close();
  }
}

/** Whole pieces of a file. */
class Reading {
  private readonly descriptor: number;
  private held = Buffer.alloc(0);

  constructor(path: string) {
    try {
      this.descriptor = openSync(path, "r");
    } catch (error) {
      throw new UnreadableCapture(`cannot be read: ${(error as NodeJS.ErrnoException).code}`);
    }
  }

  /** Undefined at the end. @throws UnreadableCapture in the middle of a piece */
  take(length: number): Buffer | undefined {
    while (this.held.length < length) {
      const more = Buffer.alloc(Math.max(65_536, length - this.held.length));
      const count = this.read(more);
      if (count === 0 && this.held.length === 0) return undefined;
      if (count === 0) throw new UnreadableCapture("ends in the middle of a frame");
      this.held = Buffer.concat([this.held, more.subarray(0, count)]);
    }
    const taken = this.held.subarray(0, length);
    this.held = this.held.subarray(length);
    return taken;
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private read(into: Buffer): number {
    try {
      return readSync(this.descriptor, into);
    } catch (error) {
      throw new UnreadableCapture(`cannot be read: ${(error as NodeJS.ErrnoException).code}`);
    }
  }
}

/** Magic numbers of pcap: its byte order, and nanoseconds to the unit of its fractions. */
const pcapKinds: Readonly<Record<number, readonly ["big" | "little", bigint]>> = {
  3569595041: ["little", 1000n],
  1295823521: ["little", 1n],
  2712847316: ["big", 1000n],
  2712812621: ["big", 1n],
};

function* pcapFrames(file: Reading, magic: Buffer | undefined): Generator<CapturedFrame> {
  const [order, unit] = pcapKinds[magic?.readUInt32BE(0) ?? 0] ?? [];
  if (order === undefined || unit === undefined) throw new UnreadableCapture("is neither pcap nor pcapng");
  const word = (bytes: Buffer, at: number) => (order === "big" ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  const head = file.take(20);
  const medium = head && word(head, 16) & 0xffff;
  if (medium !== ethernet) throw new UnreadableCapture(`is a capture of medium ${medium}, not of Ethernet`);
  for (let record = file.take(16); record; record = file.take(16)) {
    const length = word(record, 8);
    if (length > longestBlock) throw new UnreadableCapture(`has a frame of ${length} bytes`);
    const at = BigInt(word(record, 0)) * 1_000_000_000n + BigInt(word(record, 4)) * unit;
    const frame = length === 0 ? Buffer.alloc(0) : file.take(length);
    if (!frame) throw new UnreadableCapture("ends in the middle of a frame");
    yield { at, index: 0, frame: Uint8Array.from(frame) };
  }
}

const blocks = { section: 0x0a0d0d0a, interface: 1, simple: 3, packet: 6 } as const;

interface Interface {
  readonly medium: number;
  /** Units of its time stamps in a second. */
  readonly perSecond: bigint;
}

/** The first four bytes, a section's type, have been taken. */
function* pcapngFrames(file: Reading): Generator<CapturedFrame> {
  let big = false;
  let interfaces: Interface[] = [];
  let type: number = blocks.section;
  for (;;) {
    const head = file.take(type === blocks.section ? 8 : 4);
    if (!head) throw new UnreadableCapture("ends in the middle of a block");
    if (type === blocks.section) {
      big = head.readUInt32BE(4) === 0x1a2b3c4d;
      if (!big && head.readUInt32LE(4) !== 0x1a2b3c4d) throw new UnreadableCapture("has a section of no byte order");
      interfaces = [];
    }
    const length = (big ? head.readUInt32BE(0) : head.readUInt32LE(0)) - 4 - head.length;
    if (length < 4 || length > longestBlock) throw new UnreadableCapture(`has a block of ${length + 12} bytes`);
    const block = file.take(length);
    if (!block) throw new UnreadableCapture("ends in the middle of a block");
    const body = new Fields(block.subarray(0, length - 4), big);
    if (type === blocks.interface) interfaces.push({ medium: body.short(0), perSecond: resolutionOf(body) });
    if (type === blocks.packet || type === blocks.simple) yield* frameOf(type, body, interfaces);
    const next = file.take(4);
    if (!next) return;
    type = big ? next.readUInt32BE(0) : next.readUInt32LE(0);
  }
}

class Fields {
  readonly bytes: Buffer;
  private readonly big: boolean;

  constructor(bytes: Buffer, big: boolean) {
    this.bytes = bytes;
    this.big = big;
  }

  word(at: number): number {
    if (at + 4 > this.bytes.length) throw new UnreadableCapture("has a block that is too short");
    return this.big ? this.bytes.readUInt32BE(at) : this.bytes.readUInt32LE(at);
  }

  short(at: number): number {
    if (at + 2 > this.bytes.length) throw new UnreadableCapture("has a block that is too short");
    return this.big ? this.bytes.readUInt16BE(at) : this.bytes.readUInt16LE(at);
  }
}

/** Option 9 (if_tsresol): a power of ten, or of two with the top bit set; microseconds without it. */
function resolutionOf(body: Fields): bigint {
  for (let at = 8; at + 4 <= body.bytes.length; at += 4 + ((body.short(at + 2) + 3) & ~3)) {
    const resolution = body.bytes[at + 4];
    if (body.short(at) !== 9 || resolution === undefined) continue;
    return resolution & 0x80 ? 2n ** BigInt(resolution & 0x7f) : 10n ** BigInt(resolution);
  }
  return 1_000_000n;
}

function* frameOf(type: number, body: Fields, interfaces: readonly Interface[]): Generator<CapturedFrame> {
  const simple = type === blocks.simple;
  const index = simple ? 0 : body.word(0);
  const { medium, perSecond } = interfaces[index] ?? {};
  if (medium !== ethernet || perSecond === undefined) return;
  const start = simple ? 4 : 20;
  const length = simple ? Math.min(body.word(0), body.bytes.length - start) : body.word(12);
  if (start + length > body.bytes.length) throw new UnreadableCapture("has a frame that is longer than its block");
  const stamp = simple ? 0n : (BigInt(body.word(4)) << 32n) | BigInt(body.word(8));
  const frame = Uint8Array.from(body.bytes.subarray(start, start + length));
  yield { at: (stamp * 1_000_000_000n) / perSecond, index, frame };
}
