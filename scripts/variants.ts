import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StationVariant, stationVariants } from "../secc/deviations";
import { type Example, Features, onFailure, pathsOf } from "./features";
import { root } from "./files";

/** Folders whose scenarios judge what is said, and not this bench's own supply. */
const judged = /^features\/(iso15118-2|app-protocol|v2gtp|sdp|robustness)\//;
/** What holds for our own station's settings only. */
const ours = ["@performance"];

/** Runs the features against each variant, with a profile that says of it what is so; whatever fails is too strict: exit code 1. */
export async function judgeVariants(names: readonly string[]): Promise<void> {
  const chosen = stationVariants.filter(({ name }) => names.length === 0 || names.includes(name));
  const features = await Features.load();
  const examples = (await features.examples()).filter(
    ({ uri, tags }) => judged.test(uri) && tags.includes("@sut-secc") && !ours.some((tag) => tags.includes(tag)),
  );
  const folder = mkdtempSync(join(tmpdir(), "variants-"));
  let strict = 0;
  try {
    for (const variant of chosen) {
      const failures = await failuresOf(features, examples, variant, profileFor(variant, folder));
      console.log(`${failures.length === 0 ? "passes" : "FAILS "}\t${variant.name}: ${variant.gist}`);
      for (const each of failures) console.log(`    ${each}`);
      strict += failures.length;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`${chosen.length} variants, ${examples.length} scenarios each, ${strict} too strict`);
  process.exitCode = strict > 0 || chosen.length === 0 ? 1 : 0;
}

/** The virtual bench's profile with the variant's PICS and PIXIT in it. */
function profileFor({ name, pics, pixit }: StationVariant, folder: string): string {
  const text = readFileSync(join(root, "steps", "support", "profiles", "virtual.json"), "utf8");
  const profile = JSON.parse(text) as { pics: object; pixit: object };
  const path = join(folder, `${name}.json`);
  writeFileSync(
    path,
    JSON.stringify({ ...profile, pics: { ...profile.pics, ...pics }, pixit: { ...profile.pixit, ...pixit } }),
  );
  return path;
}

async function failuresOf(
  features: Features,
  examples: readonly Example[],
  { name }: StationVariant,
  profile: string,
): Promise<string[]> {
  const failures: string[] = [];
  const look = onFailure((pickle, _, line) => void failures.push(`${pickle.uri}: ${pickle.name}: ${line}`));
  await features.run(pathsOf(examples), { deviation: name, profile, plots: "none" }, look);
  return failures;
}
