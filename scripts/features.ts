import { Writable } from "node:stream";
import {
  type IRunOptions,
  type ISupportCodeLibrary,
  loadConfiguration,
  loadSupport,
  runCucumber,
} from "@cucumber/cucumber/api";
import type { Envelope, GherkinDocument, Pickle, Scenario } from "@cucumber/messages";
import { root } from "./files";

/** One scenario (a row of an outline is one) as the feature files have it. */
export interface Example {
  readonly id: string;
  /** Name of the scenario or outline, placeholders and all. */
  readonly scenario: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly uri: string;
  readonly line: number;
  readonly pickle: Pickle;
}

/** Cucumber, driven from here: support code is loaded once, any number of runs follow. */
export class Features {
  private readonly configuration: IRunOptions;
  private readonly support: ISupportCodeLibrary;

  private constructor(configuration: IRunOptions, support: ISupportCodeLibrary) {
    this.configuration = configuration;
    this.support = support;
  }

  /** @param profile of cucumber.js; `given` stands over its world parameters */
  static async load(profile?: string, given: object = {}): Promise<Features> {
    const provided = { worldParameters: given as Readonly<Record<string, never>> };
    const profiles = profile === undefined ? {} : { profiles: [profile] };
    const { runConfiguration } = await loadConfiguration({ provided, ...profiles }, { cwd: root });
    const support = await loadSupport(runConfiguration, { cwd: root });
    return new Features(runConfiguration, support);
  }

  get worldParameters(): object {
    return this.configuration.runtime.worldParameters;
  }

  /** Runs the scenarios at `paths` (`FILE:LINE:LINE…`, all when empty) in silence and hands on every message. */
  async run(
    paths: string[],
    worldParameters: object,
    onMessage: (envelope: Envelope) => void,
    how: { readonly dryRun?: boolean; readonly failFast?: boolean } = {},
  ): Promise<boolean> {
    const { sources, runtime } = this.configuration;
    const parameters = { ...runtime.worldParameters, ...worldParameters } as typeof runtime.worldParameters;
    const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
    const { success } = await runCucumber(
      {
        ...this.configuration,
        sources: { ...sources, paths },
        runtime: { ...runtime, ...how, parallel: 0, worldParameters: parameters },
        formats: { stdout: "progress", files: {}, publish: false, options: {} },
        support: this.support,
      },
      { cwd: root, stdout: silence, stderr: process.stderr },
      onMessage,
    );
    return success;
  }

  /** Every scenario of the project, read by cucumber's own parser. */
  async examples(): Promise<Example[]> {
    const documents = new Map<string, GherkinDocument>();
    const pickles: Pickle[] = [];
    const collect = ({ gherkinDocument, pickle }: Envelope): void => {
      if (gherkinDocument?.uri) documents.set(gherkinDocument.uri, gherkinDocument);
      if (pickle) pickles.push(pickle);
    };
    await this.run([], {}, collect, { dryRun: true });
    return pickles.map((pickle) => example(pickle, documents.get(pickle.uri)));
  }
}

function example(pickle: Pickle, document: GherkinDocument | undefined): Example {
  const children = document?.feature?.children ?? [];
  const scenarios = children.flatMap((child) => (child.rule ? child.rule.children : [child]));
  const [scenarioId, rowId] = pickle.astNodeIds;
  const scenario = scenarios.find((child) => child.scenario?.id === scenarioId)?.scenario;
  return {
    id: pickle.id,
    scenario: scenario?.name ?? pickle.name,
    name: pickle.name,
    tags: pickle.tags.map(({ name }) => name),
    uri: pickle.uri,
    line: (rowId && scenario ? lineOfRow(scenario, rowId) : undefined) ?? scenario?.location.line ?? 0,
    pickle,
  };
}

const lineOfRow = (scenario: Scenario, id: string): number | undefined =>
  scenario.examples.flatMap(({ tableBody }) => tableBody).find((row) => row.id === id)?.location.line;

/** `FILE:LINE:LINE…` of the examples, one argument a file. */
export function pathsOf(wanted: readonly Example[]): string[] {
  const lines = new Map<string, number[]>();
  for (const { uri, line } of wanted) lines.set(uri, [...(lines.get(uri) ?? []), line]);
  return [...lines].map(([uri, at]) => `${uri}:${at.join(":")}`);
}

/** What a step has failed with. */
type Failure = NonNullable<NonNullable<Envelope["testStepFinished"]>["testStepResult"]["exception"]>;

/**
 * Listens to a run for steps that fail.
 * @param heard gets the scenario, and the failure with the first line of its message
 */
export function onFailure(heard: (pickle: Pickle, failure: Partial<Failure>, line: string) => void) {
  const pickles = new Map<string, Pickle>();
  const known = (id: string, of: string): void => {
    const pickle = pickles.get(of);
    if (pickle) pickles.set(id, pickle);
  };
  return ({ pickle, testCase, testCaseStarted, testStepFinished }: Envelope): void => {
    if (pickle) pickles.set(pickle.id, pickle);
    if (testCase) known(testCase.id, testCase.pickleId);
    if (testCaseStarted) known(testCaseStarted.id, testCaseStarted.testCaseId);
    if (testStepFinished?.testStepResult.status !== "FAILED") return;
    const exception: Partial<Failure> = testStepFinished.testStepResult.exception ?? {};
    const of = pickles.get(testStepFinished.testCaseStartedId);
    if (of) heard(of, exception, exception.message?.split("\n")[0] ?? "");
  };
}
