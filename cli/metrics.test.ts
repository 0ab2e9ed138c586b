import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { sendMetrics } from "./metrics";

for (const [kind, address, host] of [
  ["udp4", "127.0.0.1", "127.0.0.1"],
  ["udp6", "::1", "::1"],
] as const) {
  test(`a line is one datagram to ${host}`, async (context) => {
    const receiver = createSocket(kind).bind(0, address);
    context.after(() => receiver.close());
    await once(receiver, "listening");
    const { port } = receiver.address() as AddressInfo;
    sendMetrics("{}\n", { host, port }, assert.fail);
    const [bytes] = (await once(receiver, "message")) as [Buffer];
    assert.equal(String(bytes), "{}\n");
  });
}

test("a host that nobody knows is told, and no reason to end", async () => {
  const reason = await new Promise<string>((resolve) =>
    sendMetrics("{}\n", { host: "host.invalid", port: 9 }, resolve),
  );
  assert.match(reason, /host\.invalid/);
});
