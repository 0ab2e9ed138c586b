import type { Clock } from "../../core/clock";
import type { SerialLine } from "../../core/serial-line";
import type { StationDeviation } from ".";

type Json = Readonly<Record<string, unknown>>;
type Say = (text: string) => void;
type Serial = NonNullable<StationDeviation["serial"]>;

/** What the station's end of the line makes of a line of the helper; `undefined` for one that is no message. */
interface Ear {
  readonly hear: (text: string, message: Json | undefined) => void;
  /** What the station itself says is listened to. */
  readonly said?: (message: Json | undefined) => void;
  /** Left out: it is told as it is. */
  readonly opened?: (open: boolean, tell: (open: boolean) => void) => void;
}

/** A line on which the station hears what an ear says in the place of the helper. */
const heardBy =
  (make: (say: Say, clock: Clock, reopen: () => void) => Ear): Serial =>
  (line: SerialLine, clock: Clock): SerialLine => {
    const lines: Say[] = [];
    const opens: ((open: boolean) => void)[] = [];
    const tell = (open: boolean): void => {
      for (const listener of opens) listener(open);
    };
    const say: Say = (text) => {
      for (const listener of lines) listener(text);
    };
    const ear = make(say, clock, () => {
      tell(false);
      tell(true);
    });
    line.onLine((text) => ear.hear(text, parsed(text)));
    line.onOpen((open) => (ear.opened ? ear.opened(open, tell) : tell(open)));
    return {
      get open() {
        return line.open;
      },
      write: (text) => {
        ear.said?.(parsed(text));
        line.write(text);
      },
      onLine: (listener) => void lines.push(listener),
      onOpen: (listener) => void opens.push(listener),
      close: () => line.close(),
    };
  };

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

interface Status extends Json {
  readonly state?: unknown;
  readonly ts?: unknown;
  readonly pwm?: { readonly out?: unknown };
  readonly cp_v?: { readonly high?: unknown };
}

const statusOf = (message: Json | undefined): Status | undefined => (message?.type === "status" ? message : undefined);
const isNumber = (value: unknown): value is number => typeof value === "number";
const can = ({ state, pwm, cp_v }: Status): boolean =>
  /^[A-F]$/.test(String(state)) && isNumber(cp_v?.high) && isNumber(pwm?.out) && pwm.out >= 0 && pwm.out <= 100;

/** Any line that is none means to it that the helper has been pulled out. */
const startled = heardBy((say, _, reopen) => ({
  hear: (text, message) => (message ? say(text) : reopen()),
}));

/** The last good status in the place of one that cannot be. */
const repairing = heardBy((say, clock) => {
  let good: Status = {};
  return {
    hear: (text, message) => {
      const status = statusOf(message);
      if (status && can(status)) good = status;
      const spoilt = status ? !can(status) : !message && text.startsWith('{"type":"status"');
      say(spoilt ? JSON.stringify({ ...good, ts: status?.ts ?? clock.now() }) : text);
    },
  };
});

/** The last status again and again when nothing is heard, also from a line that is not there. */
const neverSilent = heardBy((say, clock) => {
  let last: Status | undefined;
  let heardAt = 0;
  const again = (): void => {
    if (last && clock.now() - heardAt > 250) {
      last = { ...last, ts: Number(last.ts) + 200 };
      say(JSON.stringify(last));
    }
    clock.after(200, again);
  };
  again();
  return {
    hear: (text, message) => {
      heardAt = clock.now();
      last = statusOf(message) ?? last;
      say(text);
    },
    opened: (open, tell) => open && tell(open),
  };
});

/** Nothing of what the helper does by itself. */
const deafToFailsafes = heardBy((say) => ({
  hear: (text, message) => {
    if (String(message?.method).startsWith("evt:failsafe.")) return;
    say(statusOf(message) ? JSON.stringify({ ...message, contactor: undefined }) : text);
  },
}));

/** A refusal as if it were consent. */
const consenting = heardBy((say) => ({
  hear: (text, message) =>
    say(message?.error === undefined ? text : JSON.stringify({ type: "res", id: message.id, result: { ok: true } })),
}));

/** Whatever it is told, made to fit: time that goes on, a vehicle that was there before, a line that stands as it was told to. */
const credulous = heardBy((say, clock) => {
  let commanded: Json = { out: "x1" };
  let plugged = false;
  return {
    said: (message) => {
      if (message?.cmd === "cp.drive") commanded = message;
    },
    hear: (text, message) => {
      if (!message || !isNumber(message.ts)) return say(text);
      const fitting: Json = { ...message, ts: clock.now() };
      const status = statusOf(fitting);
      if (!status) return say(JSON.stringify(fitting));
      const out = commanded.out === "x2" ? commanded.duty : commanded.out === "x1" ? 100 : 0;
      const believable = { ...status, drive: commanded.out, pwm: { ...status.pwm, out } };
      if (status.state === "C" && !plugged) say(JSON.stringify({ ...believable, state: "B" }));
      plugged = /[BCD]/.test(String(status.state));
      say(JSON.stringify(believable));
    },
  };
});

const deaf = heardBy(() => ({ hear: () => undefined }));

/** Stations that believe too much, or too little, of what a pilot helper says. */
export const helper: readonly StationDeviation[] = [
  {
    name: "is-startled-by-rubbish",
    gist: "takes a line that is none for the end of the helper",
    requirement: "HIL-UA01",
    serial: startled,
  },
  {
    name: "repairs-what-cannot-be",
    gist: "takes the last good report in the place of one that cannot be",
    requirement: "HIL-UA02",
    serial: repairing,
  },
  {
    name: "never-misses-its-helper",
    gist: "believes the last report for ever",
    requirement: "HIL-UA03",
    scenarios: ["A helper that falls silent", "A helper that is pulled out"],
    serial: neverSilent,
  },
  {
    name: "does-not-hear-of-failsafes",
    gist: "does not notice that the helper has opened the contactor",
    requirement: "HIL-UA03",
    scenarios: ["Pings that are lost"],
    serial: deafToFailsafes,
  },
  {
    name: "takes-refusal-for-consent",
    gist: "takes a contactor that was not armed for closed",
    requirement: "HIL-UA03",
    scenarios: ["A helper that does not hear that it is armed"],
    serial: consenting,
  },
  {
    name: "believes-whatever-it-is-told",
    gist: "compares no report with what was before",
    requirement: "HIL-UA04",
    serial: credulous,
  },
  {
    name: "does-not-listen-to-its-helper",
    gist: "hears nothing on its serial line",
    requirement: "HIL-UA05",
    serial: deaf,
  },
];
