import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import type { CloseReason } from "../../core/network";
import { SystemClock } from "./clock";
import { SocketStream, type SocketStreamOptions } from "./stream";

const clock = new SystemClock();
const hasLoopback = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === "::1"));
const options = hasLoopback ? {} : { skip: "not run: this machine has no IPv6 loopback (::1)" };

interface Ends {
  readonly stream: SocketStream;
  /** The peer, as a bare socket that can do anything. */
  readonly peer: Socket;
  /** What the stream is made of. */
  readonly socket: Socket;
}

/** A stream on the server's side of a loopback connection, and a peer that does as the test says. */
function on(what: string, body: (ends: Ends) => Promise<void>, limits: Partial<SocketStreamOptions> = {}): void {
  test(`a stream ${what}`, options, async () => {
    const server = createServer({ allowHalfOpen: false });
    server.listen(0, "::1");
    await once(server, "listening");
    const peer = connect({ host: "::1", port: (server.address() as AddressInfo).port, allowHalfOpen: true });
    peer.on("error", () => undefined);
    const [socket] = (await once(server, "connection")) as [Socket];
    try {
      await body({ stream: new SocketStream(socket, { clock, ...limits }), peer, socket });
    } finally {
      peer.destroy();
      socket.destroy();
      server.close();
    }
  });
}

const ending = (stream: SocketStream): Promise<CloseReason> => new Promise((resolve) => stream.onClose(resolve));

/** Waits until it holds; the test itself has no limit of time that a loaded machine could miss. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

on("takes a message byte by byte", async ({ stream, peer }) => {
  const heard: number[] = [];
  stream.onBytes((bytes) => void heard.push(...bytes));
  peer.setNoDelay(true);
  for (let byte = 0; byte < 50; byte++) {
    peer.write(Uint8Array.of(byte));
    await until(() => heard.length === byte + 1);
  }
  assert.deepEqual(heard, [...Array(50).keys()]);
});

on("hands over bytes that no later turn of the platform changes", async ({ stream, peer }) => {
  const chunks: Uint8Array[] = [];
  stream.onBytes((bytes) => void chunks.push(bytes));
  peer.write(Uint8Array.of(1));
  await until(() => chunks.length === 1);
  peer.write(Uint8Array.of(2));
  await until(() => chunks.length === 2);
  // A Buffer's slice would share its memory.
  assert.ok(chunks.every((chunk) => chunk.constructor === Uint8Array));
  assert.deepEqual(
    chunks.map((chunk) => [...chunk]),
    [[1], [2]],
  );
});

on("tells the peer's FIN once, after its last bytes", async ({ stream, peer }) => {
  const seen: unknown[] = [];
  stream.onBytes((bytes) => void seen.push(...bytes));
  stream.onClose((reason) => void seen.push(reason));
  peer.end(Uint8Array.of(1, 2));
  await once(peer.resume(), "end");
  await until(() => seen.length > 2);
  assert.deepEqual(seen, [1, 2, "fin"]);
});

on("tells the peer's RST", async ({ stream, peer }) => {
  const told = ending(stream);
  peer.resetAndDestroy();
  assert.equal(await told, "reset");
  stream.send(Uint8Array.of(1));
  stream.close();
});

on("tells an end that nobody listened for when somebody does", async ({ stream, peer }) => {
  peer.end();
  await once(peer.resume(), "close");
  assert.equal(await ending(stream), "fin");
});

on("sends RST on a close by reset", async ({ stream, peer }) => {
  const told = ending(stream);
  stream.close("reset");
  const [error] = (await once(peer, "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ECONNRESET");
  assert.equal(await told, "local");
});

on("sends what it was given before its FIN, and drops what still comes", async ({ stream, peer }) => {
  let heard = 0;
  stream.onBytes(() => void heard++);
  const received: Buffer[] = [];
  peer.on("data", (bytes) => received.push(bytes));
  stream.send(new Uint8Array(300_000).fill(7));
  stream.close("fin");
  peer.write(Uint8Array.of(1));
  await once(peer, "end");
  assert.equal(Buffer.concat(received).length, 300_000);
  assert.equal(heard, 0);
});

on(
  "does not wait for ever for the other half of a close",
  async ({ stream, peer }) => {
    const told = ending(stream);
    stream.close("fin");
    assert.equal(await told, "local");
    // The peer keeps its half open; its next bytes find nobody.
    await once(peer.resume(), "end");
    const gone = once(peer, "error");
    const sending = setInterval(() => peer.write(Uint8Array.of(1)), 10);
    await gone;
    clearInterval(sending);
  },
  { closeGrace: 50 },
);

on("ends a connection whose peer has stopped reading: too much unsent (TC05)", async ({ stream, peer }) => {
  peer.pause();
  const told = ending(stream);
  let ended: CloseReason | undefined;
  void told.then((reason) => {
    ended = reason;
  });
  let sent = 0;
  for (; !ended && sent < 64; sent++) {
    stream.send(new Uint8Array(1024 * 1024));
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(ended, "stalled");
  assert.ok(sent < 64, "nothing bounds the send buffer");
});

on(
  "ends a connection whose peer has stopped reading: no byte goes out for too long (TC05)",
  async ({ stream, peer, socket }) => {
    peer.pause();
    const told = ending(stream);
    // Until the kernel takes no more; far less than our own bound then waits.
    while (socket.writableLength === 0) {
      stream.send(new Uint8Array(256 * 1024));
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(await told, "stalled");
  },
  { stallLimit: 100 },
);

on("holds back a peer that sends before anybody listens, and loses nothing", async ({ stream, peer }) => {
  const long = new Uint8Array(8 * 1024 * 1024).map((_, index) => index);
  let written = false;
  peer.write(long, () => {
    written = true;
  });
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(written, false, "all of it was taken into memory");
  const heard: Uint8Array[] = [];
  stream.onBytes((bytes) => void heard.push(bytes));
  await until(() => written && heard.reduce((sum, { length }) => sum + length, 0) >= long.length);
  assert.ok(Buffer.concat(heard).equals(long));
});

on("stops handing over bytes in the middle of a close", async ({ stream, peer }) => {
  const seen: string[] = [];
  peer.write(Uint8Array.of(1));
  await new Promise((resolve) => setTimeout(resolve, 20));
  stream.onBytes(() => {
    seen.push("bytes");
    stream.close("reset");
    seen.push("closed");
  });
  stream.onClose((reason) => void seen.push(reason));
  await until(() => seen.includes("local"));
  assert.deepEqual(seen, ["bytes", "closed", "local"]);
});
