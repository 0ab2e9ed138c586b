import { Command } from "commander";
import { SystemClock } from "../drivers/linux/clock";
import { EnvironmentError } from "../drivers/linux/environment";
import { openPlantSockets, PlantServer, readPlantOptions } from "../drivers/plant";
import { SeededEntropy } from "../drivers/virtual/entropy";
import { CommandError } from "./errors";
import { jsonGiven } from "./json-file";
import { ended, nanoseconds } from "./lifetime";
import { numberBetween } from "./options";

interface Options {
  readonly dir: string;
  readonly seed: number;
  readonly config?: string;
  readonly origin?: bigint;
  readonly dieWithParent?: true;
}

/** `ccs-hil plant`: the physics between the connectors as a process of its own. */
export const plantCommand = (): Command =>
  new Command("plant")
    .description(
      "run the plant between station and car, reached through Unix sockets (firmware/PROTOCOL.md, chapter 5)",
    )
    .requiredOption("--dir <folder>", "folder of the sockets evse, ev and observer; made if it is not there")
    .option("--seed <n>", "randomness of faults that have chance in them", numberBetween(0, 2 ** 32, true), 1)
    .option("--config <json>", "sections and figures that differ from the default plant: JSON, or a file of it")
    .option(
      "--origin <ns>",
      "reading of the machine's monotonic clock at the plant's time 0 (default: now)",
      nanoseconds,
    )
    .option("--die-with-parent", "end when the process that started it does, also without a pipe to it")
    .action(run);

async function run(options: Options): Promise<void> {
  const clock = new SystemClock(options.origin);
  const config = configOf(options.config);
  const { seed } = options;
  const entropy = (of: number) => new SeededEntropy(of);
  const server = new PlantServer({ clock, originNs: clock.origin, entropy, seed, config });
  const log = (text: string, fields: object): void =>
    void process.stderr.write(`ccs-hil plant: ${text} ${JSON.stringify(fields)}\n`);
  // Before anybody is told that we are ready: a signal may follow at once.
  const end = ended(options.dieWithParent === true);
  try {
    const { paths, close } = await openPlantSockets(server, options.dir, log);
    process.stdout.write(`Plant ready: ${Object.values(paths).join(" ")}\n`);
    await end;
    close();
    server.close();
  } catch (error) {
    if (error instanceof EnvironmentError) throw new CommandError("environment", error.message);
    throw error;
  }
}

/** @throws CommandError naming what is wrong with it */
function configOf(text = "{}"): ReturnType<typeof readPlantOptions> {
  const { source, value } = jsonGiven("--config", text);
  try {
    return readPlantOptions(value);
  } catch (error) {
    throw new CommandError("usage", `${source}: ${(error as Error).message}`);
  }
}
