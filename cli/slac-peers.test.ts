import assert from "node:assert/strict";
import { equipped } from "../scripts/foreign";
import { peersProblem } from "./power-line.contract";
import { matchInARow, pairs } from "./slac-peers.contract";

const lack = peersProblem();
if (lack !== undefined && process.env.CCS_HIL_REQUIRE_NAMESPACES === "1") throw new Error(lack);

const ours = pairs.filter(({ foreign }) => foreign === "one end");
const runs = 2;

for (const pair of ours) {
  equipped(`${pair.name} match over real interfaces, ${runs} times in a row`, lack, async () => {
    const { matched, durations } = await matchInARow(pair, runs);
    assert.equal(matched, runs);
    assert.equal(durations.length, runs);
  });
}
