import assert from "node:assert/strict";
import { test } from "node:test";
import type { CloseReason, Endpoint, Network, Stream } from "../core/network";

/** Two hosts with IPv6 between them. `settle` lets all that is under way arrive. */
export interface NetworkBench {
  readonly a: Network;
  readonly b: Network;
  settle(): Promise<void>;
  close(): Promise<void>;
}

const bytes = (...octets: number[]) => Uint8Array.from(octets);

interface Pair {
  client: Stream;
  server: Stream;
}

async function connected({ a, b, settle }: NetworkBench): Promise<Pair & { stop: () => void }> {
  const ends: Partial<Pair> = {};
  const listener = b.listen(0, (stream) => {
    ends.server = stream;
  });
  a.connect(
    listener.local,
    (stream) => {
      ends.client = stream;
    },
    (reason) => assert.fail(reason),
  );
  await settle();
  const { client, server } = ends;
  assert.ok(client && server, "no connection");
  return { client, server, stop: () => listener.close() };
}

/** What every `Network` does, whichever driver is behind it. */
export function networkContract(driver: string, open: () => Promise<NetworkBench>): void {
  const on = (what: string, body: (bench: NetworkBench) => Promise<void>) =>
    void test(`${driver}: ${what}`, async () => {
      const bench = await open();
      try {
        await body(bench);
      } finally {
        await bench.close();
      }
    });

  on("has a link-local address of its own on each host", async ({ a, b }) => {
    assert.match(a.address, /^fe80::/);
    assert.match(b.address, /^fe80::/);
    assert.notEqual(a.address, b.address);
  });

  on("brings a datagram to a port, with the sender's endpoint, and the answer back", async ({ a, b, settle }) => {
    const answers: Uint8Array[] = [];
    const server = b.datagrams(0, (request, from) => server.send(bytes(...request, 9), from));
    const client = a.datagrams(0, (answer, from) => {
      answers.push(answer);
      assert.deepEqual(from, server.local);
    });
    client.send(bytes(1, 2), server.local);
    await settle();
    assert.deepEqual(
      answers.map((it) => [...it]),
      [[1, 2, 9]],
    );
    client.close();
    server.close();
  });

  on("brings a multicast datagram to members only", async ({ a, b, settle }) => {
    const heard: string[] = [];
    const member = b.datagrams(15118, () => void heard.push("member"), { multicast: "ff02::1" });
    const client = a.datagrams(0, () => undefined);
    client.send(bytes(1), { address: "ff02::1", port: 15118 });
    await settle();
    member.close();
    const other = b.datagrams(15118, () => void heard.push("no member"));
    client.send(bytes(1), { address: "ff02::2", port: 15118 });
    await settle();
    assert.deepEqual(heard, ["member"]);
    other.close();
    client.close();
  });

  on("hears nothing on a closed socket", async ({ a, b, settle }) => {
    let heard = 0;
    const server = b.datagrams(0, () => void heard++);
    const { local } = server;
    server.close();
    const client = a.datagrams(0, () => undefined);
    client.send(bytes(1), local);
    await settle();
    assert.equal(heard, 0);
    client.close();
    client.send(bytes(1), local);
    await settle();
  });

  on("refuses a connection where nobody listens", async ({ a, b, settle }) => {
    const listener = b.listen(0, () => assert.fail("accepted"));
    const { local } = listener;
    listener.close();
    const reasons: string[] = [];
    a.connect(
      local,
      () => assert.fail("opened"),
      (reason) => void reasons.push(reason),
    );
    await settle();
    assert.equal(reasons.length, 1);
  });

  on("says nothing more of an attempt that was given up", async ({ a, b, settle }) => {
    const accepted: Stream[] = [];
    const listener = b.listen(0, (stream) => void accepted.push(stream));
    const told: string[] = [];
    const attempt = (to: Endpoint) =>
      a.connect(
        to,
        () => void told.push("opened"),
        () => void told.push("failed"),
      );
    attempt(listener.local)();
    attempt({ ...listener.local, port: 1 })();
    await settle();
    assert.deepEqual(told, []);
    const giveUp = attempt(listener.local);
    await settle();
    giveUp();
    await settle();
    assert.deepEqual(told, ["opened"]);
    for (const stream of accepted) stream.close();
    listener.close();
    await settle();
  });

  on("carries bytes both ways in order, whatever the chunks", async (bench) => {
    const { client, server, stop } = await connected(bench);
    assert.deepEqual(client.peer, server.local);
    assert.deepEqual(server.peer, client.local);
    assert.deepEqual([client.secure, server.secure], [false, false]);
    const heard: number[] = [];
    server.onBytes((chunk) => void heard.push(...chunk));
    const back: number[] = [];
    client.onBytes((chunk) => void back.push(...chunk));
    const long = Uint8Array.from({ length: 5000 }, (_, index) => index & 0xff);
    client.send(bytes(1, 2));
    client.send(long);
    client.send(bytes(3));
    server.send(bytes(4));
    await bench.settle();
    assert.deepEqual(heard, [1, 2, ...long, 3]);
    assert.deepEqual(back, [4]);
    client.close();
    stop();
  });

  on("keeps bytes that come before somebody listens", async (bench) => {
    const { client, server, stop } = await connected(bench);
    client.send(bytes(1, 2, 3));
    await bench.settle();
    const heard: number[] = [];
    server.onBytes((chunk) => void heard.push(...chunk));
    await bench.settle();
    assert.deepEqual(heard, [1, 2, 3]);
    client.close();
    stop();
  });

  for (const how of ["fin", "reset"] as const) {
    on(`tells a close by ${how}, after all bytes, once to each end`, async (bench) => {
      const { client, server, stop } = await connected(bench);
      const seen: (CloseReason | number)[][] = [[], []];
      server.onBytes((chunk) => void seen[0]?.push(...chunk));
      server.onClose((reason) => void seen[0]?.push(reason));
      client.onClose((reason) => void seen[1]?.push(reason));
      client.send(bytes(1));
      await bench.settle();
      client.close(how);
      client.close();
      client.send(bytes(2));
      await bench.settle();
      assert.deepEqual(seen, [[1, how], ["local"]]);
      stop();
    });
  }

  on("tells its end once to who asks for it late", async (bench) => {
    const { client, server, stop } = await connected(bench);
    const seen: CloseReason[][] = [[], []];
    client.close();
    client.onClose((reason) => void seen[0]?.push(reason));
    await bench.settle();
    server.onClose((reason) => void seen[1]?.push(reason));
    await bench.settle();
    assert.deepEqual(seen, [["local"], ["fin"]]);
    stop();
  });

  on("holds a peer back while it does not read, and loses nothing", async (bench) => {
    const { client, server, stop } = await connected(bench);
    const seen: unknown[] = [];
    server.onBytes((chunk) => void seen.push(...chunk));
    server.onClose((reason) => void seen.push(reason));
    client.send(bytes(1));
    await bench.settle();
    server.reading(false);
    const long = Uint8Array.from({ length: 200_000 }, (_, index) => index & 0xff);
    client.send(long);
    server.send(bytes(9));
    client.close();
    await bench.settle();
    assert.deepEqual(seen, [1]);
    server.reading(true);
    // All of it takes several windows.
    for (let round = 0; round < 20 && !(seen as unknown[]).includes("fin"); round++) await bench.settle();
    assert.deepEqual(seen, [1, ...long, "fin"]);
    stop();
  });

  on("gives up a peer that has stopped reading, and says that it was not the peer's doing", async (bench) => {
    const { client, server, stop } = await connected(bench);
    const seen: CloseReason[][] = [[], []];
    client.onClose((reason) => void seen[0]?.push(reason));
    server.onBytes(() => undefined);
    server.onClose((reason) => void seen[1]?.push(reason));
    await bench.settle();
    server.reading(false);
    let sent = 0;
    for (; seen[0]?.length === 0 && sent < 256; sent++) {
      client.send(new Uint8Array(256 * 1024));
      await bench.settle();
    }
    assert.ok(sent < 256, "nothing bounds what waits to be sent");
    server.reading(true);
    await bench.settle();
    assert.deepEqual(seen[0], ["stalled"]);
    // A socket that has not read for long may be told the end of the stream where the wire shows a reset.
    assert.equal(seen[1]?.length, 1);
    stop();
  });

  on("holds several connections apart", async (bench) => {
    const servers: Stream[] = [];
    const listener = bench.b.listen(0, (stream) => void servers.push(stream));
    const clients: Stream[] = [];
    for (let n = 0; n < 3; n++) {
      bench.a.connect(listener.local, (stream) => void clients.push(stream), assert.fail);
      await bench.settle();
    }
    const heard = servers.map(() => [] as number[]);
    for (const [index, server] of servers.entries()) server.onBytes((chunk) => void heard[index]?.push(...chunk));
    for (const [index, client] of clients.entries()) client.send(bytes(index));
    await bench.settle();
    assert.deepEqual(heard, [[0], [1], [2]]);
    for (const client of clients) client.close();
    listener.close();
    await bench.settle();
  });
}
