import type { Cancel, Clock, Millis } from "../../../core/clock";
import type { Entropy } from "../../../core/entropy";
import type { SerialLine } from "../../../core/serial-line";
import type { Trace } from "../../../core/trace";
import { VirtualHelper } from "../../../drivers/plant";
import { HelperByHand, HelperLink, HelperPower, SerialPilot } from "../../../drivers/serial";
import { LineSplitter } from "../../../drivers/serial/line-splitter";
import type { Plant } from "../../../drivers/virtual/plant";
import { HelperCable } from "./cable";

interface Ports {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly entropy: Entropy;
  readonly plant: Plant;
  /** What the station's end of the line does wrong. */
  readonly wrap: (line: SerialLine, clock: Clock) => SerialLine;
}

export interface VirtuallyHelped {
  readonly cable: HelperCable;
  readonly pilot: SerialPilot;
  readonly power: HelperPower;
  readonly helper: HelperByHand;
  /** Once after each answer: the station's drivers wait for it outside of virtual time. */
  answered(): boolean;
}

/** From its supply to its first line. */
const bootMs: Millis = 1;
/** Eight bits, start and stop. */
const characterMs: Millis = (10 / 115_200) * 1000;

/** A helper in this process, the cable to it, and the drivers of a station at the cable's other end. */
export function virtualHelper({ clock, trace, entropy, plant, wrap }: Ports): VirtuallyHelped {
  let helper: VirtualHelper | undefined;
  let starting: Cancel | undefined;
  const towardsHelper = new Wire(clock, (text) => cable.fromStation(text));
  const towardsStation = new Wire(clock, (text) => cable.fromHelper(text));
  const line = new CableEnd((text) => towardsHelper.send(text));
  const connect = (connected: boolean): void => {
    starting?.();
    helper?.end();
    helper = undefined;
    towardsHelper.cut();
    towardsStation.cut();
    line.present(connected);
    if (!connected) return;
    starting = clock.after(bootMs, () => {
      helper = new VirtualHelper({ clock, entropy, plant, trace, send: (text) => towardsStation.send(text) });
    });
  };
  const cable: HelperCable = new HelperCable(clock, {
    toStation: (text) => line.receive(text),
    toHelper: (text) => helper?.receive(text),
    connect,
  });
  const link = new HelperLink({ line: wrap(line, clock), clock });
  const pilot = new SerialPilot(link, clock);
  const power = new HelperPower({ link, clock, rest: plant.powerPath });
  connect(true);
  return { cable, pilot, power, helper: new HelperByHand(pilot), answered: () => line.answered() };
}

/** One direction of the line: a character takes its time at 115200 baud, and lines come one after the other. */
class Wire {
  private readonly clock: Clock;
  private readonly deliver: (text: string) => void;
  private freeAt: Millis = 0;
  private cuts = 0;

  constructor(clock: Clock, deliver: (text: string) => void) {
    this.clock = clock;
    this.deliver = deliver;
  }

  send(text: string): void {
    const now = this.clock.now();
    this.freeAt = Math.max(this.freeAt, now) + (text.length + 1) * characterMs;
    const { cuts } = this;
    this.clock.after(this.freeAt - now, () => {
      if (cuts === this.cuts) this.deliver(text);
    });
  }

  /** What is under way is lost. */
  cut(): void {
    this.cuts++;
    this.freeAt = 0;
  }
}

/** The station's end: bytes become lines there. */
class CableEnd implements SerialLine {
  open = false;
  private anew = false;
  private readonly splitter = new LineSplitter();
  private readonly lines: ((text: string) => void)[] = [];
  private readonly opens: ((open: boolean) => void)[] = [];
  readonly write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.write = (text) => {
      if (this.open) write(text);
    };
  }

  answered(): boolean {
    const { anew } = this;
    this.anew = false;
    return anew;
  }

  receive(text: string): void {
    if (text.includes('"type":"res"')) this.anew = true;
    for (const line of this.splitter.feed(Buffer.from(text, "latin1"))) for (const hear of this.lines) hear(line);
  }

  present(open: boolean): void {
    if (open === this.open) return;
    this.open = open;
    this.splitter.clear();
    for (const hear of this.opens) hear(open);
  }

  onLine(listener: (text: string) => void): void {
    this.lines.push(listener);
  }

  onOpen(listener: (open: boolean) => void): void {
    this.opens.push(listener);
  }

  close(): void {
    this.present(false);
  }
}
