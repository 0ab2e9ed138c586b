import { EnvironmentError } from "../../drivers/linux/environment";
import type { Bench, BenchOptions } from "./bench";
import { externalBench } from "./external/bench";
import { Inconclusive } from "./judgement";
import type { RunParameters } from "./parameters";
import { qca7000Bench } from "./qca7000/bench";
import { vethBench } from "./veth/bench";
import { virtualBench } from "./virtual-bench";

/** How a bench comes to stand, by the name that a profile gives. */
const benches: Readonly<
  Record<RunParameters["bench"], (options: BenchOptions, parameters: RunParameters) => Bench | Promise<Bench>>
> = {
  virtual: virtualBench,
  veth: vethBench,
  qca7000: qca7000Bench,
  external: externalBench,
};

/** @throws Inconclusive when this machine cannot have that bench */
export async function openBench(parameters: RunParameters, options: BenchOptions): Promise<Bench> {
  try {
    return await benches[parameters.bench](options, parameters);
  } catch (error) {
    if (error instanceof EnvironmentError) throw new Inconclusive(error.message);
    throw error;
  }
}
