import { peersProblem } from "../cli/power-line.contract";
import { matchInARow, pairs } from "../cli/slac-peers.contract";

/**
 * Our ends of the match with a foreign implementation of the other, through our modem, beside that implementation with itself:
 * `npm run peers`, or `npm run peers -- RUNS [WORD]` for the pairs that have a word in their name. Needs root and plc-utils-extra.
 */
async function main(runs: number, word: string): Promise<void> {
  const problem = peersProblem();
  if (problem !== undefined) {
    console.error(`the foreign peers were NOT RUN: ${problem}`);
    process.exitCode = 3;
    return;
  }
  for (const pair of pairs.filter(({ name }) => name.includes(word))) {
    const { matched, notBegun, durations } = await matchInARow(pair, runs);
    if (matched < runs) process.exitCode = 1;
    const sorted = [...durations].sort((a, b) => a - b);
    const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(0);
    const count = `${matched} of ${runs} matched${notBegun > 0 ? `, ${notBegun} never begun by the foreign end` : ""}`;
    const spread = `median ${at(0.5)} ms, from ${at(0)} to ${at(1)}`;
    console.log(`${pair.name.padEnd(36)} ${count}; CM_SLAC_PARM.REQ to CM_SLAC_MATCH.CNF ${spread}`);
  }
}

const [, , runs = "25", word = ""] = process.argv;
void main(Number(runs), word);
