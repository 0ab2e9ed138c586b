import { createHash } from "node:crypto";
import { EventEmitter } from "node:events";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { IFormatterOptions } from "@cucumber/cucumber";
import type { Envelope } from "@cucumber/messages";
import AllureCucumberReporter from "allure-cucumberjs/reporter";
import type { Label, TestResult } from "allure-js-commons";
import type { Writer } from "allure-js-commons/sdk/reporter";
import { corrected } from "../allure";
import { allureType, type ScenarioSummary, summaryType } from "../evidence";
import { scenarioAnchor } from "../scenario-section";
import { Places } from "./places";

/** Scenarios that did not pass, or are looked at for another reason, of which Allure's page has all evidence itself. */
const shownWhole = 80;

/**
 * Allure's reporter for cucumber, which forces every file it writes to the disk: thousands of waits in a large run, long ones on the
 * memory card of a small computer. Here results are written plainly, and say what the harness says. The page holds in memory all that
 * it shows, so the evidence of what has passed is left to the report, and each scenario says where it stands there.
 */
export default class AllureReporter extends AllureCucumberReporter {
  private readonly places = new Places();
  private readonly running = new Map<string, { testCase: string; brief: boolean }>();
  private whole = 0;

  constructor(options: IFormatterOptions) {
    const told = new EventEmitter();
    super({ ...options, eventBroadcaster: told });
    options.eventBroadcaster.on("envelope", (envelope: Envelope) => {
      const read = this.read(envelope);
      if (read) told.emit("envelope", read);
    });
    const { resultsDir = "allure-results" } = options.parsedArgvOptions as { resultsDir?: string };
    (this as unknown as { allureRuntime: { writer: Writer } }).allureRuntime.writer = plainWriter(resultsDir);
  }

  /** What Allure is told of it. */
  private read(envelope: Envelope): Envelope | undefined {
    this.places.take(envelope);
    const { attachment, testCaseStarted, testCaseFinished } = envelope;
    if (testCaseStarted) this.running.set(testCaseStarted.id, { testCase: testCaseStarted.testCaseId, brief: false });
    if (testCaseFinished) this.running.delete(testCaseFinished.testCaseStartedId);
    const of = this.running.get(attachment?.testCaseStartedId ?? "");
    if (!attachment || !of) return envelope;
    const { mediaType, fileName, body } = attachment;
    if (mediaType === summaryType) {
      of.brief = (JSON.parse(body) as ScenarioSummary).brief || ++this.whole > shownWhole;
      return undefined;
    }
    if (mediaType === allureType) return { attachment: { ...attachment, body: this.placed(body, of.testCase) } };
    if (fileName === "trace.jsonl.gz") return undefined;
    return of.brief && fileName !== undefined ? undefined : envelope;
  }

  /** Scenarios of one name under several rules, or several rows of one name, are not the same one tried again. */
  private placed(body: string, testCaseId: string): string {
    const testCase = this.places.testCase(testCaseId);
    const pickle = testCase && this.places.pickle(testCase);
    const place = pickle && this.places.of(pickle);
    if (!place) return body;
    const message = JSON.parse(body) as { data: { labels: Label[] } };
    const at = `${pickle.uri}:${place.line}`;
    const id = createHash("sha256").update(at).digest("hex").slice(0, 32);
    const labels: Label[] = [
      ...message.data.labels,
      { name: "epic", value: basename(dirname(pickle.uri)) },
      ...(place.rule === undefined ? [] : [{ name: "story", value: place.rule }]),
    ];
    // Allure shows a link to a neighbouring file only as its words, so they say where to look.
    const url = `../report.html#${scenarioAnchor(`${pickle.uri}-${place.line}`)}`;
    const links = [{ name: `Evidence in report.html: ${at}`, url }];
    return JSON.stringify({ ...message, data: { ...message.data, labels, links, testCaseId: id } });
  }
}

function plainWriter(folder: string): Writer {
  const put = (name: string, content: string | Buffer) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  // Tables wait for the result that names them: that of a whole outline would be written with each of its rows.
  const tables = new Map<string, Buffer>();
  return {
    writeAttachment: (name, content) => (name.endsWith(".csv") ? void tables.set(name, content) : put(name, content)),
    writeAttachmentFromPath: (name, from) => copyFileSync(from, join(folder, name)),
    writeResult: (result) => {
      const kept: TestResult = corrected(result);
      const text = JSON.stringify(kept);
      for (const [name, content] of tables) if (text.includes(name)) put(name, content);
      tables.clear();
      put(`${result.uuid}-result.json`, text);
    },
    // Hooks around a scenario are the harness's own affair.
    writeGroup: () => undefined,
    writeEnvironmentInfo: () => undefined,
    writeCategoriesDefinitions: () => undefined,
    writeGlobals: () => undefined,
  };
}
