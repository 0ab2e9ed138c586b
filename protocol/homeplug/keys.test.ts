import assert from "node:assert/strict";
import { test } from "node:test";
import { nidOfNmk, nmkOfPassword } from "./keys";

/** Published by makers of modems, or seen between a real charger and car. */
const vectors: [nmk: string, nid: string][] = [
  ["50D3E4933F855B7040784DF815AA8DB7", "B0F2E695666B03"],
  ["B59319D7E8157BA001B018669CCEE30D", "026BCBA5354E08"],
  ["A39D255B5770C42F3837471F5B39823A", "4EE9194D581702"],
  ["FEE4B0FD4496CDD754D9688153154A14", "887137F1875D04"],
  ["00000000000000000000000000000000", "16A817E934770B"],
  ["FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "B6964CBA659C0B"],
  ["000102030405060708090A0B0C0D0E0F", "4D30A0F8455D0B"],
];

test("the network identifier follows from the key", () => {
  for (const [nmk, nid] of vectors) assert.equal(nidOfNmk(nmk), nid);
});

test("the key follows from a password", () => {
  assert.equal(nmkOfPassword("HomePlugAV"), "50D3E4933F855B7040784DF815AA8DB7");
  assert.equal(nmkOfPassword("HomePlugAV0123"), "B59319D7E8157BA001B018669CCEE30D");
});
