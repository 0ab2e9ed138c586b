import { latencyHistogram } from "./latency";
import { type Html, html, raw } from "./page";
import type { Run, ScenarioResult } from "./run";
import { scenarioAnchor } from "./scenario-section";
import type { Timing } from "./timing";

/** Times of one kind over a run, and the scenario in which they were longest. */
interface Gathered {
  readonly timing: Timing;
  readonly longestIn: ScenarioResult;
}

/** What was measured in real time over the whole run; nothing where time was virtual. */
export function timingSection({ scenarios }: Run): Html {
  const gathered = gather(scenarios);
  const chart = latencyHistogram(
    gathered.map(({ timing }) => timing),
    {
      longestAt: (timing) => {
        const at = gathered.find((each) => each.timing === timing);
        return at && `#${scenarioAnchor(at.longestIn.ref)}`;
      },
    },
  );
  if (chart === undefined) return raw("");
  const late = gathered.flatMap(({ timing: { what, times, limit } }) => {
    const count = times.filter((time) => time > limit.ms).length;
    return count === 0 ? [] : [`${what}: ${count} of ${times.length} took more than ${limit.ms} ms`];
  });
  const said = late.length === 0 ? "Every time is within what the standard allows." : `${late.join("; ")}.`;
  return html`<h2 id="times">Times</h2><p>${said}</p><p class="muted small">Of the side under test, at the interface nearest to it, over all scenarios of the run, with the load there was; jitter is the span from 5 % to 95 % of them. The longest leads to its scenario. Performance times are judged in the scenarios of their requirements, not here.</p><div class="wide">${raw(chart)}</div>`;
}

/** In the order of the scenario that has most of them. */
function gather(scenarios: readonly ScenarioResult[]): Gathered[] {
  const richest = [...scenarios].sort((a, b) => (b.timings?.length ?? 0) - (a.timings?.length ?? 0));
  const all = new Map<string, { timing: Timing & { times: number[] }; longest: number; longestIn: ScenarioResult }>();
  for (const scenario of richest) {
    for (const timing of scenario.timings ?? []) {
      const key = `${timing.of} ${timing.layer} ${timing.what}`;
      const longest = timing.times.reduce((most, time) => Math.max(most, time), 0);
      const known = all.get(key);
      if (!known) all.set(key, { timing: { ...timing, times: [...timing.times] }, longest, longestIn: scenario });
      else {
        for (const time of timing.times) known.timing.times.push(time);
        if (longest > known.longest) Object.assign(known, { longest, longestIn: scenario });
      }
    }
  }
  return [...all.values()];
}
