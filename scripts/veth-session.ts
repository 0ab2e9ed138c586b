import type { TraceEvent } from "../core/trace";
import type { TimedPassage } from "../drivers/linux/modem-control";
import { profileOf } from "../steps/support/profile";
import { VethBench } from "../steps/support/veth/bench";
import { Rig } from "../steps/support/veth/rig";
import { tcpPayload } from "./tcp-payload";

/** Messages of the loop in a session. */
export const loops = 30;
/** From the plug to an unlocked plug, in ms; only a hang takes so long. */
const longest = 120_000;

/** In ms. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** A bench for one session, which keeps when requests and responses pass the station's end of its cable, and how the car's session ended. */
export class SessionBench extends VethBench {
  readonly answers: number[] = [];
  /** Why the car's session has ended; empty when it did so in order. */
  ended: string | undefined;
  private requested: number | undefined;
  private latest = 0;

  constructor(...given: ConstructorParameters<typeof VethBench>) {
    super(...given);
    this.trace.onEvent((event) => this.hear(event));
  }

  override onPassage(passage: TimedPassage): void {
    super.onPassage(passage);
    const { port, dir, t, frame } = passage;
    this.latest = t;
    if (port !== "plc_se" || tcpPayload(frame) === 0) return;
    if (dir === "out") this.requested = t;
    else if (this.requested !== undefined) {
      this.answers.push(t - this.requested);
      this.requested = undefined;
    }
  }

  /** Longest that the station has let a request wait, in ms, also one that it has not answered at all. */
  get slowest(): number {
    const waiting = this.requested === undefined ? 0 : this.latest - this.requested;
    return Math.max(waiting, ...this.answers);
  }

  private hear(event: TraceEvent): void {
    if (event.node !== "evcc" || event.type !== "log" || !/^Session (ended|given up)$/.test(event.text)) return;
    const { because } = event.fields as { because: string };
    this.ended = event.level === "info" ? "" : because;
  }
}

/** The station as its own process with everything round it, ready for a plug; from the call to that, in ms. */
export async function open(): Promise<{ bench: SessionBench; start: number }> {
  const { secc, plant } = profileOf("veth");
  const same = (it: never): never => it;
  const peers = { secc: {}, evcc: { stopAt: { loops } }, gateStation: same, gateCar: same };
  const options = { sut: "secc", seed: 1, needs: [], ...peers };
  const bench = new SessionBench(await Rig.ofThisWorker(), options as never);
  const began = now();
  if (secc) await bench.open(secc, plant);
  return { bench, start: now() - began };
}

/** A session that did not complete in order. */
class Incomplete extends Error {
  readonly slowest: number;

  constructor(because: string, slowest: number) {
    super(`the session did not complete: ${because}`);
    this.slowest = slowest;
  }
}

/** Why a session failed; and in ms how long the station let a request wait, where it came to requests: what was not its doing was the machine's. */
export interface Failure {
  readonly because: string;
  readonly slowest?: number;
}

export const failureOf = (error: Error): Failure => ({
  because: error.message,
  ...(error instanceof Incomplete && { slowest: error.slowest }),
});

/** A line for each reason. */
export function tellFailures(failures: readonly Failure[]): void {
  for (const reason of new Set(failures.map(({ because }) => because))) {
    const alike = failures.filter(({ because }) => because === reason);
    const waits = alike.flatMap(({ slowest }) => slowest ?? []).map((it) => it.toFixed(0));
    const slowest = waits.length > 0 ? `; slowest response of the station: ${waits.join(", ")} ms` : "";
    console.log(`  FAILED ${alike.length} ×: ${reason}${slowest}`);
  }
}

/** From the plug to the end of the dialogue and an unlocked plug, in ms. @throws Error that says why it does not come to that in order */
export async function session(bench: SessionBench): Promise<number> {
  const began = now();
  bench.plug();
  const over = (): boolean => Boolean(bench.ended) || (bench.ended === "" && !bench.plant.sample().locked);
  const done = await bench.run(over, longest);
  if (!done || bench.ended) throw new Incomplete(bench.ended || `not over after ${longest / 1000} s`, bench.slowest);
  return now() - began;
}
