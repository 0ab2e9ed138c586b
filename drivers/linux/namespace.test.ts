import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { EnvironmentError } from "./environment";
import { skipping, skippingWithoutCapture } from "./inside-namespace.contract";
import { type NamespacePlan, Namespaces, namespacesProblem, sweepNamespaces } from "./namespace";

const plan: NamespacePlan = {
  worker: "plan",
  roles: ["secc", "plc"],
  cables: [
    [
      { role: "secc", interface: "eth0", mac: "02:00:00:00:5e:01", address: "fe80::5e" },
      { role: "plc", interface: "plc0" },
    ],
  ],
};

async function heardFrom(child: ChildProcess): Promise<string> {
  let text = "";
  child.stdout?.on("data", (bytes: Buffer) => {
    text += bytes.toString();
  });
  await once(child, "close");
  return text;
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);
const existing = (): string => execFileSync("ip", ["netns", "list"], { encoding: "utf8" });

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    assert.ok(waited < 60_000, `never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A process of its own that does as `script` says, with this folder's modules at hand; its first line of output is the answer. */
async function owner(script: string): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, ["-r", "ts-node/register", "-e", script], {
    cwd: join(__dirname, "..", ".."),
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [bytes] = (await once(child.stdout!, "data")) as [Buffer];
  return { child, line: bytes.toString().trim() };
}

test("namespaces are made, made again over what is there, and gone twice", skipping(), async () => {
  const first = Namespaces.create(plan);
  const made = Namespaces.create(plan);
  const addresses = await heardFrom(made.spawn("secc", "ip", ["-6", "addr", "show", "dev", "eth0"]));
  assert.match(addresses, /fe80::5e\/64 scope link/);
  assert.doesNotMatch(addresses, /tentative/);
  const modem = await heardFrom(made.spawn("plc", "ip", ["-6", "addr", "show", "dev", "plc0"]));
  assert.equal(modem, "", "the modem's kernel speaks IPv6");
  const inside = made.spawn("plc", "sleep", ["1000"]);
  made.destroy();
  await once(inside, "exit");
  first.destroy();
  assert.ok(!existing().includes(made.name("secc")));
});

test("a plan that the kernel refuses leaves nothing behind", skipping(), () => {
  const twice = { ...plan, worker: "twice", cables: [...plan.cables, ...plan.cables] };
  assert.throws(
    () => Namespaces.create(twice),
    (error) => error instanceof EnvironmentError && !error.message.includes("\n"),
  );
  assert.ok(!existing().includes(`${process.pid}-twice`));
});

test("a killed owner's children end, and the next sweep removes its namespaces and no others", skipping(), async () => {
  const mine = Namespaces.create(plan);
  const { child, line } = await owner(`
    const { Namespaces } = require("./drivers/linux/namespace");
    const made = Namespaces.create(${JSON.stringify(plan)});
    const inside = made.spawn("secc", "sh", ["-c", "echo inside; sleep 1000"], { stdio: ["ignore", "pipe", "inherit"] });
    inside.stdout.once("data", () => console.log(inside.pid + " " + made.name("secc")));
    setInterval(() => undefined, 1000);
  `);
  const [pid = "", name = ""] = line.split(" ");
  assert.ok(isAlive(Number(pid)) && existing().includes(name));
  child.kill("SIGKILL");
  await once(child, "exit");
  await until("the child ends", () => !isAlive(Number(pid)));
  assert.ok(sweepNamespaces().includes(name));
  assert.ok(!existing().includes(name));
  assert.ok(existing().includes(mine.name("secc")));
  mine.destroy();
});

test("the child that holds raw frames ends with its killed parent", skippingWithout(), async () => {
  const lab = Namespaces.create({ ...plan, worker: "orphan" });
  try {
    const script = `
      require("./drivers/linux/raw-link").RawLink.open({ interface: "eth0" }).then(() => {
        const { readFileSync } = require("node:fs");
        console.log(readFileSync("/proc/self/task/" + process.pid + "/children", "utf8"));
      });`;
    const parent = lab.spawn("secc", process.execPath, ["-r", "ts-node/register", "-e", script], {
      cwd: join(__dirname, "..", ".."),
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [bytes] = (await once(parent.stdout!, "data")) as [Buffer];
    const child = Number(bytes.toString());
    assert.ok(isAlive(child));
    parent.kill("SIGKILL");
    await until("the child ends", () => !isAlive(child));
  } finally {
    lab.destroy();
  }
});

test("where namespaces cannot be made, that is an error of the environment", () => {
  const path = process.env.PATH;
  process.env.PATH = "";
  try {
    assert.ok(namespacesProblem() instanceof EnvironmentError);
    assert.throws(() => Namespaces.create(plan), EnvironmentError);
  } finally {
    process.env.PATH = path;
  }
});

function skippingWithout(): { skip?: string } {
  const { skip } = skipping();
  return skip === undefined ? skippingWithoutCapture() : { skip };
}
