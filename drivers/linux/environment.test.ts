import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { EnvironmentError, type EnvironmentProblem } from "./environment";
import { bothEnds, insideNamespace, skippingWithoutCapture } from "./inside-namespace.contract";
import { LinuxNetwork } from "./network";
import { RawLink } from "./raw-link";

/** What is wrong, for people and for programs. */
async function problemOf(act: () => unknown): Promise<EnvironmentProblem> {
  try {
    await act();
  } catch (error) {
    assert.ok(error instanceof EnvironmentError, String(error));
    assert.doesNotMatch(error.message, /\n/);
    return error.problem;
  }
  return assert.fail("no error");
}

const ip = (...args: string[]): void => void execFileSync("ip", args, { stdio: "inherit" });

insideNamespace(__filename, bothEnds, () => {
  const skip = skippingWithoutCapture();
  const wait = 0;

  test("a missing interface is named, whatever its name", async () => {
    for (const name of ["nothing", "", "../../etc", "a/b", "x".repeat(300), "left\nright"]) {
      const problem = { kind: "NoInterface", interface: name } as const;
      assert.deepEqual(await problemOf(() => LinuxNetwork.open({ interface: name, wait })), problem);
      assert.deepEqual(await problemOf(() => RawLink.open({ interface: name, wait })), problem);
    }
  });

  test("an interface without a link-local address, or down, is told, and waited for", skip, async () => {
    ip("addr", "flush", "dev", "right");
    assert.equal((await problemOf(() => LinuxNetwork.open({ interface: "right", wait }))).kind, "NoLinkLocal");
    ip("link", "set", "right", "down");
    assert.equal((await problemOf(() => LinuxNetwork.open({ interface: "right", wait }))).kind, "InterfaceDown");
    assert.equal((await problemOf(() => RawLink.open({ interface: "right", wait }))).kind, "InterfaceDown");
    const network = LinuxNetwork.open({ interface: "right", wait: 60_000 });
    const link = RawLink.open({ interface: "right", wait: 60_000 });
    ip("link", "set", "right", "up");
    ip("addr", "add", "fe80::b/64", "dev", "right", "nodad");
    assert.equal((await network).address, "fe80::b");
    (await network).close();
    (await link).close();
  });

  test("a port that is taken is told at once, with its address", async () => {
    const network = await LinuxNetwork.open({ interface: "left" });
    const listener = network.listen(0, () => undefined);
    const { port } = listener.local;
    const problem = { kind: "AddressInUse", address: network.address, port } as const;
    assert.deepEqual(await problemOf(() => network.listen(port, () => undefined)), problem);
    const socket = network.datagrams(15118, () => undefined, { multicast: "ff02::1" });
    assert.equal((await problemOf(() => network.datagrams(15118, () => undefined))).kind, "AddressInUse");
    listener.close();
    network.listen(port, () => undefined).close();
    socket.close();
    network.datagrams(15118, () => undefined, { multicast: "ff02::1" }).close();
    network.close();
  });

  test("no port of another interface is taken, and nothing listens there", async () => {
    const [left, right] = await Promise.all(["left", "right"].map((name) => LinuxNetwork.open({ interface: name })));
    assert.ok(left && right);
    const listener = left.listen(0, () => undefined);
    right.listen(listener.local.port, () => undefined).close();
    const sockets = [left, right].map((it) => it.datagrams(15118, () => undefined, { multicast: "ff02::1" }));
    for (const open of [listener, ...sockets, left, right]) open.close();
  });

  test("an address that cannot be reached is a reason, not an exception", async () => {
    const network = await LinuxNetwork.open({ interface: "left" });
    const socket = network.datagrams(0, () => undefined);
    const targets = ["fe80::b%left", "::1", "2001:db8::1", "localhost", "", "127.0.0.1", "ff02::1"];
    for (const address of targets) socket.send(Uint8Array.of(1), { address, port: 9 });
    socket.send(new Uint8Array(70_000), { address: "fe80::b", port: 9 });
    const ports = [0, -1, 65_536, Number.NaN].map((port) => ({ address: "fe80::b", port }));
    for (const to of ports) socket.send(Uint8Array.of(1), to);
    for (const to of [...targets.map((address) => ({ address, port: 9 })), ...ports]) {
      const reason = await new Promise<string>((resolve) => network.connect(to, () => assert.fail(), resolve));
      assert.notEqual(reason, "");
    }
    socket.close();
    network.close();
  });

  test("nobody at an address is a reason in the end", async () => {
    const network = await LinuxNetwork.open({ interface: "left" });
    const nobody = { address: "fe80::dead", port: 9 };
    const reason = await new Promise<string>((resolve) => network.connect(nobody, () => assert.fail(), resolve));
    assert.equal(reason, "no answer from fe80::dead");
    network.close();
  });
});
