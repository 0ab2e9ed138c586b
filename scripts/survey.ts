import { parseArgs } from "node:util";
import type { V2gMessage } from "../protocol/v2g";
import type { Sut } from "../steps/support/parameters";
import { catalogue, discoveryMutations, pairOf, writable } from "../steps/support/proxy";
import { VirtualBench } from "../steps/support/virtual-bench";
import { type Example, Features, onFailure, pathsOf } from "./features";
import { reasonToTolerate, staleReasons } from "./tolerated";
import { judgeVariants } from "./variants";

/**
 * `npm run survey [-- secc|evcc] [TEXT…]`: a proxy before the side under test changes one thing of what it says, field by field and
 * frame by frame, and the features have to notice. Where no judgement fails, and the change is none that a good peer may make too
 * (`tolerated.ts`), the features have a hole: exit code 1. TEXT chooses mutations by a part of their names. `variants [NAME…]`: the
 * other way round, no scenario may fail against a peer that is right in another way.
 */
interface Mutant {
  readonly sut: Sut;
  readonly name: string;
}

async function main(words: readonly string[]): Promise<void> {
  process.exitCode = 1;
  const { positionals } = parseArgs({ args: [...words], allowPositionals: true });
  if (positionals[0] === "variants") return judgeVariants(positionals.slice(1));
  const sides = (["secc", "evcc"] as const).filter((side) => !positionals.some(isSide) || positionals.includes(side));
  const texts = positionals.filter((word) => !isSide(word));
  const said = await goodSession();
  const mutants = sides
    .flatMap((sut) => mutantsOf(sut, said))
    .filter(({ name }) => texts.length === 0 || texts.some((text) => name.includes(text)));
  const features = await Features.load();
  const judging = new Judging(features, await features.examples());
  const holes: string[] = [];
  let tolerated = 0;
  let broken = 0;
  for (const { sut, name } of mutants) {
    const { killer, fault } = await judging.trial(sut, name);
    if (fault !== undefined) broken++;
    if (fault !== undefined) console.log(`BREAKS US\t${name}\t${fault}`);
    const reason = killer === undefined ? reasonToTolerate(name) : undefined;
    if (reason !== undefined) tolerated++;
    if (killer === undefined && reason === undefined) holes.push(name);
    console.log(`${killer ? "killed" : reason ? "lawful" : "SURVIVES"}\t${name}\t${killer ?? reason ?? ""}`);
  }
  const stale = texts.length === 0 && sides.length === 2 ? staleReasons(mutants.map(({ name }) => name)) : [];
  for (const each of stale) console.log(`TOLERATED FOR NOTHING\t${each}`);
  const killed = mutants.length - tolerated - holes.length;
  console.log(
    `${mutants.length} mutants, ${killed} killed, ${tolerated} lawful, ${holes.length} not noticed, ${broken} break us`,
  );
  process.exitCode = holes.length + broken + stale.length > 0 || mutants.length === 0 ? 1 : 0;
}

const isSide = (word: string): boolean => word === "secc" || word === "evcc";

/** What either side says when nothing is wrong. */
async function goodSession(): Promise<readonly V2gMessage[]> {
  const bench = new VirtualBench({ seed: 1, evcc: { stopAt: { loops: 3 } } });
  bench.plug();
  const { trace } = bench;
  await bench.run(
    () => trace.of("v2g", "evcc").some(({ name, dir }) => dir === "rx" && name === "SessionStopRes"),
    120_000,
  );
  return trace.of("v2g").flatMap(({ dir, name, fields }) => {
    if (dir !== "tx") return [];
    const { Header: header, ...body } = fields as { Header?: object };
    return [{ name, body, ...(header && { header }) } as unknown as V2gMessage];
  });
}

function mutantsOf(sut: Sut, said: readonly V2gMessage[]): Mutant[] {
  const suffix = sut === "secc" ? "Res" : "Req";
  const its = said.filter(({ name }) => name.endsWith(suffix));
  const names = [...discoveryMutations(sut === "secc" ? "SDPResponse" : "SDPRequest"), ...catalogue(its, writable)];
  return names.map((name) => ({ sut, name }));
}

/** Runs the scenarios that are most likely to notice, good sessions first, until one of them fails by a judgement. */
class Judging {
  private readonly features: Features;
  private readonly examples: readonly Example[];

  constructor(features: Features, examples: readonly Example[]) {
    this.features = features;
    this.examples = examples;
  }

  async trial(sut: Sut, mutant: string): Promise<Trial> {
    const mine = this.examples.filter(({ tags }) => tags.includes(`@sut-${sut}`));
    const good = mine.filter(({ tags }) => tags.includes("@good-session"));
    const own = mine.filter((example) => !good.includes(example) && concerns(example, mutant));
    let trial: Trial = {};
    for (const stage of [good, own]) {
      if (stage.length > 0 && !trial.killer) trial = { ...trial, ...(await this.firstToFail(stage, mutant)) };
    }
    return trial;
  }

  private async firstToFail(examples: readonly Example[], mutant: string): Promise<Trial> {
    let trial: Trial = {};
    const look = onFailure(({ name }, { type }, line) => {
      if (type !== "Inconclusive")
        trial = { [type === "NotPassed" ? "killer" : "fault"]: `${name}: ${line}`, ...trial };
    });
    await this.features.run(pathsOf(examples), { deviation: mutant, plots: "none" }, look, { failFast: true });
    return trial;
  }
}

/** Which judgement has noticed it, and what of ours has broken over it. */
interface Trial {
  readonly killer?: string;
  readonly fault?: string;
}

/** A scenario that judges the message that the mutation changes, or names its field. */
function concerns({ uri, pickle }: Example, mutant: string): boolean {
  const [message = ""] = mutant.split(/[^A-Za-z]/);
  if (message.startsWith("SDP")) return uri.includes("sdp") || uri.includes("discovery");
  const pair = pairOf(message);
  const field = /\.(\w+) /.exec(mutant)?.[1];
  return pickle.steps.some(
    ({ text, type, argument }) =>
      (type !== "Context" && pair.some((name) => text.includes(name))) ||
      (field !== undefined && JSON.stringify(argument ?? "").includes(field)),
  );
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
