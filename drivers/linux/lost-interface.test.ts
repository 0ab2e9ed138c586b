import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { bothEnds, insideNamespace, skippingWithoutCapture } from "./inside-namespace.contract";
import { LinuxNetwork } from "./network";
import { RawLink } from "./raw-link";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until it holds, with a limit that only a hang reaches. */
async function until(what: string, holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    assert.ok(waited < 60_000, `never: ${what}`);
    await sleep(10);
  }
}

const ip = (...lines: string[]): void =>
  void execFileSync("ip", ["-batch", "-"], { input: `${lines.join("\n")}\n`, stdio: ["pipe", "inherit", "inherit"] });

const pull = (): void => ip("link delete left");
/** The same cable as at the start, by interfaces that are new to the kernel. */
const lay = (): void =>
  ip(
    "link add name left address 02:00:00:00:00:0a type veth peer name right address 02:00:00:00:00:0b",
    ...["left", "right"].map((name) => `link set ${name} addrgenmode none up`),
    "addr add fe80::a/64 dev left nodad",
    "addr add fe80::b/64 dev right nodad",
  );

const frame = (from: RawLink, to: RawLink, number: number): Uint8Array => {
  const bytes = new Uint8Array(60);
  bytes.set([...to.mac, ...from.mac, 0x88, 0xe1]);
  new DataView(bytes.buffer).setUint32(20, number);
  return bytes;
};
const numberOf = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(20);

async function pair() {
  const log: string[] = [];
  const open = (name: string) => RawLink.open({ interface: name, log: (text) => void log.push(text) });
  const [left, right] = await Promise.all([open("left"), open("right")]);
  const states: [boolean[], boolean[]] = [[], []];
  left.onState((up) => void states[0].push(up));
  right.onState((up) => void states[1].push(up));
  const heard: number[] = [];
  right.onFrame((bytes) => void heard.push(numberOf(bytes)));
  const close = (): void => {
    left.close();
    right.close();
  };
  return { left, right, states, heard, log, close };
}

insideNamespace(__filename, bothEnds, () => {
  const skip = skippingWithoutCapture();

  test("a raw link brings 10 000 frames, all of them, in order", skip, async () => {
    const { left, right, heard, close } = await pair();
    const window = 100;
    for (let sent = 0; sent < 10_000; sent += window) {
      for (let number = sent; number < sent + window; number++) left.send(frame(left, right, number));
      await until(`frame ${sent + window}`, () => heard.length >= sent + window);
    }
    assert.deepEqual(heard, [...Array(10_000).keys()]);
    close();
  });

  test("a raw link survives its interface, deleted under load, and opens it again", skip, async () => {
    const { left, right, states, heard, log, close } = await pair();
    let sent = 0;
    const load = setInterval(() => {
      for (let burst = 0; burst < 20; burst++) left.send(frame(left, right, sent++));
    }, 5);
    await until("frames before", () => heard.length > 100);
    pull();
    await until("both told that it is gone", () => states.every((seen) => seen.at(-1) === false));
    const before = heard.length;
    lay();
    await until("both told that it is back", () => states.every((seen) => seen.at(-1) === true));
    await until("frames after", () => heard.length > before + 100);
    clearInterval(load);
    for (const seen of states) assert.deepEqual(seen, [false, true]);
    assert.ok(log.includes('right: there is no network interface "right"'), log.join("\n"));
    close();
  });

  test("a raw link notices that another device has taken the name of its own at once", skip, async () => {
    const { left, right, states, heard, log, close } = await pair();
    pull();
    lay();
    await until("both told twice", () => states.every((seen) => seen.length >= 2));
    left.send(frame(left, right, 7));
    await until("a frame", () => heard.length > 0);
    assert.deepEqual(
      [states, heard],
      [
        [
          [false, true],
          [false, true],
        ],
        [7],
      ],
    );
    assert.ok(log.includes('right: there is no network interface "right"'), log.join("\n"));
    close();
  });

  test("a raw link survives its interface being taken down, and tells of a pulled cable", skip, async () => {
    const { left, right, states, heard, close } = await pair();
    ip("link set left down");
    await until("down, and no carrier at the other end", () => states.every((seen) => seen.at(-1) === false));
    left.send(frame(left, right, 1));
    ip("link set left up", "addr replace fe80::a/64 dev left nodad");
    await until("up", () => states.every((seen) => seen.at(-1) === true));
    left.send(frame(left, right, 2));
    await until("a frame", () => heard.length > 0);
    assert.deepEqual(heard, [2]);
    close();
  });

  test("sockets hear again after the interface has gone and come back", async () => {
    const [left, right] = await Promise.all(["left", "right"].map((name) => LinuxNetwork.open({ interface: name })));
    assert.ok(left && right);
    let heard = 0;
    let accepted = 0;
    const member = right.datagrams(15118, () => void heard++, { multicast: "ff02::1" });
    const listener = right.listen(0, (stream) => {
      accepted++;
      stream.close();
    });
    const client = left.datagrams(0, () => undefined);
    const ask = async (what: string): Promise<void> => {
      const before = [heard, accepted];
      await until(`${what}: a datagram`, () => {
        client.send(Uint8Array.of(1), { address: "ff02::1", port: 15118 });
        return heard > before[0]!;
      });
      await until(`${what}: a connection`, () => {
        left.connect(
          listener.local,
          (stream) => stream.close(),
          () => undefined,
        );
        return accepted > before[1]!;
      });
    };
    await ask("before");
    pull();
    await sleep(50);
    lay();
    await ask("after");
    for (const open of [member, listener, client, left, right]) open.close();
  });
});
