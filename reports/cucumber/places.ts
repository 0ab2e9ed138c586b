import type { Envelope, GherkinDocument, Pickle, TestCase } from "@cucumber/messages";

/** Place of a node of a feature file in its text and among its rules. */
export interface Place {
  readonly line: number;
  readonly feature: string;
  readonly rule?: string;
  readonly keyword?: string;
}

/** Where scenarios, their rows and steps stand, from what cucumber tells before it runs them. */
export class Places {
  private readonly nodes = new Map<string, Place>();
  private readonly pickles = new Map<string, Pickle>();
  private readonly testCases = new Map<string, TestCase>();

  take({ gherkinDocument, pickle, testCase }: Envelope): void {
    if (gherkinDocument) this.document(gherkinDocument);
    else if (pickle) this.pickles.set(pickle.id, pickle);
    else if (testCase) this.testCases.set(testCase.id, testCase);
  }

  testCase(id: string): TestCase | undefined {
    return this.testCases.get(id);
  }

  pickle({ pickleId }: TestCase): Pickle | undefined {
    return this.pickles.get(pickleId);
  }

  node(id: string | undefined): Place | undefined {
    return this.nodes.get(id ?? "");
  }

  /** Of the scenario, or of its row in an outline. */
  of(pickle: Pickle): Place | undefined {
    return this.node(pickle.astNodeIds.at(-1));
  }

  private document({ feature }: GherkinDocument): void {
    if (!feature) return;
    const put = (node: { id: string; location: { line: number }; keyword?: string }, rule: string | undefined) => {
      const more = {
        ...(rule !== undefined && { rule }),
        ...(node.keyword !== undefined && { keyword: node.keyword }),
      };
      this.nodes.set(node.id, { line: node.location.line, feature: feature.name, ...more });
    };
    for (const child of feature.children) {
      const rule = child.rule?.name;
      for (const { scenario, background } of child.rule?.children ?? [child]) {
        for (const step of background?.steps ?? []) put(step, rule);
        if (!scenario) continue;
        put(scenario, rule);
        for (const step of scenario.steps) put(step, rule);
        for (const row of scenario.examples.flatMap(({ tableBody }) => tableBody)) put(row, rule);
      }
    }
  }
}
