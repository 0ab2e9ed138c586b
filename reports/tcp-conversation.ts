import { maximumSegment, type Side, tcpFlag, tcpFrame } from "./packets";

/** Unacknowledged octets after which the receiver sends a bare ACK, well inside the announced window. */
const ackAfter = 32_768;

/** An Ethernet frame of a conversation and which side sent it. */
export type Emit = (by: "client" | "server", frame: Uint8Array, comment?: string) => void;

interface Half {
  readonly side: Side;
  /** Next sequence number this side sends. */
  seq: number;
  /** What it has acknowledged of the other side. */
  acked: number;
  finished: boolean;
}

/**
 * The segments a TCP connection would have shown, from what was said on it: handshake, data with consistent numbers, FIN or RST.
 * Each call emits at once; nothing is kept of the data.
 */
export class TcpConversation {
  private readonly halves: { client: Half; server: Half };
  private readonly emit: Emit;
  /** Both sides are done, or one has reset. */
  closed = false;

  /** @param serial makes initial sequence numbers differ between connections */
  constructor(client: Side, server: Side, serial: number, emit: Emit) {
    const half = (side: Side, seq: number): Half => ({ side, seq, acked: 0, finished: false });
    this.halves = { client: half(client, 1000 + serial * 100_000), server: half(server, 50_000 + serial * 100_000) };
    this.emit = emit;
  }

  open(): void {
    this.send("client", tcpFlag.syn);
    this.send("server", tcpFlag.syn | tcpFlag.ack);
    this.send("client", tcpFlag.ack);
  }

  refuse(): void {
    this.send("client", tcpFlag.syn);
    this.send("server", tcpFlag.rst | tcpFlag.ack);
    this.closed = true;
  }

  data(by: "client" | "server", payload: Uint8Array, comment?: string): void {
    for (let at = 0; at < payload.length || at === 0; at += maximumSegment) {
      const part = payload.subarray(at, at + maximumSegment);
      const last = at + maximumSegment >= payload.length;
      this.send(by, tcpFlag.ack | (last ? tcpFlag.psh : 0), part, last ? comment : undefined);
      const reader = opposite(by);
      if (this.halves[by].seq - this.halves[reader].acked >= ackAfter) this.send(reader, tcpFlag.ack);
    }
  }

  finish(by: "client" | "server"): void {
    const half = this.halves[by];
    if (half.finished || this.closed) return;
    this.send(by, tcpFlag.fin | tcpFlag.ack);
    half.finished = true;
    if (!this.halves[opposite(by)].finished) return;
    this.send(opposite(by), tcpFlag.ack);
    this.closed = true;
  }

  reset(by: "client" | "server"): void {
    if (this.closed) return;
    this.send(by, tcpFlag.rst | tcpFlag.ack);
    this.closed = true;
  }

  private send(
    by: "client" | "server",
    flags: number,
    payload: Uint8Array = new Uint8Array(0),
    comment?: string,
  ): void {
    const from = this.halves[by];
    const to = this.halves[opposite(by)];
    const ack = flags & tcpFlag.ack ? to.seq : 0;
    if (flags & tcpFlag.ack) from.acked = to.seq;
    this.emit(by, tcpFrame(from.side, to.side, { seq: from.seq, ack, flags, payload }), comment);
    from.seq += payload.length + (flags & (tcpFlag.syn | tcpFlag.fin) ? 1 : 0);
  }
}

const opposite = (by: "client" | "server"): "client" | "server" => (by === "client" ? "server" : "client");
