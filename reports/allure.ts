import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { Status, type TestResult } from "allure-js-commons";
import { type Run, roleOf } from "./run";

/** Folder of Allure's results below that of the reports. */
export const allureResults = "allure-results";

/** A verdict as a category: Allure matches labels of a result. */
const categories = ["fail", "fail-perf", "error", "inconclusive", "pass-tolerant", "not applicable"].map((verdict) => ({
  name: verdict,
  matchers: { labels: { verdict } },
}));

/**
 * Allure's report of a run as one file, from what its cucumber reporter has left in `allure-results`.
 * @returns the path of the file; nothing if there are no results
 * @throws Error if Allure is not installed or fails
 */
export async function renderAllure(folder: string, run: Run): Promise<string | undefined> {
  const results = join(folder, allureResults);
  if (!existsSync(results) || !readdirSync(results).some((name) => name.endsWith("-result.json"))) return undefined;
  writeFileSync(join(results, "environment.properties"), properties(run));
  const output = join(folder, "allure");
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const config = join(folder, "allurerc.json");
  writeFileSync(config, JSON.stringify(configuration(run, output)));
  const cli = join(dirname(require.resolve("allure")), "..", "cli.js");
  const args = [cli, "generate", results, "--config", config, "--output", output];
  await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
  return settled(output);
}

const configuration = (run: Run, output: string): object => ({
  name: `${run.facts.sut.name}: conformance`,
  output,
  plugins: { awesome: { options: { singleFile: true, reportLanguage: "en", groupBy: ["epic", "feature", "story"] } } },
  categories,
});

/**
 * A result that says what the harness says: its status follows from the verdict, a scenario with an undefined step, which the reporter
 * shows as passed, is broken, and evidence stands at the end of the scenario instead of among its steps.
 */
export function corrected(result: TestResult): TestResult {
  const verdict = result.labels.find((label) => label.name === "verdict")?.value;
  const steps = result.steps.filter((step) => step.status !== undefined || step.attachments.length === 0);
  const evidence = result.steps.filter((step) => !steps.includes(step)).flatMap((step) => step.attachments);
  // The table of an outline comes whole with each of its rows, whose own values are parameters.
  const attachments = [...result.attachments.filter(({ name }) => !name.startsWith("Examples")), ...evidence];
  const missing = steps.some((step) => step.status === undefined);
  const status = missing || verdict === undefined ? Status.BROKEN : (statuses[verdict] ?? Status.BROKEN);
  const unsaid = missing
    ? "a step has no single definition"
    : verdict === undefined
      ? "no verdict was reached"
      : undefined;
  const failed = steps.some((step) => step.status === Status.FAILED || step.status === Status.BROKEN);
  const statusDetails = unsaid ? { message: unsaid } : failed ? result.statusDetails : {};
  return { ...result, steps, attachments, status, statusDetails };
}

/** Verdicts as Allure has them. */
const statuses: Readonly<Record<string, Status>> = {
  pass: Status.PASSED,
  "pass-tolerant": Status.PASSED,
  fail: Status.FAILED,
  "fail-perf": Status.FAILED,
  inconclusive: Status.BROKEN,
  error: Status.BROKEN,
  "not applicable": Status.SKIPPED,
};

function properties(run: Run): string {
  const { facts, frame } = run;
  const shown = {
    "Under test": `${facts.sut.name} (${roleOf(run)})`,
    Version: facts.sut.version,
    Identity: facts.sut.identity,
    "Wrong on purpose": facts.deviation,
    Profile: facts.profile,
    Bench: facts.bench,
    Seed: facts.seed,
    Harness: frame.harness,
    Commit: frame.commit,
    Platform: frame.platform,
  };
  const line = ([name, value]: [string, unknown]) =>
    `${name.replaceAll(" ", "_")}=${String(value).replace(/[\r\n\\]/g, " ")}`;
  return `${Object.entries(shown)
    .filter(([, value]) => value !== undefined)
    .map(line)
    .join("\n")}\n`;
}

/** The one file of the report, wherever Allure has put it, made to keep to itself. */
function settled(output: string): string {
  const wanted = join(output, "index.html");
  const inner = join(output, "awesome", "index.html");
  if (!existsSync(wanted) && existsSync(inner)) renameSync(inner, wanted);
  if (!existsSync(wanted)) throw new Error(`Allure has left no report in ${output}`);
  writeFileSync(wanted, offline(readFileSync(wanted, "utf8")));
  return wanted;
}

const policy =
  "default-src data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src data: blob:; base-uri data: file: 'self'; form-action 'none'";

/** Allure's page reports each opening to an analytics service. Its script is taken out, and no other request is allowed. */
export const offline = (page: string): string =>
  page
    .replace(
      /<script async src="https:\/\/www\.googletagmanager\.com[^>]*><\/script>\s*<script>[^<]*gtag[^<]*<\/script>/,
      "",
    )
    .replace(
      /<meta charset="utf-8">/i,
      (meta) => `${meta}<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    );
