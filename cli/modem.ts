import { Command, InvalidArgumentError } from "commander";
import { SystemClock } from "../drivers/linux/clock";
import { SystemEntropy } from "../drivers/linux/entropy";
import { Levels, ModemControl } from "../drivers/linux/modem-control";
import { LinuxPowerline, type ModemPort } from "../drivers/linux/powerline";
import { CaptureFile, epochOf } from "./capture-file";
import { CommandError } from "./errors";
import { ended, nanoseconds } from "./lifetime";
import { numberBetween } from "./options";
import { started } from "./peer";

interface Options {
  readonly port: readonly ModemPort[];
  readonly attenuation: number;
  readonly joinDelay: number;
  readonly silenceAfterKey: number;
  readonly unplugged?: true;
  readonly wait: number;
  readonly capture?: readonly CaptureOption[];
  readonly origin?: bigint;
  readonly control?: string;
  readonly mortal?: true;
  readonly dieWithParent?: true;
}

interface CaptureOption {
  readonly interface?: string;
  readonly file: string;
}

/** `ccs-hil modem`: a power line between interfaces as a process of its own. */
export const modemCommand = (): Command =>
  new Command("modem")
    .description("run a power line between network interfaces, with a virtual modem behind each")
    .requiredOption(
      "--port <iface=mac[,role]>",
      "interface and its modem's address; role ev or evse (default: evse); once for each modem",
      collect(modemPort),
    )
    .option("--attenuation <db>", "between any two modems, in each group", numberBetween(0, 255), 15)
    .option("--join-delay <ms>", "from equal keys to a network; a real modem takes 5000", numberBetween(0, 60_000), 500)
    .option("--silence-after-key <ms>", "how long a modem is deaf after a new key", numberBetween(0, 60_000), 0)
    .option("--unplugged", "the cars' plugs are out at first; --control puts them in")
    .option("--wait <ms>", "how long to wait for the interfaces at the start", numberBetween(0, 600_000), 0)
    .option(
      "--capture <[iface=]file>",
      "write the frames of all ports, or of one, as pcapng; may be repeated",
      collect(captureOption),
    )
    .option("--origin <ns>", "reading of the machine's monotonic clock at time 0 (default: now)", nanoseconds)
    .option("--control <socket>", "Unix socket that takes commands and tells what passes, as JSON lines")
    .option("--mortal", "one process without children: sooner ready, less delay; it dies when an interface goes")
    .option("--die-with-parent", "end when the process that started it does, also without a pipe to it")
    .action((options: Options) => started(() => run(options)));

async function run(options: Options): Promise<void> {
  checkPorts(options.port);
  const clock = new SystemClock(options.origin);
  const log = (text: string): void => void process.stderr.write(`ccs-hil modem: ${text}\n`);
  const captures = capturesOf(options, log);
  const levels = new Levels(options.attenuation);
  const control = new ModemControl(clock.origin);
  // Before anybody is told that we are ready: a signal may follow at once.
  const end = ended(options.dieWithParent === true);
  const line = await LinuxPowerline.open({
    clock,
    entropy: new SystemEntropy(),
    ports: options.port.map((port) => ({ ...port, silenceAfterSetKey: options.silenceAfterKey })),
    attenuationDb: levels.between,
    joinDelay: options.joinDelay,
    plugged: options.unplugged !== true,
    wait: options.wait,
    mortal: options.mortal === true,
    onEvent: (event) => control.event(event),
    onPassage: (passage) => {
      control.passage(passage);
      for (const file of captures) file.write(passage.port, epochOf(passage.at), passage.dir === "out", passage.frame);
    },
    log,
  });
  const bench = { line, levels };
  const close = options.control === undefined ? () => undefined : await control.open(options.control, bench, log);
  process.stdout.write(`Modem ready: ${options.port.map((port) => port.interface).join(" ")}\n`);
  await end;
  close();
  line.close();
  for (const file of captures) file.close();
  // Modems may be in the middle of a silence.
  process.exit(0);
}

function capturesOf({ port, capture = [] }: Options, log: (text: string) => void): CaptureFile[] {
  const all = port.map((it) => it.interface);
  return capture.map(({ interface: name, file }) => {
    if (name !== undefined && !all.includes(name))
      throw new CommandError("usage", `--capture: no --port is at ${name}`);
    return new CaptureFile(file, name === undefined ? all : [name], log);
  });
}

function checkPorts(ports: readonly ModemPort[]): void {
  if (ports.length < 2) throw new CommandError("usage", "a power line has at least two modems: --port twice");
  for (const what of ["interface", "mac"] as const) {
    const all = ports.map((port) => port[what]);
    const twice = all.find((each, index) => all.indexOf(each) < index);
    if (twice !== undefined) throw new CommandError("usage", `--port: ${twice} is there twice`);
  }
}

/** Parser of an option that may be repeated. */
const collect =
  <T>(parse: (text: string) => T) =>
  (text: string, before: readonly T[] = []): readonly T[] => [...before, parse(text)];

function modemPort(text: string): ModemPort {
  const [, name, mac, role = "evse"] =
    /^([^=/\s]{1,15})=((?:[0-9a-f]{2}:){5}[0-9a-f]{2})(?:,(ev|evse))?$/i.exec(text) ?? [];
  if (name === undefined || mac === undefined)
    throw new InvalidArgumentError("IFACE=MAC or IFACE=MAC,ev or IFACE=MAC,evse is needed.");
  if (Number.parseInt(mac, 16) & 1) throw new InvalidArgumentError("a modem's address is no group address.");
  return { interface: name, mac: mac.toUpperCase(), role: role as ModemPort["role"] };
}

function captureOption(text: string): CaptureOption {
  const [, name, file] = /^([^=/\s]{1,15})=(.+)$/.exec(text) ?? [];
  return name === undefined || file === undefined ? { file: text } : { interface: name, file };
}
