/**
 * Decodes changed streams until a time is over: `npm run fuzz:exi [-- SECONDS [SET [SEED]]]`. Ends with a stream that throws
 * anything but Undecodable, or with counts.
 */

import { mutated, random, seedsOf, survives } from "../protocol/exi/mutations.fuzz";
import { messageSets } from "../protocol/message-sets";

const [seconds = "60", only, seed = `${Date.now() % 1_000_000}`] = process.argv.slice(2);
const sets = Object.entries(messageSets).filter(([name]) => only === undefined || name === only);
if (sets.length === 0 || !(Number(seconds) > 0)) {
  console.error(`usage: fuzz-exi [SECONDS [SET [SEED]]]; sets: ${Object.keys(messageSets).join(", ")}`);
  process.exit(2);
}

console.log(`seed ${seed}`);
const below = random(Number(seed));
const until = Date.now() + Number(seconds) * 1000;
const corpora = sets.map(([name, set]) => ({ name, set, streams: seedsOf(set), tried: 0, read: 0 }));
while (Date.now() < until) {
  for (const corpus of corpora) {
    for (let i = 0; i < 1000; i++) {
      const { kind, stream } = corpus.streams[below(corpus.streams.length)]!;
      const changed = mutated(stream, below);
      corpus.tried++;
      // What is read becomes a stream to start from.
      if (survives(corpus.set, kind, changed)) {
        corpus.read++;
        if (changed.length < 2000 && corpus.streams.length < 20_000) corpus.streams.push({ kind, stream: changed });
      }
    }
  }
}
for (const { name, tried, read } of corpora) console.log(`${name}: ${tried} tried, ${read} read`);
