import { defineParameterType, Then, When } from "@cucumber/cucumber";
import type { PlcUtil } from "../cli/plc-utils.contract";
import type { Millis } from "../core/clock";
import type { EventOf } from "../core/trace";
import type { ForeignMatch } from "./support/bench";
import { Inconclusive, NotApplicable } from "./support/judgement";
import { fieldsOf, mmes } from "./support/mme-values";
import type { HarnessWorld } from "./support/world";

defineParameterType({ name: "plcUtil", regexp: /(pev|evse) of plc-utils/, transformer: (program) => program });

/** As long as a foreign program may live, and what a peer may need to take its modem out of the network that has ended. */
const life: Millis = 30_000;
const rest: Millis = 3_000;
const quiet: Millis = 300;
/** How often its modem may be too late for a foreign program: that is this machine's doing, and nobody under test has been asked. */
const mostLate = 5;

/** Put in and pulled out for each match. A match that fails is the last one: in a row means in a row. */
When("{plcUtil} matches {int} times in a row", async function (this: HarnessWorld, program: PlcUtil, times: number) {
  const { bench, sut } = this;
  const tester = sut === "secc" ? "evcc" : "secc";
  bench[tester].kill();
  this.stimulate();
  let late = 0;
  for (let matches = 0, good = true; good && matches < times; ) {
    const begun = bench.trace.events.length;
    const { code, hasNoModem, lastWords } = await match(this, program);
    await comesToRest(this);
    if (hasNoModem && ++late > mostLate) throw new Inconclusive(`the modem was too late for ${program}: ${lastWords}`);
    if (hasNoModem) continue;
    matches++;
    good = code === 0;
    const fields = { code, begun, of: times, lastWords };
    bench.trace.record(tester, { type: "log", level: "info", text: `${program} has ended`, fields });
  }
});

async function match({ bench }: HarnessWorld, program: PlcUtil): Promise<ForeignMatch> {
  if (!bench.foreignMatch) throw new NotApplicable("this bench starts no programs of others");
  const { evsePilot } = program === "evse" ? bench.plant : {};
  if (program === "pev") bench.plug();
  const running = bench.foreignMatch(program);
  const over = (): boolean => running.code !== undefined;
  if (program === "evse") {
    // A station is there before a vehicle comes, and calls for communication when it has come.
    await bench.run(() => running.waits || over(), life);
    bench.plug();
    evsePilot?.drive({ out: "x2", dutyPercent: 5 });
  }
  if (!(await bench.run(over, life))) throw new Inconclusive(`${program} does not end: ${running.lastWords}`);
  bench.unplug();
  evsePilot?.drive({ out: "x1" });
  return running;
}

/** Both modems are at rest: nobody has asked them for anything for a while. */
async function comesToRest({ bench, sut }: HarnessWorld): Promise<void> {
  const { clock, trace } = bench;
  const from = clock.now();
  const last = (): Millis => Math.max(from, trace.of("mme", sut).at(-1)?.t ?? 0);
  await bench.run(() => clock.now() - last() > quiet, rest);
}

interface Ended {
  readonly code: number;
  readonly begun: number;
  readonly of: number;
  readonly lastWords: string;
}

/** The foreign end says so, and the modem of the side under test has the key of the network that both agreed on. */
Then("every match succeeds", function (this: HarnessWorld) {
  const ends = this.bench.trace
    .of("log")
    .filter(({ node, seq }) => node !== this.sut && seq >= this.mark)
    .map(({ fields, seq }) => ({ ...(fields as Ended), seq }));
  const wrong = ends.map((end) => ({ ...end, why: failureOf(this, end) })).find(({ why }) => why !== undefined);
  const wanted = ends[0]?.of ?? 1;
  const matched = wrong ? ends.length - 1 : ends.length;
  const why = wrong ? `, then: ${wrong.why}` : "";
  this.judge({
    text: "matches in a row",
    required: String(wanted),
    measured: `${matched}${why}`,
    passed: matched === wanted,
  });
});

function failureOf(world: HarnessWorld, { code, begun, seq, lastWords }: Ended & { seq: number }): string | undefined {
  if (code !== 0) return `the foreign end ended with ${code}: ${lastWords}`;
  const within = (events: EventOf<"mme">[]): EventOf<"mme"> | undefined => events.findLast((event) => event.seq < seq);
  const told = within(mmes(world, "CM_SLAC_MATCH.CNF", world.sut === "secc" ? "tx" : "rx", begun));
  if (!told) return "no CM_SLAC_MATCH.CNF";
  const { NMK, NID } = fieldsOf(told);
  const keys = mmes(world, "CM_SET_KEY.REQ", "tx", 0).map((event) => ({ ...fieldsOf(event), seq: event.seq }));
  // A station has set its key before it tells it; a vehicle sets it when it has been told.
  const has = keys.some((key) => {
    const { NewKey, NID: nid } = key as { NewKey?: unknown; NID?: unknown };
    return NewKey === NMK && nid === NID && (world.sut === "secc" ? key.seq < told.seq : key.seq > told.seq);
  });
  return has ? undefined : `the modem of the ${world.sut === "secc" ? "SECC" : "EVCC"} has another key`;
}
