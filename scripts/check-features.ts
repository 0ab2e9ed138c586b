import type { Envelope } from "@cucumber/messages";
import { unregistered } from "../requirements";
import { type Example, Features } from "./features";

/**
 * What every feature has to keep: each step defined, once; no step definition unused; each requirement tag registered; a side
 * under test and a requirement on every scenario; at most seven steps a scenario and 150 step texts in all.
 */
const longest = 7;
const mostTexts = 150;

async function main(): Promise<void> {
  const features = await Features.load();
  const definitions = new Map<string, string>();
  const used = new Set<string>();
  const faults: string[] = [];
  const texts = new Map<string, string>();
  await features.run(
    [],
    {},
    (envelope: Envelope) => {
      const { stepDefinition, testCase, pickle } = envelope;
      if (stepDefinition) {
        const { uri, location } = stepDefinition.sourceReference;
        definitions.set(stepDefinition.id, `${stepDefinition.pattern.source} (${uri}:${location?.line})`);
      }
      for (const step of pickle?.steps ?? []) texts.set(step.id, `${pickle?.uri}: ${step.text}`);
      for (const { pickleStepId, stepDefinitionIds = [] } of testCase?.testSteps ?? []) {
        if (pickleStepId === undefined) continue;
        for (const id of stepDefinitionIds) used.add(id);
        if (stepDefinitionIds.length === 0) faults.push(`undefined step: ${texts.get(pickleStepId)}`);
        if (stepDefinitionIds.length > 1) faults.push(`ambiguous step: ${texts.get(pickleStepId)}`);
      }
    },
    { dryRun: true },
  );
  for (const [id, source] of definitions) if (!used.has(id)) faults.push(`unused step: ${source}`);
  if (definitions.size > mostTexts) faults.push(`${definitions.size} step texts; ${mostTexts} are allowed`);
  const examples = await features.examples();
  faults.push(...examples.flatMap(faultsOf));
  for (const fault of [...new Set(faults)]) console.error(fault);
  console.log(`${examples.length} scenarios, ${definitions.size} step texts, ${new Set(faults).size} faults`);
  if (faults.length > 0 || examples.length === 0) process.exitCode = 1;
}

function faultsOf({ tags, pickle, uri, line, name }: Example): string[] {
  const at = `${uri}:${line} ${name}`;
  const sides = tags.filter((tag) => tag === "@sut-secc" || tag === "@sut-evcc");
  return [
    ...unregistered(tags).map((id) => `${at}: requirement ${id} is not registered`),
    ...(sides.length === 1 ? [] : [`${at}: needs one of @sut-secc and @sut-evcc`]),
    ...(tags.some((tag) => /^@(V2G|HIL-|IEC|DIN)/.test(tag)) ? [] : [`${at}: no requirement`]),
    ...(pickle.steps.length <= longest ? [] : [`${at}: ${pickle.steps.length} steps; ${longest} are allowed`]),
    ...(pickle.steps.some(({ type }) => type === "Outcome") ? [] : [`${at}: judges nothing`]),
  ];
}

void main();
