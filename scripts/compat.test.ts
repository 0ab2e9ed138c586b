import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HlcLines } from "../cli/hlc-lines";
import { type Log, loggers } from "../cli/log";
import { readSettings, variables } from "../cli/settings";
import { StationView } from "../secc/api/view";
import { defaultConfig } from "../secc/config";
import { VirtualBench } from "../steps/support/virtual-bench";
import { root } from "./files";
import { foreign } from "./foreign";

/**
 * Walks the list of what a user of the predecessor touches: each item works here under its name and is tried, or stands in
 * docs/coming-from-dc-plc.md. An item that is on neither side fails, and so does one that nobody here knows how to try.
 */

const page = readFileSync(join(root, "docs/coming-from-dc-plc.md"), "utf8");
const listed = (word: string): boolean => page.includes(`\`${word}`) || page.includes(`/${word}\``);
const environment = { ...process.env, NODE_TEST_CONTEXT: undefined };
const node = ["-r", "ts-node/register", join(root, "cli/main.ts")];
const command = (...args: string[]) =>
  spawnSync(process.execPath, [...node, ...args], { encoding: "utf8", cwd: root, env: environment, timeout: 60_000 });

/** What stands in backticks in a row, in words; `a\|b` is a choice. */
const wordsOf = (row: string): string[] =>
  [...row.replaceAll("\\|", "/").matchAll(/`([^`]+)`/g)].flatMap(([, span = ""]) => span.split(" "));

/** Every option of the row is in the command's help, and the row's own values are taken. */
function options(name: string, ...more: string[]): (words: readonly string[]) => string[] {
  return (words) => {
    const { stdout } = command(name, "--help");
    const absent = words.filter((word) => word.startsWith("--") && !stdout.includes(`${word} `) && word !== "--help");
    const given = words.flatMap((word) => (word.startsWith("--") ? [word] : [word.split("/")[0] ?? ""]));
    const asked = given.filter(
      (word) => !/^(--help|--host|--port|--payload-hex|\.env|pki|eth0|evse_main\.py|esp_slac_smoke\.py)$/.test(word),
    );
    if (more.length > 0) {
      const { status, stderr } = command(name, ...more, ...asked);
      assert.notEqual(status, 2, `${name} ${[...more, ...asked].join(" ")}: ${stderr}`);
    }
    for (const choice of words.filter(
      (word) => !word.startsWith("--") && /[a-z]\/[a-z]/.test(word) && !word.includes("."),
    ))
      for (const each of choice.split("/")) if (!stdout.includes(each)) absent.push(each);
    const programs = words.filter((word) => word.endsWith(".py") && !listed(word));
    return [...absent, ...programs];
  };
}

const samples = ["1", "INFO", "text", "sim", "host:1", "ISO_15118_2", "EIM", "0"];
const isVariable = (word: string): boolean => /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+(=.*)?$|^(IFACE|PROTOCOLS)$/.test(word);

function taken(name: string, value: string): boolean {
  try {
    return name in readSettings([], { [name]: value }).settings;
  } catch {
    return false;
  }
}

/** Each variable is taken with its values; one that means nothing here is listed, and told by name when a file has it. */
function settings(words: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-compat-"));
  const file = join(folder, "old.env");
  try {
    return words.filter(isVariable).filter((word) => {
      const [name = "", values = ""] = word.split("=");
      if (Object.hasOwn(variables, name)) {
        const wanted = values === "" || values.includes(":") ? undefined : values.split("/");
        return wanted ? !wanted.every((value) => taken(name, value)) : !samples.some((value) => taken(name, value));
      }
      writeFileSync(file, `${name}=x\n`);
      return !listed(name) || !readSettings([file], {}).ignored.some((each) => each.name === name);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One session in memory: the names of all fields that its log lines have. */
async function session(): Promise<{ fields: Set<string>; texts: Set<string> }> {
  const bench = new VirtualBench({ seed: 1, evcc: { stopAt: { loops: 3 } } });
  const { clock, trace, plant } = bench;
  const [fields, texts] = [new Set<string>(), new Set<string>()];
  const ports = { clock, trace, pilot: plant.evsePilot, power: plant.powerPath, wall: () => new Date(0) };
  const view = new StationView(ports, defaultConfig, "eth0");
  const log = {
    write: (_level: string, _logger: string, _text: string, given: object) => keys(given),
  } as unknown as Log;
  const keys = (given: object): void => void Object.keys(given).map((name) => fields.add(name));
  const hlc = new HlcLines(view, log, true);
  trace.onEvent((event) => {
    hlc.hear(event);
    if (event.type !== "log" || event.node !== "secc") return;
    texts.add(event.text);
    keys(event.fields ?? {});
  });
  bench.plug();
  await bench.run(() => bench.evcc.state.ended !== undefined, 120_000);
  await bench.run(() => false, 2000);
  return { fields, texts };
}

async function metrics(words: readonly string[]): Promise<string[]> {
  const { fields } = await session();
  const added = /tx_drop_prob/.test(readFileSync(join(root, "cli/secc.ts"), "utf8")) ? "tx_drop_prob" : "";
  const counters = words.filter((word) => /^[a-z_]+$/.test(word));
  return [...settings(words), ...counters.filter((name) => !fields.has(name) && name !== added)];
}

async function logging(words: readonly string[], row: string): Promise<string[]> {
  const { fields, texts } = await session();
  const known = new Set<string>([...fields, ...loggers]);
  const missing = words.filter((word) => !isVariable(word) && !known.has(word));
  const quoted = [...row.matchAll(/"([^"]+)"/g)].map(([, text = ""]) => text);
  assert.ok(quoted.length >= 3, "the lines that a user waits for are quoted");
  return [...settings(words), ...missing, ...quoted.filter((text) => !texts.has(text))];
}

async function started(child: ChildProcess): Promise<string> {
  let said = "";
  for await (const bytes of child.stderr ?? []) {
    said += String(bytes);
    const address = /Serving (http:\S+)\//.exec(said)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`it did not begin: ${said}`);
}

/** Every route of the other page is in the interface's own description, which is served with a page for people. */
const api =
  (live: string) =>
  async (words: readonly string[]): Promise<string[]> => {
    const child = spawn(process.execPath, [...node, "api", "--port", "0"], {
      cwd: root,
      env: environment,
      stdio: ["ignore", "ignore", "pipe"],
    });
    try {
      const address = await started(child);
      const get = (path: string) => fetch(`${address}${path}`);
      const { paths } = (await (await get("/openapi.json")).json()) as { paths: Record<string, object> };
      const routes = readFileSync(live, "utf8")
        .split("\n")
        .filter((line) => /^\| (GET|POST) \//.test(line));
      const asked = routes.flatMap((line) => {
        let method = "";
        return (line.split("|")[1] ?? "").split("·").map((part) => {
          const [, verb, path] = /(GET|POST)? ?(\/\S+)/.exec(part) ?? [];
          method = verb ?? method;
          return [method.toLowerCase(), path ?? part] as const;
        });
      });
      assert.ok(asked.length > 20, "the other page has been read");
      const absent = asked
        .filter(([method, path]) => !(method in (paths[path] ?? {})))
        .map(([method, path]) => `${method} ${path}`);
      const pages = words.filter((word) => word.startsWith("/"));
      for (const path of pages) if ((await get(path)).status !== 200) absent.push(path);
      return absent;
    } finally {
      child.kill();
      await once(child, "exit");
    }
  };

const files = (words: readonly string[]): string[] =>
  words
    .filter((word) => /\.sh$|\.rpi0$|\/$/.test(word))
    .filter((word) => !existsSync(join(root, "scripts", word)) && !listed(word));

function setUp(words: readonly string[]): string[] {
  const overlay = readFileSync(join(root, "scripts/rpi-boot.sh"), "utf8");
  return [
    ...files(words),
    ...words.filter((word) => word.startsWith("int_pin") && !overlay.includes(`qca7000,${word}'`)),
  ];
}

const documents: Readonly<Record<string, string>> = {
  "plug-and-play guide with flow diagram and troubleshooting": "docs/plug-and-play.md",
  "PLC pinout": "docs/wiring.md",
  "UART protocol": "firmware/PROTOCOL.md",
  "live API": "secc/api/schemas.ts",
  "end-to-end guide with topology": "docs/end-to-end.md",
  contributing: "CONTRIBUTING.md",
  "MIT licence": "LICENSE",
};
const parts = ["environment and expected logs"];
const pages = (_words: readonly string[], row: string): string[] =>
  (row.split("|")[2] ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => !parts.includes(name))
    .filter((name) => !existsSync(join(root, documents[name] ?? `docs/${name}`)));

function library(): string[] {
  const { SerialPilot } = require("../drivers/serial") as Record<string, unknown>;
  return typeof SerialPilot === "function" && page.includes("ccs-hil/drivers/serial") ? [] : ["the helper's client"];
}

function simulation(): string[] {
  return ["--plug", "--wait"].filter((option) => !command("sim", "--help").stdout.includes(option));
}

type Walk = (words: readonly string[], row: string) => string[] | Promise<string[]>;
const nowhere = ["--host", "127.0.0.1", "--port", "1"];

foreign(
  "every item that a user of the predecessor touches works here or stands in the list",
  ["seed/compat.md", "seed/live-api.md"],
  async ([compat = "", live = ""]) => {
    const walks: Readonly<Record<string, Walk>> = {
      "station command (`evse_main.py`)": options("secc"),
      "`.env` files": settings,
      robustness: settings,
      "Python client of the helper": library,
      metrics,
      "fault injector": options("inject", ...nowhere),
      "minimal handshake": options("handshake", ...nowhere),
      HAL: settings,
      logging,
      API: api(live),
      "smoke test": options("smoke"),
      simulation,
      "set-up": setUp,
      containers: files,
      documents: pages,
    };
    const rows = readFileSync(compat, "utf8")
      .split("\n")
      .filter((line) => /^\| (?!kind|-)/.test(line));
    const kinds = rows.map((row) => row.replaceAll("\\|", "/").split("|")[1]?.trim() ?? "");
    assert.deepEqual(
      kinds.filter((kind) => walks[kind] === undefined),
      [],
      "kinds that nobody here knows how to try",
    );
    assert.deepEqual(
      Object.keys(walks).filter((kind) => !kinds.includes(kind)),
      [],
    );
    const missing: Record<string, string[]> = {};
    for (const [at, row] of rows.entries()) {
      const kind = kinds[at] ?? "";
      const left = (await walks[kind]?.(wordsOf(row), row.replaceAll("\\|", "/"))) ?? [];
      if (left.length > 0) missing[kind] = left;
    }
    assert.deepEqual(missing, {});
  },
);
