import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { skipping } from "../../../drivers/linux/inside-namespace.contract";
import { Namespaces } from "../../../drivers/linux/namespace";

const root = join(__dirname, "..", "..", "..");
const station = ["--iface", "se", "--link", "none", "--pilot", "sim", "--port", "61341"];

/** Until that is in a line of its output. */
const said = (child: ChildProcess, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`it ended with ${code} before it said "${text}"`)));
    if (child.stderr) createInterface(child.stderr).on("line", (line) => line.includes(text) && resolve());
  });

/** A station that runs already, judged over a cable from another namespace. */
async function judged(
  lab: Namespaces,
  more: readonly string[],
  parameters: object,
): Promise<{ code: number | null; output: string }> {
  const secc = lab.spawn(
    "se",
    process.execPath,
    ["-r", "ts-node/register", "cli/main.ts", "secc", ...station, ...more],
    {
      cwd: root,
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  try {
    await said(secc, "Listening");
    const cucumber = join(root, "node_modules", "@cucumber", "cucumber", "bin", "cucumber.js");
    const words = ["-p", "external", "--format", "summary", "--world-parameters", JSON.stringify(parameters)];
    const run = lab.spawn("ev", process.execPath, [cucumber, ...words, "features/iso15118-2/session-setup.feature"], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    for (const stream of [run.stdout, run.stderr]) stream?.on("data", (chunk: Buffer) => void chunks.push(chunk));
    const code = await new Promise<number | null>((resolve) => run.once("exit", resolve));
    return { code, output: Buffer.concat(chunks).toString() };
  } finally {
    secc.kill("SIGKILL");
  }
}

test("a station that is already there is judged by its messages; one that is wrong fails", skipping(), async () => {
  const lab = Namespaces.create({
    worker: "external",
    roles: ["se", "ev"],
    cables: [
      [
        { role: "se", interface: "se", mac: "02:00:00:00:5e:01", address: "fe80::5ecc" },
        { role: "ev", interface: "ev", mac: "02:00:00:00:ee:01", address: "fe80::ee" },
      ],
    ],
  });
  try {
    const good = await judged(lab, [], { external: { iface: "ev" } });
    assert.equal(good.code, 0, good.output);
    assert.match(good.output, /[1-9]\d* passed/);
    const fixed = await judged(lab, [], { external: { iface: "ev", address: "fe80::5ecc", port: 61341 } });
    assert.equal(fixed.code, 0, fixed.output);
    const wrong = await judged(lab, ["--deviation", "gives-a-session-id-of-zero"], { external: { iface: "ev" } });
    assert.equal(wrong.code, 1, wrong.output);
  } finally {
    lab.destroy();
  }
});
