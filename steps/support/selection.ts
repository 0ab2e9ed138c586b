import type { GherkinDocument, Pickle } from "@cucumber/messages";

/** A scenario, or a row of an outline, with where it comes from. */
export interface Case {
  readonly pickle: Pickle;
  readonly gherkinDocument: GherkinDocument;
}

/** A scenario at one side of a limit, kept besides the first of its rule. */
const boundary = "@boundary";

/**
 * One case of each rule: where time is real, a rule is tried once and its other cases are for a bench whose time costs nothing. The
 * first one stands for its rule, and each scenario tagged `@boundary` is kept as well, with its first example.
 */
export function oneOfEachRule<Each extends Case>(cases: readonly Each[]): Each[] {
  const seen = new Set<string>();
  return cases.filter((each) => {
    const [rule, scenario] = [ruleOf(each), scenarioOf(each)];
    const bound = each.pickle.tags.some(({ name }) => name === boundary);
    const kept = !seen.has(rule) || (bound && !seen.has(scenario));
    seen.add(rule).add(scenario);
    return kept;
  });
}

const scenarioOf = ({ pickle }: Pick<Case, "pickle">): string => pickle.astNodeIds[0] ?? pickle.id;

/** A scenario without a rule is one by itself. */
function ruleOf({ pickle, gherkinDocument }: Case): string {
  const scenario = scenarioOf({ pickle });
  const rules = (gherkinDocument.feature?.children ?? []).flatMap(({ rule }) => (rule ? [rule] : []));
  return rules.find(({ children }) => children.some((child) => child.scenario?.id === scenario))?.id ?? scenario;
}
