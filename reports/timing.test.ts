import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { type Direction, hex, type Node, Trace } from "../core";
import { reportMme } from "../protocol/homeplug";
import { foreign } from "../scripts/foreign";
import { goodSession, Scene } from "./example-session";
import type { PortFrame } from "./port-capture";
import { readCapture } from "./sniffer";
import { readPacket } from "./sniffer/packet";
import { type Side, timingsOf } from "./timing";

/** Messages at the interface of a node, each after so many ms. */
function scene(node: Node, ...said: readonly (readonly [Direction, string, number, number?])[]): Scene {
  const made = new Scene();
  for (const [dir, name, after, connection = 1] of said)
    made.wait(after).trace.record(node, { type: "v2g", dir, connection, name, hex: "" });
  return made;
}

const times = ({ trace }: Scene, of: Side) =>
  timingsOf({ events: trace.events }, of).map(({ what, times: all }) => [what, ...all]);

test("a station's times are from a request to its own response", () => {
  const made = scene(
    "secc",
    ["rx", "CableCheckReq", 0],
    ["tx", "CableCheckRes", 1],
    ["rx", "CableCheckReq", 100],
    ["tx", "CableCheckRes", 2],
    ["rx", "CableCheckReq", 100],
    ["rx", "PreChargeReq", 100],
    ["tx", "CableCheckRes", 3],
    ["tx", "PreChargeRes", 3],
  );
  deepEqual(times(made, "secc"), [["CableCheckReq → Res", 1, 2]]);
});

test("a car's times are from a response to the request that follows", () => {
  const made = scene(
    "evcc",
    ["tx", "SessionSetupReq", 0],
    ["rx", "SessionSetupRes", 5],
    ["tx", "ServiceDiscoveryReq", 7],
    ["rx", "ServiceDiscoveryRes", 5],
  );
  deepEqual(times(made, "evcc"), [["SessionSetupRes → next request", 7]]);
});

test("connections are kept apart, and the other end is read where a side records nothing", () => {
  const said = [
    ["tx", "PreChargeReq", 0, 1],
    ["tx", "PreChargeReq", 5, 2],
    ["rx", "PreChargeRes", 5, 1],
    ["rx", "PreChargeRes", 5, 2],
  ] as const;
  deepEqual(times(scene("evcc", ...said), "secc"), [["PreChargeReq → Res", 10, 10]]);
});

test("what a request may take is beside its times", () => {
  const timings = timingsOf({ events: goodSession(3).trace.events }, "secc");
  const limit = (what: string) => timings.find((each) => each.what === what)?.limit;
  deepEqual(limit("CurrentDemandReq → Res"), { name: "HIL-TM08", ms: 25 });
  deepEqual(limit("PowerDeliveryReq → Res"), { name: "HIL-TM07", ms: 4_500 });
  deepEqual(limit("SessionSetupReq → Res"), { name: "HIL-TM06", ms: 1_500 });
  const [car] = timingsOf({ events: goodSession(3).trace.events }, "evcc").filter(({ layer }) => layer === "v2g");
  deepEqual(car?.limit, { name: "HIL-TM09", ms: 40_000 });
});

const session = ["data/captures/ISO-2_DC_DS5366.pcapng"];
const station = "64:4D:70:01:03:BF";

/** A recording as if the modem at the station's port had told it. */
function atStation(path: string): PortFrame[] {
  const recorded = [...readCapture(path)];
  const epoch = recorded[0]?.at ?? 0n;
  return recorded.map(({ at, frame }) => {
    const dir = readPacket(frame).from === station ? "in" : "out";
    return { node: "secc", dir, t: Number(at - epoch) / 1e6, frame };
  });
}

foreign("where its modem has told the frames, the port counts and not the tester's end", session, ([path]) => {
  const { events } = scene("secc", ["rx", "SessionSetupReq", 0], ["tx", "SessionSetupRes", 77]).trace;
  const frames = atStation(path as string);
  const away = frames.map((each): PortFrame => ({ ...each, node: "evcc", t: each.t + 1000 }));
  const timings = timingsOf({ events, captured: { frames: [...frames, ...away], omitted: 0 } }, "secc");
  const [first] = timings.find(({ what }) => what === "SessionSetupReq → Res")?.times ?? [];
  equal(first?.toFixed(3), "99.591");
  // As many segments with data have come from either side.
  equal(
    timings.filter(({ layer }) => layer === "v2g").reduce((sum, { times: all }) => sum + all.length, 0),
    487,
  );
});

foreign("each side has the parts of the match that it ends", session, ([path]) => {
  let now = 0;
  const trace = new Trace(() => now);
  for (const { t, frame } of atStation(path as string)) {
    now = t;
    if (readPacket(frame).kind === "mme")
      trace.record("secc", { type: "mme", dir: "rx", hex: hex(frame), ...reportMme(frame) });
  }
  for (const event of [...trace.events]) if (event.type === "mme") trace.events.push({ ...event, node: "evcc" });
  const ends = (of: Side) => timingsOf({ events: trace.events }, of).map(({ what }) => what.split(" → ")[1]);
  deepEqual(ends("secc"), ["CM_SLAC_PARM.CNF", "CM_ATTEN_CHAR.IND", "CM_SLAC_MATCH.CNF"]);
  deepEqual(ends("evcc"), [
    "CM_START_ATTEN_CHAR.IND",
    "last CM_MNBC_SOUND.IND",
    "CM_ATTEN_CHAR.RSP",
    "CM_SLAC_MATCH.REQ",
  ]);
});
