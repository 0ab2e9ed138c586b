import { unhex } from "../core/bytes";
import { decodeMessage } from "../protocol/v2g";
import { VirtualBench } from "../steps/support/virtual-bench";

/** Whole sessions and single responses on the virtual bench, beside the budgets of the design. Medians; nothing is asserted. */
const budget = { session: 10, response: 1 } as const;
const loops = 30;

const millis = (): number => Number(process.hrtime.bigint()) / 1e6;
const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const percentile = (values: number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

async function session(): Promise<VirtualBench> {
  const bench = new VirtualBench({ seed: 1, evcc: { stopAt: { loops } } });
  bench.plug();
  const over = (): boolean => bench.evcc.state.at === "AwaitUnplug" && !bench.plant.sample().locked;
  if (!(await bench.run(over, 120_000))) throw new Error("the session did not complete");
  return bench;
}

/** CPU time from a CurrentDemandReq at the station's stream to its response there: cut, decoded, stepped, encoded. */
async function responses(): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 12; round++) {
    const bench = new VirtualBench({ seed: round, evcc: { stopAt: { loops } } });
    let began = 0;
    bench.trace.onEvent((event) => {
      if (event.type !== "v2g" || event.node !== "secc" || round < 2) return;
      if (event.name === "CurrentDemandReq") began = millis();
      if (event.name === "CurrentDemandRes" && began > 0) times.push(millis() - began);
    });
    bench.plug();
    await bench.run(() => bench.evcc.state.at === "AwaitUnplug", 120_000);
  }
  return times;
}

/** What decoding one CurrentDemandReq costs, which the figure above does not contain. */
function decoding(request: Uint8Array): number {
  const payload = request.subarray(8);
  for (let i = 0; i < 20_000; i++) decodeMessage("iso15118-2", payload);
  const began = millis();
  for (let i = 0; i < 20_000; i++) decodeMessage("iso15118-2", payload);
  return (millis() - began) / 20_000;
}

async function main(): Promise<void> {
  for (let warm = 0; warm < 30; warm++) await session();
  const times: number[] = [];
  let last: VirtualBench | undefined;
  for (let round = 0; round < 40; round++) {
    const began = millis();
    last = await session();
    times.push(millis() - began);
  }
  const whole = median(times);
  const bench = last as VirtualBench;
  const virtual = bench.clock.now();
  console.log(
    `whole DC session, ${loops} loop messages, ${bench.trace.events.length} events, ${(virtual / 1000).toFixed(1)} s of virtual time`,
  );
  console.log(
    `  ${whole.toFixed(2)} ms (fastest ${Math.min(...times).toFixed(2)}), ${(whole / budget.session).toFixed(2)} × the budget of ${budget.session} ms, ${(virtual / whole).toFixed(0)} × faster than real time`,
  );
  const steps = await responses();
  const request = bench.trace.of("v2g", "secc").find(({ name, dir }) => name === "CurrentDemandReq" && dir === "rx");
  const decode = request ? decoding(unhex(request.hex)) : 0;
  console.log("CurrentDemandReq to CurrentDemandRes at the station, CPU");
  console.log(
    `  p50 ${(percentile(steps, 0.5) + decode).toFixed(3)} ms, p99 ${(percentile(steps, 0.99) + decode).toFixed(3)} ms, ${((percentile(steps, 0.5) + decode) / budget.response).toFixed(3)} × the budget of ${budget.response} ms (of it decoding ${(decode * 1000).toFixed(1)} µs)`,
  );
}

void main();
