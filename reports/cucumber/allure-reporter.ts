import { EventEmitter } from "node:events";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { IFormatterOptions } from "@cucumber/cucumber";
import type { Envelope } from "@cucumber/messages";
import AllureCucumberReporter from "allure-cucumberjs/reporter";
import type { TestResult } from "allure-js-commons";
import type { Writer } from "allure-js-commons/sdk/reporter";
import { corrected } from "../allure";
import { summaryType } from "../evidence";

/** Attachments that only programs read; the report's own page has them. */
const unread = ({ attachment }: Envelope): boolean =>
  attachment?.mediaType === summaryType || attachment?.fileName === "trace.jsonl.gz";

/**
 * Allure's reporter for cucumber, which forces every file it writes to the disk: thousands of waits in a large run, long ones on the
 * memory card of a small computer. Here results are written plainly, and say what the harness says.
 */
export default class AllureReporter extends AllureCucumberReporter {
  constructor(options: IFormatterOptions) {
    const told = new EventEmitter();
    super({ ...options, eventBroadcaster: told });
    options.eventBroadcaster.on("envelope", (envelope: Envelope) => {
      if (!unread(envelope)) told.emit("envelope", envelope);
    });
    const { resultsDir = "allure-results" } = options.parsedArgvOptions as { resultsDir?: string };
    (this as unknown as { allureRuntime: { writer: Writer } }).allureRuntime.writer = plainWriter(resultsDir);
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
