import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { CommandError } from "./errors";

interface Options {
  readonly profile: string;
  readonly worldParameters: object;
  readonly json?: true;
}

/** `ccs-hil list`: which scenarios apply to a side under test. */
export const listCommand = (): Command =>
  new Command("list")
    .description("tell which scenarios apply to the side under test of a profile, and why the others do not")
    .option("-p, --profile <name>", "profile of cucumber.js: virtual (default), veth, qca7000, external", "default")
    .option("--world-parameters <json>", "over the profile's, as cucumber-js takes them", jsonObject, {})
    .option("--json", "as JSON")
    .action(run);

function jsonObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // told below
  }
  throw new InvalidArgumentError("a JSON object is needed.");
}

/** Features and the code behind them are run as they are written, and are no part of what is installed. */
async function run({ profile, worldParameters, json }: Options): Promise<void> {
  const root = process.cwd();
  const script = join(root, "scripts", "list.ts");
  if (!existsSync(script) || !existsSync(join(root, "features")))
    throw new CommandError("usage", "there are no features here: this command works in the folder of a clone");
  const load = createRequire(script);
  load("ts-node/register");
  const name = profile === "virtual" ? "default" : profile;
  const { list } = load("./list.ts") as { list: (profile: string, given: object, json: boolean) => Promise<void> };
  try {
    await list(name, worldParameters, json === true);
  } catch (error) {
    throw new CommandError("usage", error instanceof Error ? error.message : String(error));
  }
}
