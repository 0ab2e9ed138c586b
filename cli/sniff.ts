import { Command } from "commander";
import { SystemClock } from "../drivers/linux/clock";
import { RawLink } from "../drivers/linux/raw-link";
import { macOf } from "../protocol/homeplug";
import { summary } from "../reports/fields";
import { seconds } from "../reports/messages";
import { readCapture, type Sniffed, Sniffer, UnreadableCapture } from "../reports/sniffer";
import { CaptureFile, epochOf } from "./capture-file";
import { CommandError } from "./errors";
import { numberBetween } from "./options";
import { started } from "./peer";

interface Options {
  readonly iface?: string;
  readonly write?: string;
  readonly json?: true;
  readonly count?: number;
}

/** `ccs-hil sniff`: what passes between cars, stations and modems, decoded. */
export const sniffCommand = (): Command =>
  new Command("sniff")
    .description("show what passes on an interface, or stands in a capture file: SLAC, SDP and V2G messages, decoded")
    .argument("[file]", "pcap or pcapng file of Ethernet frames, instead of --iface")
    .option("--iface <name>", "interface to listen on")
    .option("--write <file>", "write the frames as pcapng")
    .option("--json", "one JSON object a message, with all its fields")
    .option("--count <n>", "end after so many messages", numberBetween(1, 1e9, true))
    .action((file: string | undefined, options: Options) => started(() => sniff(file, options)));

async function sniff(file: string | undefined, options: Options): Promise<void> {
  if ((file === undefined) === (options.iface === undefined))
    throw new CommandError("usage", "either a file or --iface is needed");
  const show = new Show(options);
  if (file === undefined) await live(options, show);
  else recorded(file, options, show);
}

/** Prints messages, and who is found to be the car, until enough have been shown. */
class Show {
  readonly sniffer = new Sniffer();
  private readonly options: Options;
  private cars = 0;
  private shown = 0;

  constructor(options: Options) {
    this.options = options;
  }

  get done(): boolean {
    return this.shown >= (this.options.count ?? Number.POSITIVE_INFINITY);
  }

  frame(t: number, frame: Uint8Array): void {
    for (const message of this.sniffer.hear(t, frame)) {
      if (this.done) return;
      this.shown++;
      process.stdout.write(`${this.options.json ? JSON.stringify(message) : this.line(message)}\n`);
    }
    if (this.sniffer.cars.size === this.cars || this.options.json) return;
    this.cars = this.sniffer.cars.size;
    process.stdout.write(`${seconds(t)}  == a car: ${[...this.sniffer.cars].at(-1)}\n`);
  }

  private line({ t, from, to, name, fields, error }: Sniffed): string {
    const ends = `${this.party(from)} → ${this.party(to)}`.padEnd(46);
    const told = [...summary(fields, name), ...(error === undefined ? [] : [`! ${error}`])];
    return `${seconds(t)}  ${ends}  ${name.padEnd(24)} ${told.join(" ")}`.trimEnd();
  }

  private party(mac: string): string {
    if (/^(FF:FF|33:33)/.test(mac)) return "all";
    if (mac === "00:B0:52:00:00:01") return "own modem";
    const { cars, stations } = this.sniffer;
    return cars.has(mac) ? `EVCC ${mac}` : stations.has(mac) ? `SECC ${mac}` : mac;
  }
}

function recorded(path: string, { write }: Options, show: Show): void {
  const log = (text: string): void => void process.stderr.write(`ccs-hil sniff: ${text}\n`);
  const capture = write === undefined ? undefined : new CaptureFile(write, ["recording"], log);
  let start: bigint | undefined;
  try {
    for (const { at, frame } of readCapture(path)) {
      start ??= at;
      capture?.write("recording", at, true, frame);
      show.frame(Number(at - start) / 1e6, frame);
      if (show.done) break;
    }
  } catch (error) {
    if (error instanceof UnreadableCapture) throw new CommandError("usage", `${path} ${error.message}`);
    throw error;
  } finally {
    capture?.close();
  }
}

async function live({ iface = "", write }: Options, show: Show): Promise<void> {
  const log = (text: string): void => void process.stderr.write(`ccs-hil sniff: ${text}\n`);
  const clock = new SystemClock();
  const link = await RawLink.open({ interface: iface, select: "tap", clock, log });
  const own = macOf(link.mac);
  const capture = write === undefined ? undefined : new CaptureFile(write, [iface], log);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
    process.stderr.write(`Listening on ${iface}\n`);
    link.onFrame((frame, at) => {
      if (show.done) return;
      capture?.write(iface, epochOf(at), macOf(frame.subarray(6, 12)) !== own, frame);
      show.frame(Number(at - clock.origin) / 1e6, frame);
      if (show.done) resolve();
    });
  });
  link.close();
  capture?.close();
  // A reader of standard output may be slower than we are.
  await new Promise((resolve) => process.stdout.write("", resolve));
  process.exit(0);
}
