import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Formatter, type IFormatterOptions } from "@cucumber/cucumber";
import { requirements, unregistered } from "../../requirements";
import { allureResults, renderAllure } from "../allure";
import { matrixJson, matrixOf } from "../matrix";
import { matrixPage, report } from "../report";
import { quoted, type Run, type RunFacts, type RunFrame } from "../run";
import { Collector } from "./collector";

/** `formatOptions` of this formatter. */
interface ReportOptions {
  /** Folder of the reports; `reports/out` unless said. */
  readonly reportsDir?: string;
  /** False leaves Allure's report out even if its results are there. */
  readonly allure?: boolean;
  /** Facts of the run, for runs whose scenarios state none. */
  readonly run?: RunFacts;
}

const unknownFacts: RunFacts = {
  sut: { role: "both", name: "not stated" },
  profile: "not stated",
  bench: "not stated",
};

/** Writes the reports of a run once it is over, and says where they are. */
export default class ReportFormatter extends Formatter {
  private readonly collector = new Collector();
  private readonly options: ReportOptions;
  private readonly folder: string;
  private readonly started = new Date();

  constructor(options: IFormatterOptions) {
    super(options);
    this.options = options.parsedArgvOptions as ReportOptions;
    this.folder = resolve(options.cwd, this.options.reportsDir ?? join("reports", "out"));
    emptied(join(this.folder, allureResults));
    options.eventBroadcaster.on("envelope", (envelope) => this.collector.take(envelope));
  }

  override async finished(): Promise<void> {
    try {
      const paths = await this.write();
      const shown = paths.map((path) => relative(this.cwd, path));
      process.stdout.write(`\nReports:\n${shown.map((path) => `  ${path}\n`).join("")}`);
    } catch (error) {
      process.stderr.write(`The reports could not be written: ${(error as Error).message}\n`);
    }
    await super.finished();
  }

  private async write(): Promise<string[]> {
    const { scenarios, facts } = this.collector;
    const run: Run = {
      facts: facts ?? this.options.run ?? unknownFacts,
      frame: frameOf(this.cwd, this.started),
      scenarios: ordered(scenarios),
    };
    const unknown = unregistered(scenarios.flatMap(({ tags }) => tags));
    if (unknown.length > 0) process.stderr.write(`Requirements that no registry knows: ${unknown.join(" ")}\n`);
    mkdirSync(this.folder, { recursive: true });
    const files = {
      "report.html": () => report(run, requirements),
      "matrix.html": () => matrixPage(run, requirements),
      "matrix.json": () => matrixJson(matrixOf(run.scenarios, requirements)),
    };
    const paths = Object.entries(files).map(([name, content]) => {
      writeFileSync(join(this.folder, name), content());
      return join(this.folder, name);
    });
    const allure = this.options.allure === false ? undefined : await renderAllure(this.folder, run);
    return allure ? [...paths, allure] : paths;
  }
}

/** Workers finish in any order; the report has that of the feature files. */
const ordered = (scenarios: Run["scenarios"]): Run["scenarios"] =>
  [...scenarios].sort((a, b) => a.place.localeCompare(b.place, "en", { numeric: true }));

/** Results of earlier runs would be counted again. */
function emptied(folder: string): void {
  try {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function frameOf(cwd: string, started: Date): RunFrame {
  const { name, version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"));
  return {
    harness: `${name} ${version}`,
    commit: commitOf(cwd),
    platform: `${process.platform} ${process.arch}, Node ${process.version}`,
    startedAt: started.toISOString(),
    duration: Date.now() - started.getTime(),
    command: ["npx", "cucumber-js", ...process.argv.slice(2).map(quoted)].join(" "),
  };
}

function commitOf(cwd: string): string {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 5000 }).trim();
  try {
    return `${git("rev-parse", "--short=12", "HEAD")}${git("status", "--porcelain", "-uno") ? ", with changes" : ""}`;
  } catch {
    return "not a git work tree";
  }
}
