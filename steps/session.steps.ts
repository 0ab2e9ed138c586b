import { type DataTable, Given, When } from "@cucumber/cucumber";
import { concat } from "../core/bytes";
import type { Millis } from "../core/clock";
import type { PilotLoad } from "../core/pilot";
import { encodeMessage, type MessageName, type RequestName, type V2gMessage } from "../protocol/v2g";
import { frame, payloadTypes } from "../protocol/v2gtp";
import type { StationStimulus } from "../secc/node";
import { badFrames } from "./support/bad-input";
import { defaultMessage } from "./support/defaults";
import { Inconclusive } from "./support/judgement";
import { isClose } from "./support/observations";
import { messageToSend, repeatLast, send, withFields } from "./support/saying";
import { stationSettings, vehicleSettings } from "./support/settings";
import type { HarnessWorld } from "./support/world";

/** Enough for a frame to arrive and an answer to come back. */
const moment: Millis = 5;

Given("a session in which the SECC waits for {request}", async function (this: HarnessWorld, name: RequestName) {
  this.carGate.close((effect) => effect.do === "send" && effect.message.name === name);
  this.bench.plug();
  await this.bringAbout(`the SECC waits for ${name}`, () => this.carGate.held !== undefined);
});

Given("a session in which the SECC waits for {request} again", async function (this: HarnessWorld, name: RequestName) {
  let times = 0;
  this.carGate.close((effect) => effect.do === "send" && effect.message.name === name && ++times === 2);
  this.bench.plug();
  await this.bringAbout(`the SECC waits for ${name} again`, () => this.carGate.held !== undefined);
});

Given("a(n) {side} with", function (this: HarnessWorld, side: string, table: DataTable) {
  for (const [name, value] of Object.entries(table.rowsHash())) {
    const [station, vehicle] = [stationSettings[name], vehicleSettings[name]];
    if (side === "SECC" && station) station(this.secc, value);
    else if (side === "EVCC" && vehicle) vehicle(this.evcc, value);
    else throw new Inconclusive(`the ${side} has no setting "${name}"`);
  }
});

Given("the EVCC has sent {badFrame} {int} time(s)", async function (this: HarnessWorld, name: string, times: number) {
  for (let sent = 0; sent < times; sent++) sendBad(this, name);
  await this.pass(moment);
});

Given(
  "the EVCC has sent {request} {int} time(s)",
  async function (this: HarnessWorld, name: RequestName, times: number) {
    for (let sent = 0; sent < times; sent++) {
      this.connection.send(messageToSend(this, name));
      await this.pass(moment);
    }
  },
);

Given("the EVCC has repeated its last request {int} time(s)", async function (this: HarnessWorld, times: number) {
  for (let sent = 0; sent < times; sent++) {
    repeatLast(this);
    await this.pass(moment);
  }
});

When("the EVCC sends {request}", function (this: HarnessWorld, name: RequestName) {
  send(this, messageToSend(this, name));
});

When("the EVCC sends {request} with", function (this: HarnessWorld, name: RequestName, table: DataTable) {
  send(this, withFields(this, messageToSend(this, name), table));
});

/** Lets time pass until `time` after the last frame of the side under test. */
async function afterLast(world: HarnessWorld, time: Millis): Promise<void> {
  await world.pass(moment);
  const last = world.sent().at(-1)?.t ?? world.bench.clock.now();
  await world.pass(last + time - world.bench.clock.now());
}

When(
  "{duration} after the last response the EVCC sends {request}",
  async function (this: HarnessWorld, time: Millis, name: RequestName) {
    await afterLast(this, time);
    send(this, messageToSend(this, name));
  },
);

When("{duration} later the EVCC sends {request}", async function (this: HarnessWorld, time: Millis, name: RequestName) {
  await this.pass(time);
  send(this, messageToSend(this, name));
});

When(
  "{duration} later the EVCC sends {request} with",
  async function (this: HarnessWorld, time: Millis, name: RequestName, table: DataTable) {
    await this.pass(time);
    send(this, withFields(this, messageToSend(this, name), table));
  },
);

/** The vehicle shows that state; in B its contactor is open. */
function show(world: HarnessWorld, state: PilotLoad): void {
  if (state === "B") world.bench.plant.inlet.contactor(false);
  world.bench.plant.evPilot.present(state);
}

/** Longer than any filter of a pilot. */
const settled: Millis = 100;

Given("the vehicle has gone to {pilotState}", async function (this: HarnessWorld, state: PilotLoad) {
  show(this, state);
  await this.pass(settled);
});

When(
  "the EVCC sends {request} and {duration} later shows {pilotState}",
  async function (this: HarnessWorld, name: RequestName, time: Millis, state: PilotLoad) {
    send(this, messageToSend(this, name));
    await this.pass(time);
    show(this, state);
  },
);

function sendBad(world: HarnessWorld, name: string): void {
  const good = world.held ?? defaultMessage("SessionSetupReq", { SessionID: world.SessionID });
  world.connection.sendFrame((badFrames[name] as (good: V2gMessage) => Uint8Array)(good), `(${name})`);
}

When("the EVCC sends {badFrame}", function (this: HarnessWorld, name: string) {
  this.stimulate();
  sendBad(this, name);
});

When(
  "{duration} after the last response the EVCC sends {badFrame}",
  async function (this: HarnessWorld, time: Millis, name: string) {
    await afterLast(this, time);
    this.stimulate();
    sendBad(this, name);
  },
);

When("{duration} after the last response the EVCC repeats its last request", async function (this: HarnessWorld, time) {
  await afterLast(this, time);
  this.stimulate();
  repeatLast(this);
});

const framed = (message: V2gMessage): Uint8Array => frame(payloadTypes.exi, encodeMessage(message));

When(
  "the {side} sends {message} in pieces of {int} byte(s), {duration} apart",
  async function (this: HarnessWorld, _side: string, name: MessageName, length: number, time: Millis) {
    const closed = isClose(this);
    const from = this.bench.trace.events.length;
    const whole = messageToSend(this, name);
    const bytes = framed(whole);
    for (let at = 0; at < bytes.length; at += length) {
      if (at > 0) await this.pass(time);
      if (this.bench.trace.events.slice(from).some(closed)) return;
      this.stimulate();
      const piece = bytes.subarray(at, at + length);
      // With its last piece the message has been said.
      if (at + length < bytes.length) this.connection.sendFrame(piece, `(${name} from byte ${at})`);
      else this.connection.sendFrame(piece, name, { Header: whole.header, ...whole.body });
    }
    if (this.sut === "evcc") this.stationGate.goOn();
  },
);

When("the {side} sends in one segment", function (this: HarnessWorld, _side: string, table: DataTable) {
  this.stimulate();
  const names = table.raw().flat() as MessageName[];
  this.connection.sendFrame(concat(...names.map((name) => framed(messageToSend(this, name)))), `(${names.join(", ")})`);
});

/** Ways to lose a connection: in good order, at once, or without a word, as a host does whose power has gone. */
When("the {side} {word} the connection", function (this: HarnessWorld, side: string, how: string) {
  this.stimulate();
  if (how === "abandons") this.bench.powerline.hang(side === "EVCC" ? "ev" : "evse");
  else
    (this.sut === "secc" ? this.bench.evcc : this.bench.secc).connection()?.close(how === "resets" ? "reset" : "fin");
});

Given("the {side} has stopped reading", function (this: HarnessWorld, _side: string) {
  this.connection.reading(false);
});

When("the {side} sends nothing more", function (this: HarnessWorld, _side: string) {
  this.stimulate();
});

/** Longer than a station has patience. */
const stubborn: Millis = 30_000;

/** A car that is told to stop and does not listen. */
When(
  "the EVCC goes on sending {request} every {duration}",
  function (this: HarnessWorld, name: RequestName, time: Millis) {
    const { connection } = this;
    const request = messageToSend(this, name);
    repeat(this, time, stubborn, () => connection.send(request));
  },
);

When(
  "the EVCC goes on sending {int} {request} at once every {duration}",
  function (this: HarnessWorld, count: number, name: RequestName, time: Millis) {
    this.stimulate();
    const { connection } = this;
    const bytes = concat(...Array<Uint8Array>(count).fill(framed(messageToSend(this, name))));
    repeat(this, time, 2 * stubborn, () => connection.sendFrame(bytes, `(${count} × ${name})`));
  },
);

function repeat({ bench }: HarnessWorld, every: Millis, during: Millis, act: () => void): void {
  const until = bench.clock.now() + during;
  const again = (): void => {
    act();
    if (bench.clock.now() < until) bench.clock.after(every, again);
  };
  again();
}

When("the operator {operation}", async function (this: HarnessWorld, operation: StationStimulus) {
  this.stimulate();
  this.bench.secc.stimulus(operation);
});
