import type { Cancel, Clock, Millis } from "../../core/clock";
import type { Link } from "../../core/link";
import { Listeners, type Unsubscribe } from "../../core/listeners";
import { type DecodedMme, decodeMme, encodeMme, LOCALCAST, macOf } from "../../protocol/homeplug";

/** The modem as it has named itself. */
export interface ModemIdentity {
  /** Its own address, not that of the host's interface. */
  readonly mac: string;
  /** Firmware, such as `MAC-QCA7000-1.1.0.730-04-20140815-CS`. */
  readonly version: string;
  /** 0x22 is a QCA7000, 0x20 a QCA7420. */
  readonly deviceClass: number;
}

/** Why a modem could not be identified. */
export type ModemProblem =
  | { readonly kind: "NoAnswer"; readonly ms: Millis }
  /** It asks its host for firmware or configuration. */
  | { readonly kind: "NotBooted" };

export interface Qca7000Options {
  readonly clock: Clock;
  /** How long a modem may take to answer at the start; one that boots takes some seconds. */
  readonly patience?: Millis;
  /** Lines for a field engineer: who the modem is, that it is silent, that it is back. */
  readonly log?: (text: string, level: "info" | "warn") => void;
}

export class ModemError extends Error {
  readonly problem: ModemProblem;

  constructor(problem: ModemProblem) {
    super(
      problem.kind === "NotBooted"
        ? "the modem asks its host for firmware: it has not booted"
        : `no modem answers within ${problem.ms} ms: power-cycle it; one of another maker than Qualcomm needs --link slac`,
    );
    this.problem = problem;
  }
}

/** From one question to the next, and how many of them may go unanswered: a modem that restarts is silent for 2 s and more. */
const ASK: Millis = 500;
const UNANSWERED = 2;

/**
 * The link to a QCA7000 behind a driver's interface (qcaspi). Frames pass as they are. The modem is identified at the start and asked
 * for its version ever after: one that falls silent takes the link down, one that answers again brings it back. That is how a
 * restart is seen that leaves the interface as it was; a restarted modem knows no key.
 */
export class Qca7000Link implements Link {
  readonly mac: Uint8Array;
  private readonly inner: Link;
  private readonly options: Required<Qca7000Options>;
  private readonly frames = new Listeners<[Uint8Array]>();
  private readonly states = new Listeners<[boolean]>();
  private identity: ModemIdentity | undefined;
  private asked = 0;
  private interfaceUp = true;
  private wasUp = true;
  /** Since the link went down. */
  private heardOf = true;
  private timer: Cancel | undefined;
  private closed = false;
  private opening: { done(): void; fail(problem: ModemProblem): void } | undefined;

  /**
   * @param inner the interface's own link; closed with this one, and when this one cannot be opened
   * @throws ModemError
   */
  static open(inner: Link, options: Qca7000Options): Promise<Qca7000Link> {
    const link = new Qca7000Link(inner, { patience: 8_000, log: () => undefined, ...options });
    return new Promise((resolve, reject) => link.identify(resolve, reject));
  }

  private constructor(inner: Link, options: Required<Qca7000Options>) {
    this.inner = inner;
    this.mac = inner.mac;
    this.options = options;
    inner.onFrame((frame) => this.heard(frame));
    inner.onState((up) => {
      this.interfaceUp = up;
      this.settle();
    });
  }

  /** As it last named itself. */
  get modem(): ModemIdentity {
    if (!this.identity) throw new Error("the modem has not been identified");
    return this.identity;
  }

  send(frame: Uint8Array): void {
    if (!this.closed) this.inner.send(frame);
  }

  onFrame(listener: (frame: Uint8Array) => void): Unsubscribe {
    return this.frames.add(listener);
  }

  onState(listener: (up: boolean) => void): Unsubscribe {
    return this.states.add(listener);
  }

  close(): void {
    this.closed = true;
    this.timer?.();
    this.inner.close();
  }

  private identify(resolve: (link: Qca7000Link) => void, reject: (error: ModemError) => void): void {
    const { clock, patience } = this.options;
    const end = (): void => {
      this.opening = undefined;
      cancel();
    };
    const fail = (problem: ModemProblem): void => {
      end();
      this.close();
      reject(new ModemError(problem));
    };
    const cancel = clock.after(patience, () => fail({ kind: "NoAnswer", ms: patience }));
    this.opening = {
      fail,
      done: () => {
        end();
        resolve(this);
      },
    };
    this.ask();
  }

  private ask(): void {
    if (this.closed) return;
    this.settle();
    this.asked++;
    this.inner.send(encodeMme({ name: "VS_SW_VER.REQ", da: LOCALCAST, sa: macOf(this.mac), fields: {} }));
    this.timer = this.options.clock.after(ASK, () => this.ask());
  }

  private heard(frame: Uint8Array): void {
    if (this.closed) return;
    const message = decodeMme(frame);
    const ours = message.kind === "Mme" && this.asked > 0 && this.answered(message);
    if (!ours) this.frames.tell(frame);
  }

  /** Whether it was an answer to us. Only the own modem answers what goes to its local address. */
  private answered(message: DecodedMme): boolean {
    if (message.name === "VS_HST_ACTION.IND" && this.opening) this.opening.fail({ kind: "NotBooted" });
    if (message.name !== "VS_SW_VER.CNF") return false;
    this.asked = 0;
    this.heardOf = true;
    const { MVERSION: version, MDEVICE_CLASS: deviceClass } = message.fields;
    const before = this.identity;
    this.identity = { mac: message.sa, version, deviceClass };
    if (before?.mac !== message.sa || before.version !== version)
      this.options.log(`modem ${message.sa}: ${version}`, "info");
    this.opening?.done();
    this.settle();
    return true;
  }

  private settle(): void {
    if (this.opening || this.closed) return;
    const up = this.interfaceUp && this.asked <= UNANSWERED;
    // Only an answer brings it back.
    if (up === this.wasUp || (up && !this.heardOf)) return;
    this.wasUp = up;
    this.heardOf = up;
    if (up) this.options.log("modem answers again", "info");
    else this.options.log(this.interfaceUp ? "modem is silent" : "modem's interface is gone", "warn");
    this.states.tell(up);
  }
}
