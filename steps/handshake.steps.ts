import { type DataTable, Given, Then, When } from "@cucumber/cucumber";
import type { Millis } from "../core/clock";
import type { Endpoint, Stream } from "../core/network";
import type { EventOf, TraceEvent } from "../core/trace";
import type { supportedAppProtocolReq } from "../protocol/app-protocol";
import { sdpPort } from "../protocol/sdp";
import { message } from "../protocol/v2g";
import { frame, payloadTypes } from "../protocol/v2gtp";
import { defaultConfig, iso15118_2Protocol } from "../secc/config";
import { badDatagrams, goodDatagram } from "./support/bad-input";
import { agrees, lookup, show, withField } from "./support/fields";
import { watches } from "./support/http-requests";
import { Inconclusive } from "./support/judgement";
import type { HarnessWorld } from "./support/world";

/** An SDP answer that has not come by then does not come: the car asks again after 250 ms (V2G2-159). */
const patience: Millis = 1_000;

/** When the tester's vehicle was matched. */
const matched = new WeakMap<HarnessWorld, Millis>();
/** Connections besides that of the session, and how many of them are open. */
const others = new WeakMap<HarnessWorld, { tried: number; opened: number; refused: number; open: number }>();
/** Attempts to connect are given up by then. */
const attempts: Millis = 10_000;

const isAnnouncement =
  (world: HarnessWorld) =>
  (event: TraceEvent): event is EventOf<"sdp"> =>
    event.type === "sdp" && event.node === world.sut && event.dir === "tx";

Given("a vehicle that is matched with the SECC", async function (this: HarnessWorld) {
  this.carGate.close((effect) => effect.do === "discover");
  this.bench.plug();
  await this.bringAbout("a match", () => this.carGate.held !== undefined);
  matched.set(this, this.bench.clock.now());
});

/** A vehicle asks for a station as soon as it is matched. */
async function afterMatch(world: HarnessWorld, time: Millis): Promise<void> {
  const from = matched.get(world) ?? world.bench.trace.of("sdp", "evcc")[0]?.t ?? 0;
  await world.pass(from + time - world.bench.clock.now());
  world.stimulate();
}

When("the EVCC asks for a SECC with", function (this: HarnessWorld, table: DataTable) {
  const fields = Object.entries(table.rowsHash()).reduce((all, [path, text]) => withField(all, path, text), {});
  const { security, transport } = fields as { security: number; transport: number };
  this.stimulate();
  this.bench.evcc.discover(frame(payloadTypes.sdpRequest, Uint8Array.of(security, transport)));
});

When("{duration} after the match the EVCC asks for a SECC", async function (this: HarnessWorld, time: Millis) {
  await afterMatch(this, time);
  this.bench.evcc.discover(goodDatagram);
});

When("the EVCC sends {badDatagram}", function (this: HarnessWorld, name: string) {
  this.stimulate();
  this.bench.evcc.discover((badDatagrams[name] as () => Uint8Array)());
});

Given("the EVCC has sent {badDatagram} {int} time(s)", function (this: HarnessWorld, name: string, times: number) {
  for (let sent = 0; sent < times; sent++) this.bench.evcc.discover((badDatagrams[name] as () => Uint8Array)());
});

/** In so many bursts at most; what a kernel drops of them was still sent. */
const bursts = 100;

Given(
  "the EVCC {asking} for a SECC {int} times in {duration}",
  async function (this: HarnessWorld, meanwhile: boolean, times: number, time: Millis) {
    const { clock, evcc } = this.bench;
    const steps = Math.min(times, bursts);
    for (let step = 0; step < steps; step++) {
      const due = Math.floor(((step + 1) * times) / steps) - Math.floor((step * times) / steps);
      clock.after((step * time) / steps, () => {
        for (let sent = 0; sent < due; sent++) evcc.discover(goodDatagram);
      });
    }
    if (!meanwhile) await this.pass(time);
  },
);

Then("the SECC gives its address with", async function (this: HarnessWorld, table: DataTable) {
  const answer = await this.observe(isAnnouncement(this), patience);
  this.judge({
    text: "the answer",
    required: "SDPResponse",
    measured: answer?.name ?? `nothing within ${patience} ms`,
    passed: answer?.name === "SDPResponse",
    silent: !answer,
  });
  for (const [name, text] of Object.entries(table.rowsHash())) {
    if (text === "one at which it listens") {
      await judgeListening(this);
      continue;
    }
    const wanted = text === "that of the sender" ? String(answer?.from.address) : text;
    const value = lookup(answer?.fields, name);
    this.judge({ text: `SDPResponse.${name}`, required: wanted, measured: show(value), passed: agrees(value, wanted) });
  }
  const asked = this.bench.trace.of("sdp", "evcc").findLast(({ dir }) => dir === "tx");
  const reached = answer?.to.address === asked?.from.address && answer?.to.port === asked?.from.port;
  const measured = reached ? "the one who asked" : `${answer?.to.address} port ${answer?.to.port}`;
  this.judge({ text: "receiver", required: "the one who asked", measured, passed: reached });
});

/** Where the station has said that it listens; before it has, where one usually does. */
function stationAt({ bench }: HarnessWorld): Endpoint {
  const said = bench.trace.of("sdp", "secc").findLast(({ dir, name }) => dir === "tx" && name === "SDPResponse");
  const { address = bench.secc.address, port = defaultConfig.port } = (said?.fields ?? {}) as Partial<Endpoint>;
  return { address, port };
}

/** Somebody else on the car's host gets through to it. */
async function judgeListening(world: HarnessWorld): Promise<void> {
  const { carNetwork } = world.bench;
  const to = stationAt(world);
  let outcome: string | undefined;
  carNetwork?.connect(
    to,
    (stream) => {
      outcome = "open";
      stream.close();
    },
    (reason) => {
      outcome = reason;
    },
  );
  await world.bench.run(() => outcome !== undefined, patience);
  const measured = `port ${to.port}: ${outcome ?? "no answer"}`;
  world.judge({
    text: "a connection to the port that was given",
    required: "open",
    measured,
    passed: outcome === "open",
  });
}

Then("the SECC gives no address", async function (this: HarnessWorld) {
  const answer = await this.observe(isAnnouncement(this), patience);
  this.judge({ text: "no answer", required: "nothing", measured: answer?.name ?? "nothing", passed: !answer });
});

/** Protocol named in a table: `Version` is major and minor. */
const offered = (row: Record<string, string>): supportedAppProtocolReq["AppProtocol"][number] => {
  const [major, minor] = (row.Version ?? "").split(".").map(Number);
  return {
    ProtocolNamespace: row.ProtocolNamespace ?? "",
    VersionNumberMajor: major ?? 0,
    VersionNumberMinor: minor ?? 0,
    SchemaID: Number(row.SchemaID),
    Priority: Number(row.Priority),
  };
};

function offer(world: HarnessWorld, AppProtocol: supportedAppProtocolReq["AppProtocol"]): void {
  world.stimulate();
  world.connection.send(message("supportedAppProtocolReq", { AppProtocol }));
}

When("the EVCC offers", function (this: HarnessWorld, table: DataTable) {
  offer(this, table.hashes().map(offered));
});

When(
  "the EVCC offers {int} unknown protocols and ISO 15118-2 with SchemaID {int}",
  function (this: HarnessWorld, unknown: number, SchemaID: number) {
    const others = Array.from({ length: unknown }, (_, index) => ({
      ...iso15118_2Protocol,
      ProtocolNamespace: `urn:example:charging:${index}`,
      SchemaID: index,
      Priority: index + 1,
    }));
    offer(this, [...others, { ...iso15118_2Protocol, SchemaID, Priority: unknown + 1 }]);
  },
);

/** Opens a connection as another program on the car's host would. */
function connect(world: HarnessWorld): void {
  const { bench } = world;
  const state = others.get(world) ?? { tried: 0, opened: 0, refused: 0, open: 0 };
  others.set(world, state);
  state.tried++;
  const opened = (stream: Stream): void => {
    state.opened++;
    state.open++;
    stream.onBytes(() => undefined);
    stream.onClose(() => {
      state.open--;
    });
  };
  bench.carNetwork?.connect(stationAt(world), opened, () => {
    state.refused++;
  });
}

When("{duration} after the match the EVCC connects", async function (this: HarnessWorld, time: Millis) {
  await afterMatch(this, time);
  connect(this);
});

Given("the EVCC {opening} {int} more connection(s)", async function (this: HarnessWorld, tense: string, count: number) {
  this.stimulate();
  for (let made = 0; made < count; made++) connect(this);
  const state = others.get(this);
  const settled = (): boolean => !state || state.opened + state.refused === state.tried;
  if (tense === "has opened") await this.bench.run(settled, attempts);
});

Then(
  "{atMost} of these connections is/are open {duration} later",
  async function (this: HarnessWorld, most: number, time: Millis) {
    const state = others.get(this);
    const watched = watches(this);
    if (!state && watched.length === 0) throw new Inconclusive("no other connection was opened");
    await this.pass(time);
    const left = await Promise.all(watched.map((watch) => watch.leave()));
    const open = (state?.open ?? 0) + left.filter((each) => each.open).length;
    const measured = `${open} of ${(state?.opened ?? 0) + watched.length}`;
    this.judge({ text: "open connections", required: `at most ${most}`, measured, passed: open <= most });
  },
);

/** What programs of a computer on wheels or in a cabinet listen at: login, files, mail, web, databases, messages, control. */
const commonPorts = [
  21, 22, 23, 25, 53, 80, 102, 111, 123, 139, 161, 443, 445, 502, 631, 1502, 1883, 2222, 2404, 3000, 4840, 5000, 5353,
  5432, 5555, 6379, 8000, 8080, 8443, 8883, 9000, 9001, 9090, 15118, 15119, 20000, 27017, 49152, 61340, 61342,
];

Then("the SECC listens at no other port", async function (this: HarnessWorld) {
  const { bench } = this;
  const { address, port: own } = stationAt(this);
  const found = new Set<string>();
  const socket = bench.carNetwork?.datagrams(0, (_bytes, from) => void found.add(`UDP ${from.port}`));
  for (const port of commonPorts.filter((each) => each !== own)) {
    bench.carNetwork?.connect(
      { address, port },
      (stream) => {
        found.add(`TCP ${port}`);
        stream.close("reset");
      },
      () => undefined,
    );
    if (port !== sdpPort) socket?.send(goodDatagram, { address, port });
  }
  socket?.send(goodDatagram, { address, port: own });
  await this.pass(patience);
  socket?.close();
  const expected = [`UDP ${sdpPort}`, `TCP ${own}`];
  for (const port of bench.listening?.() ?? []) if (!expected.includes(port)) found.add(port);
  const measured = [...found].join(", ") || "none";
  this.judge({ text: "other open ports", required: "none", measured, passed: found.size === 0 });
});
