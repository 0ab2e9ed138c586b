import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { hex, type Node, Trace, unhex } from "../core";
import { reportMme } from "../protocol/homeplug";
import { foreign } from "../scripts/foreign";
import { slacMatches } from "./slac";
import { slacPlot } from "./slac-plot";
import { readCapture } from "./sniffer";
import { readPacket } from "./sniffer/packet";

const frames = ["data/slac/frames.jsonl"];

/** A recording of real devices as the trace of one end; its 802.1Q tags are the recorder's. */
function recorded(path: string, prefix: string, node: Node): Trace {
  let now = 0;
  const trace = new Trace(() => now);
  for (const line of readFileSync(path, "utf8").split("\n").filter(Boolean)) {
    const { id, hex, origin } = JSON.parse(line) as { id: string; hex: string; origin: string };
    const [, seconds] = /t=([\d.]+)/.exec(origin) ?? [];
    if (!id.startsWith(`${prefix}-`) || seconds === undefined) continue;
    now = Number(seconds) * 1000;
    trace.record(node, { type: "mme", dir: "rx", hex, ...reportMme(unhex(hex)) });
  }
  return trace;
}

const rounded = (trace: Trace, node: Node) =>
  slacMatches(trace.events, node).map(({ phases, ...rest }) => ({
    ...rest,
    phases: phases.map(({ ms, limit }) => [Math.round(ms), limit.ms]),
  }));

foreign("a match of a real car: who, which network, how loud, and how long each part took", frames, ([path]) => {
  const [first, ...others] = rounded(recorded(path as string, "pyplc-ioniq-car", "evcc"), "evcc");
  assert.deepEqual(others, []);
  assert.ok(first);
  const { evMac, evseMac, runId, nid } = first;
  assert.deepEqual(
    [evMac, evseMac, runId, nid],
    ["04:65:65:00:64:C3", "DC:0E:A1:11:67:08", "0465650064C30000", "01020304050607"],
  );
  assert.equal(first.groups.length, 58);
  // Most sounds are left out of the recording, so the third is its last.
  assert.deepEqual(first.phases, [
    [91, 200],
    [125, 400],
    [120, 600],
    [375, 1200],
    [46, 200],
    [799, 10_000],
    [89, 200],
  ]);
});

foreign("of two stations that answer, the match is with the one that was asked", frames, ([path]) => {
  const [first] = rounded(recorded(path as string, "dspace-multi", "evcc"), "evcc");
  assert.ok(first);
  assert.equal(first.evseMac, "64:4D:70:01:06:0E");
  assert.equal(Math.round(first.attenuationDb), 26);
  assert.deepEqual(first.phases[4], [10, 200]);
});

foreign(
  "of two responses only the one to the asked station counts, also when it is the later one",
  frames,
  ([path]) => {
    const { events } = recorded(path as string, "dspace-multi", "evcc");
    const earlier = events.map((event) => {
      const { da } = ("fields" in event ? event.fields : {}) as { da?: string };
      const toOther = event.type === "mme" && event.name === "CM_ATTEN_CHAR.RSP" && da === "64:4D:70:01:06:10";
      return toOther ? { ...event, t: 2_315 } : event;
    });
    const [first] = slacMatches(earlier, "evcc");
    assert.equal(Math.round(first?.phases[4]?.ms ?? 0), 10);
  },
);

foreign("the sounding is timed from the first of three starts", ["data/captures/ISO-2_DC_DS5366.pcapng"], ([path]) => {
  let now = 0;
  const trace = new Trace(() => now);
  for (const { at, frame } of readCapture(path as string)) {
    now = Number(at) / 1e6;
    if (readPacket(frame).kind === "mme")
      trace.record("secc", { type: "mme", dir: "rx", hex: hex(frame), ...reportMme(frame) });
  }
  const [first] = rounded(trace, "secc");
  assert.deepEqual(first?.phases.slice(1, 4), [
    [109, 400],
    [274, 600],
    [325, 1200],
  ]);
});

foreign("a confirmation that is sent again is no second match, and what another node saw is none", frames, ([path]) => {
  const trace = recorded(path as string, "pyplc-ioniq-car", "evcc");
  const [cnf] = trace.of("mme").filter(({ name }) => name === "CM_SLAC_MATCH.CNF");
  assert.ok(cnf);
  trace.record("evcc", { ...cnf });
  assert.equal(slacMatches(trace.events, "evcc").length, 1);
  assert.deepEqual(slacMatches(trace.events, "secc"), []);
});

foreign("a match is drawn: its ends, every carrier group, and a phase beyond its limit in red", frames, ([path]) => {
  const { events } = recorded(path as string, "dspace-multi", "secc");
  const drawn = slacPlot(events);
  assert.ok(drawn);
  for (const told of ["EV A0:CE:C8:CA:5F:A2", "EVSE 64:4D:70:01:06:0E", "RunID 1923DEB200C6BDA0", "TT_match_sequence"])
    assert.ok(drawn.includes(told), told);
  assert.equal(drawn.split('fill="var(--mme)"').length - 1, 58);
  assert.ok(!drawn.includes('fill="var(--bad)"'));
  const late = events.map((event) =>
    event.type === "mme" && event.name === "CM_SLAC_MATCH.CNF" ? { ...event, t: event.t + 200 } : event,
  );
  assert.ok(slacPlot(late)?.includes('fill="var(--bad)"'));
  assert.equal(slacPlot([]), undefined);
});
