import { type DataTable, Given, Then, When } from "@cucumber/cucumber";
import type { Millis } from "../core/clock";
import type { PilotLoad } from "../core/pilot";
import type { EventOf } from "../core/trace";
import type { Bench } from "./support/bench";
import { pilotFaults } from "./support/bench-faults";
import * as view from "./support/power-view";
import "./support/power-types";
import { span } from "./support/tester-mmes";
import { type HarnessWorld, timing } from "./support/world";

const after = (time: Millis | undefined): string => (time === undefined ? "not at all" : `after ${time.toFixed(1)} ms`);

/** The station leaves the pilot to the step; it hears and answers all else. */
Given("a pilot that does not call for communication", async function (this: HarnessWorld) {
  this.stationGate.close((effect) => effect.do === "drive" && effect.drive.out === "x2");
  this.bench.plug();
  await this.bringAbout("the SECC sees the vehicle", () => this.stationGate.held !== undefined);
});

When("the pilot oscillates at {float} %", async function (this: HarnessWorld, dutyPercent: number) {
  this.stimulate();
  deafen(this);
  this.bench.plant.evsePilot.drive({ out: "x2", dutyPercent });
  if (this.stationGate.held) this.stationGate.goOn();
});

/** Only the side under test is to act on the pilot: the tester does not hear what is done to it. */
function deafen(world: HarnessWorld): void {
  const { sut, stationGate, carGate } = world;
  if (sut === "evcc") stationGate.ignore(({ kind }) => kind === "pilot");
  else carGate.ignore(({ kind }) => kind === "pilot");
}

When("the pilot {pilotFault}", function (this: HarnessWorld, name: string) {
  this.stimulate();
  deafen(this);
  pilotFaults[name]?.(this.bench.plant);
});

/** E and F are the station's to show, the other states the car's, which shows afterwards what it has shown before. */
When("the pilot goes to {pilotState} for {duration}", async function (this: HarnessWorld, state: string, time: Millis) {
  // Each end is there on its side's bench only.
  const { plant } = this.bench;
  this.stimulate();
  if (state === "E" || state === "F") {
    const { evsePilot } = plant;
    deafen(this);
    evsePilot.drive({ out: state === "E" ? "e" : "f" });
    await this.pass(time);
    return evsePilot.drive({ out: "x2", dutyPercent: 5 });
  }
  const { evPilot } = plant;
  const before = view.pilotAt(this, this.bench.clock.now())?.state;
  evPilot.present(state as PilotLoad);
  await this.pass(time);
  evPilot.present(before === "B" || before === "D" ? before : "C");
});

/**
 * States with a digit: 1 without, 2 with an oscillation; X1 and X2 whatever the car shows, from what stands at the stimulus. Each but
 * the last lasts as long as the table says.
 */
Then("the pilot goes through", async function (this: HarnessWorld, table: DataTable) {
  const rows = table.raw().map(([state = "", time = "any"]) => ({ state, ...span(time) }));
  const look = rows.some(({ state }) => state.startsWith("X")) ? outputsOf : phasesOf;
  const limit = rows.reduce((sum, { most }) => sum + (Number.isFinite(most) ? most : 60_000), 1_000);
  await this.bench.run(() => look(this).length >= rows.length, limit);
  await this.pass((rows.at(-1)?.least ?? 0) + 1_000);
  const seen = look(this);
  for (const [index, { state, least, most }] of rows.entries()) {
    const phase = seen[index];
    const shown = phase ? `${phase.state} for ${phase.lasts.toFixed(0)} ms` : "none";
    const right = phase?.state.startsWith(state) === true;
    this.judge({
      text: `state ${index + 1} of the pilot`,
      required: Number.isFinite(most) ? `${state} for ${least} to ${most} ms` : `${state} for ${least} ms or more`,
      measured: shown,
      passed: right && phase.lasts >= least - timing && phase.lasts <= most + timing,
      silent: !phase,
    });
  }
});

interface Phase {
  readonly state: string;
  readonly lasts: Millis;
}

const oscillation = ({ dutyPercent }: EventOf<"pilot">): 1 | 2 => (dutyPercent === undefined ? 1 : 2);

/** What has stood on the pilot since the stimulus, and for how long. */
function phasesOf({ bench, mark }: HarnessWorld): Phase[] {
  const all = bench.trace.of("pilot").filter(({ seq }) => seq >= mark);
  return phases(bench, all, (event) => `${event.state}${oscillation(event)}`);
}

/** What the station has put on the pilot, whenever its car has changed its load. */
function outputsOf({ bench, mark }: HarnessWorld): Phase[] {
  const all = bench.trace.of("pilot");
  const since = all.findLastIndex(({ seq }) => seq < mark);
  return phases(bench, all.slice(Math.max(0, since)), (event) =>
    event.state === "E" || event.state === "F" ? event.state : `X${oscillation(event)}`,
  );
}

function phases(
  { clock }: Bench,
  events: readonly EventOf<"pilot">[],
  name: (of: EventOf<"pilot">) => string,
): Phase[] {
  const named = events.map((event) => ({ t: event.t, state: name(event) }));
  const changes = named.filter(({ state }, index) => state !== named[index - 1]?.state);
  return changes.map(({ state, t }, index) => ({ state, lasts: (changes[index + 1]?.t ?? clock.now()) - t }));
}

Then("the pilot goes through states {word}", function (this: HarnessWorld, states: string) {
  const seen = view
    .pilotStates(this)
    .map(({ state }) => state)
    .join("");
  this.judge({ text: "states of the pilot", required: states, measured: seen, passed: seen === states });
});

Then(
  "{pilotState} comes within {duration} of the end of power delivery",
  function (this: HarnessWorld, state: string, limit: Millis) {
    const list = view.frames(this);
    const asked = list.findLast(
      ({ name, fields }) =>
        name === "PowerDeliveryReq" && (fields as { ChargeProgress?: string }).ChargeProgress === "Stop",
    );
    const granted = asked && list.find(({ seq, name }) => seq > asked.seq && name === "PowerDeliveryRes");
    const shown = granted && view.pilotStates(this).find((event) => event.state === state && event.t >= asked.t);
    const time = shown && shown.t - granted.t;
    this.judge({
      text: `state ${state} after the PowerDeliveryRes that ends charging`,
      required: `within ${limit} ms`,
      measured: after(time),
      passed: time !== undefined && time <= limit,
      silent: time === undefined,
    });
  },
);

Then("{pilotState} comes before the first {request}", function (this: HarnessWorld, state: string, name: string) {
  const first = view.frames(this).find((frame) => frame.name === name);
  const shown = view.pilotStates(this).find((event) => event.state === state);
  const early = first && shown && shown.t <= first.t;
  this.judge({
    text: `state ${state} before ${name}`,
    required: "before",
    measured: !first ? `no ${name}` : !shown ? `never state ${state}` : `${(first.t - shown.t).toFixed(1)} ms before`,
    passed: early === true,
    silent: !first,
  });
});

Then(
  "the pilot oscillates at 5 % within {duration} of state B until the session ends",
  function (this: HarnessWorld, limit: Millis) {
    const pilots = this.bench.trace.of("pilot").filter(({ seq }) => seq >= this.mark);
    const plugged = pilots.find(({ state }) => state === "B");
    const called = pilots.find(({ dutyPercent }) => dutyPercent === 5);
    const end = this.bench.trace.of("connection", this.sut).find(({ op, seq }) => op !== "open" && seq >= this.mark);
    const steady = pilots.filter(({ seq }) => called && end && seq > called.seq && seq < end.seq);
    const time = plugged && called && called.t - plugged.t;
    const other = steady.find(({ dutyPercent }) => dutyPercent !== 5);
    this.judge({
      text: "duty cycle",
      required: `5 % within ${limit} ms of state B and until the connection ends`,
      measured:
        time === undefined
          ? "never 5 %"
          : other
            ? `${other.dutyPercent ?? 0} % at ${other.t} ms`
            : `5 % after ${time} ms`,
      passed: time !== undefined && time <= limit && !other && !!end,
      silent: time === undefined,
    });
  },
);
