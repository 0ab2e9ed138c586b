/** A run of equal cycles of which only the first and the last are shown: `hidden` cycles of `period` items lie between them. */
export interface Fold<T> {
  readonly hidden: number;
  readonly period: number;
  readonly items: readonly T[];
}

export type Folded<T> = { item: T; fold?: undefined } | { fold: Fold<T>; item?: undefined };

/** Fewer hidden items than this are not worth a fold. */
const worthwhile = 3;

const longestCycle = 6;

/**
 * Folds repetition. Items are equal when their keys are; one without a key is never folded.
 * Linear in the items for practical traces: every run is counted once and then skipped.
 */
export function fold<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Folded<T>[] {
  const keys = items.map(keyOf);
  const folded: Folded<T>[] = [];
  const show = (from: number, to: number) => {
    for (let index = from; index < to; index++) folded.push({ item: items[index]! });
  };
  let at = 0;
  while (at < items.length) {
    const run = longestRun(keys, at);
    if (!run) {
      show(at, at + 1);
      at++;
      continue;
    }
    const { period, cycles } = run;
    const last = at + period * (cycles - 1);
    show(at, at + period);
    folded.push({ fold: { hidden: cycles - 2, period, items: items.slice(at + period, last) } });
    show(last, last + period);
    at = last + period;
  }
  return folded;
}

/** The cycle from `at` on that covers most items. */
function longestRun(keys: readonly (string | undefined)[], at: number): { period: number; cycles: number } | undefined {
  let best: { period: number; cycles: number } | undefined;
  for (let period = 1; period <= longestCycle; period++) {
    const cycles = count(keys, at, period);
    if ((cycles - 2) * period < worthwhile) continue;
    if (!best || cycles * period > best.cycles * best.period) best = { period, cycles };
  }
  return best;
}

function count(keys: readonly (string | undefined)[], at: number, period: number): number {
  if (keys.slice(at, at + period).includes(undefined)) return 0;
  let end = at + period;
  while (end < keys.length && keys[end] === keys[end - period]) end++;
  return Math.floor((end - at) / period);
}

/** `CurrentDemandReq / Res` for a request and its response; other cycles by all their names. */
export function cycleName(names: readonly string[]): string {
  const [request = "", response = ""] = names;
  const stem = request.replace(/Req$|REQ$/, "");
  const paired = names.length === 2 && stem !== request && response.startsWith(stem);
  return paired ? `${request} / ${response.slice(stem.length)}` : names.join(" · ");
}
