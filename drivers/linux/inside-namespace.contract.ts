import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { EnvironmentError } from "./environment";
import { type NamespacePlan, Namespaces, namespacesProblem } from "./namespace";

/** One namespace with both ends of a cable in it: link-local traffic between two interfaces passes the cable all the same. */
export const bothEnds: NamespacePlan = {
  worker: "test",
  roles: ["lab"],
  cables: [
    [
      { role: "lab", interface: "left", mac: "02:00:00:00:00:0a", address: "fe80::a" },
      { role: "lab", interface: "right", mac: "02:00:00:00:00:0b", address: "fe80::b" },
    ],
  ],
};

/** In ms; only a hang takes so long. */
const LONGEST_ROW = 60_000;
const MARK = "CCS_HIL_INSIDE_NAMESPACE";

/**
 * Runs the tests of `body` in a namespace of their own: the file is run a second time inside, and each test there is one here.
 * Without root or Linux they are skipped, with the reason; `CCS_HIL_REQUIRE_NAMESPACES=1` makes that a failure.
 */
export function insideNamespace(file: string, plan: NamespacePlan, body: () => void): void {
  if (process.env[MARK] === file) return body();
  if (process.env[MARK] !== undefined) return;
  test(`${name(file)} in a network namespace`, skipping(), async (here) => {
    const lab = Namespaces.create({ ...plan, worker: `${plan.worker}-${name(file)}` });
    try {
      const { output, results } = await run(lab, plan.roles[0] ?? "", file);
      assert.ok(results.length > 0, `no test has run:\n${output}`);
      for (const { passed, text, skip } of results) {
        await here.test(text, skip === undefined ? {} : { skip }, () => assert.ok(passed, `\n${output}`));
      }
    } finally {
      lab.destroy();
    }
  });
}

/** Options for a test that needs namespaces. */
export function skipping(): { skip?: string } {
  const problem = namespacesProblem();
  if (!problem) return {};
  if (process.env.CCS_HIL_REQUIRE_NAMESPACES === "1") throw problem;
  return { skip: `not run: ${problem.message}` };
}

/** Options for a test that needs raw frames. */
export function skippingWithoutCapture(): { skip?: string } {
  try {
    require("cap");
    return {};
  } catch {
    const { message } = new EnvironmentError({ kind: "NoCaptureLibrary" });
    if (process.env.CCS_HIL_REQUIRE_NAMESPACES === "1") throw new Error(message);
    return { skip: `not run: ${message}` };
  }
}

async function run(lab: Namespaces, role: string, file: string) {
  // A row that fails leaves its sockets open, and one that hangs its timers: neither may keep the others' results from being told.
  const limits = ["--test-force-exit", `--test-timeout=${LONGEST_ROW}`];
  const args = ["-r", "ts-node/register", "--test-reporter", "tap", ...limits, file];
  const child = lab.spawn(role, process.execPath, args, {
    env: { ...process.env, [MARK]: file, NODE_TEST_CONTEXT: undefined },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const heard = (text: Buffer): void => {
    output += text.toString();
  };
  child.stdout?.on("data", heard);
  child.stderr?.on("data", heard);
  await once(child, "close");
  const lines = [...output.matchAll(/^(not )?ok \d+ - (.*?)(?: # SKIP ?(.*))?$/gm)];
  const results = lines.map(([, not, text = "", skip]) => ({ passed: not === undefined, text, skip }));
  if (child.exitCode !== 0 && results.every(({ passed }) => passed)) {
    results.push({
      passed: false,
      text: `ends with exit code 0, not ${child.exitCode ?? child.signalCode}`,
      skip: undefined,
    });
  }
  return { output, results };
}

const name = (file: string): string => file.replace(/^.*\/|\.test\.[jt]s$/g, "");
