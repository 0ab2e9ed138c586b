import { type IWorldOptions, World } from "@cucumber/cucumber";
import type { Millis } from "../../core/clock";
import { type Verdict, verdictOf, worse } from "../../core/errors";
import type { EventOf, TraceEvent } from "../../core/trace";
import type { Car, CarEffect, CarInput, CarSeen } from "../../evcc/car";
import type { EvccConfig } from "../../evcc/config";
import type { V2gConnection, V2gMessage } from "../../protocol/v2g";
import type { SeccConfig } from "../../secc/config";
import type { Station, StationEffect, StationInput, StationSeen } from "../../secc/station";
import type { Bench } from "./bench";
import { openBench } from "./benches";
import { Gate } from "./gate";
import { failure, faultOf, Inconclusive, type Measurement } from "./judgement";
import type { RunParameters, Sut } from "./parameters";

/** Tolerance of times that are judged, from the profile's PIXIT; on the virtual bench a frame takes 1 ms from end to end. */
export let timing: Millis = 10;

/** Once a run, before its first scenario. */
export function setTiming(tolerance: Millis): void {
  timing = tolerance;
}

/** A step needs the bench, and it does not stand yet. */
export class NoBenchYet extends Error {}

/** One scenario: the bench it runs on, what it has seen of the side under test, and its verdict so far. */
export class HarnessWorld extends World<RunParameters> {
  sut: Sut = "secc";
  requirements: readonly string[] = [];
  /** Tags `@needs-…` that the scenario bears. */
  needs: readonly string[] = [];
  verdict: Verdict = "pass";
  /** Why the scenario is not applicable. */
  reason: string | undefined;
  readonly secc: { -readonly [Key in keyof SeccConfig]?: SeccConfig[Key] } = {};
  readonly evcc: { -readonly [Key in keyof EvccConfig]?: EvccConfig[Key] } = { stopAt: { loops: 3 } };
  readonly stationGate = new Gate<Station, StationInput, StationEffect, StationSeen>();
  readonly carGate = new Gate<Car, CarInput, CarEffect, CarSeen>();
  /** Events before this one happened before the stimulus and are not judged. */
  mark = 0;
  private built: Bench | undefined;

  constructor(options: IWorldOptions<RunParameters>) {
    super(options);
  }

  /** @throws NoBenchYet when it has not been built: see `whenBuilt` */
  get bench(): Bench {
    if (!this.built) throw new NoBenchYet();
    return this.built;
  }

  /** Undefined where no step has needed a bench. */
  get trace(): Bench["trace"] | undefined {
    return this.built?.trace;
  }

  /** Whether pilot and power path are evidence. */
  get sees(): boolean {
    return this.built?.plant.observed === true;
  }

  /** With the settings made until now. @throws Inconclusive when this machine cannot have that bench */
  async build(): Promise<void> {
    const { deviation, seed } = this.parameters;
    this.built = await openBench(this.parameters, {
      sut: this.sut,
      seed,
      secc: this.secc,
      evcc: this.evcc,
      needs: this.needs,
      ...(deviation !== undefined && { deviation }),
      gateStation: (machine) => this.stationGate.wrap(machine),
      gateCar: (machine) => this.carGate.wrap(machine),
    });
  }

  async settled(): Promise<void> {
    await this.built?.settled();
  }

  async close(): Promise<void> {
    await this.built?.close();
  }

  /** Lets time pass until `done`; a precondition that does not come about makes the scenario inconclusive. */
  async bringAbout(what: string, done: () => boolean, limit: Millis = 120_000): Promise<void> {
    if (!(await this.bench.run(done, limit))) throw new Inconclusive(`could not bring about: ${what}`);
    this.mark = this.bench.trace.events.length;
  }

  /** Lets time pass until such an event; without one the scenario is inconclusive. */
  async comesAbout(what: string, wanted: (event: TraceEvent) => boolean, limit: Millis = 120_000): Promise<void> {
    if (!(await this.observe(wanted, limit))) throw new Inconclusive(`could not bring about: ${what}`);
    this.mark = this.bench.trace.events.length;
  }

  async pass(time: Millis): Promise<void> {
    await this.bench.run(() => false, time);
  }

  /** What happens next is the stimulus; what the side under test does from here on is judged. */
  stimulate(): void {
    this.mark = this.bench.trace.events.length;
  }

  /** First event since the stimulus for which `wanted` holds, waited for at most `limit`. */
  async observe<Event extends TraceEvent>(
    wanted: (event: TraceEvent) => event is Event,
    limit: Millis,
  ): Promise<Event | undefined>;
  async observe(wanted: (event: TraceEvent) => boolean, limit: Millis): Promise<TraceEvent | undefined>;
  async observe(wanted: (event: TraceEvent) => boolean, limit: Millis): Promise<TraceEvent | undefined> {
    const { events } = this.bench.trace;
    let looked = this.mark;
    let found: TraceEvent | undefined;
    const look = (): boolean => {
      for (; !found && looked < events.length; looked++) {
        const event = events[looked];
        if (event && wanted(event)) found = event;
      }
      return found !== undefined;
    };
    await this.bench.run(look, limit);
    return found;
  }

  /** V2G frames that the side under test has sent, all of them or those since the stimulus. */
  sent(since = 0): EventOf<"v2g">[] {
    return this.bench.trace.of("v2g", this.sut).filter((event) => event.dir === "tx" && event.seq >= since);
  }

  /** The tester's end of the connection. */
  get connection(): V2gConnection {
    const connection = this.sut === "secc" ? this.bench.evcc.connection() : this.bench.secc.connection();
    if (!connection) throw new Inconclusive("the tester has no connection");
    return connection;
  }

  /** The message the tester held back, as it would have said it. */
  get held(): V2gMessage | undefined {
    const effect = this.sut === "secc" ? this.carGate.held : this.stationGate.held;
    return effect?.do === "send" ? effect.message : undefined;
  }

  /** SessionID assigned in this session, all zero before. */
  get SessionID(): string {
    return this.sessionIdUntil();
  }

  /** SessionID that had been assigned when the event numbered `seq` was seen. */
  sessionIdUntil(seq = Number.POSITIVE_INFINITY): string {
    type SetUp = { Header: { SessionID: string }; ResponseCode: string } | undefined;
    const setUp = this.bench.trace
      .of("v2g")
      .findLast(
        ({ seq: at, name, fields }) =>
          at <= seq && name === "SessionSetupRes" && (fields as SetUp)?.ResponseCode.startsWith("OK"),
      );
    return (setUp?.fields as SetUp)?.Header.SessionID ?? "0000000000000000";
  }

  /** Records a judgement under the scenario's requirements; one that is not passed ends the scenario. */
  judge(measurement: Measurement): void {
    const { text, required, measured, tolerance, passed } = measurement;
    const { clock, lateness = 0 } = this.bench;
    const { requirements } = this;
    const fault = faultOf(measurement, { requirements, now: clock.now(), lateness, allowed: timing });
    const verdict = passed ? "pass" : verdictOf(fault);
    this.verdict = worse(this.verdict, verdict);
    const shown = { text, required, measured, ...(tolerance !== undefined && { tolerance }) };
    this.bench.trace.record("bench", { type: "judgement", verdict, requirements, ...shown });
    if (!passed) throw failure(fault, measurement);
  }
}
