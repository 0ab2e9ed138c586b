import type { Millis } from "../../../core/clock";

/** What the helper has said of late, oldest first, and how many lines and statuses in all. */
export interface Memory {
  readonly lines: readonly string[];
  readonly count: number;
  readonly statuses: number;
}

/** What a serial line with a fault does. */
export interface HelperFault {
  /** Bytes for the station in the place of a line of the helper. */
  readonly fromHelper?: (line: string, memory: Memory) => string;
  /** True for a line of the station that does not come to the helper. */
  readonly toHelper?: (line: string) => boolean;
  /** Bytes that come by themselves, so often; of what was said before the fault. */
  readonly every?: Millis;
  readonly saysItself?: (memory: Memory) => string | undefined;
  readonly unplugged?: boolean;
}

interface Status {
  readonly type?: unknown;
  readonly method?: unknown;
  readonly pwm?: object;
  readonly result?: object;
}

/** Every status, and every event of the state, with something else in it. */
const told =
  (change: object, pwm: object = {}): ((line: string) => string) =>
  (line) => {
    const message = JSON.parse(line) as Status;
    if (message.type === "status")
      return `${JSON.stringify({ ...message, ...change, pwm: { ...message.pwm, ...pwm } })}\n`;
    if (message.method !== "evt:cp.state" || !("state" in change)) return `${line}\n`;
    return `${JSON.stringify({ ...message, result: { ...message.result, ...change } })}\n`;
  };

export const isStatus = (line: string): boolean => line.startsWith('{"type":"status"');
const nothing = (): string => "";

/** What is no line of a helper: words, bytes, other JSON, half a status, stray ends, and a line that no buffer has to hold. */
const rubbish = [
  "hello\n",
  "\x00\xff\x07\x1b[2J\n",
  "[1,2,3]\r\n",
  '{"type":"status","ts":\n',
  "\r\r\n\n\r\n",
  `${"x".repeat(65_536)}\n`,
  '{"type":"weather","state":"C"}\n',
  "null\n",
] as const;

/** Lines from before, in their order. */
const earlier = ({ lines }: Memory): string | undefined => {
  const old = lines.slice(-5);
  return old.length === 0 ? undefined : `${old.join("\n")}\n`;
};

/** What may become of the line between a station and its pilot helper, by the words of a feature. */
export const helperFaults: Readonly<Record<string, HelperFault>> = {
  "falls silent": { fromHelper: nothing },
  "does not hear the station": { toHelper: () => true },
  "does not hear that it is armed": { toHelper: (line) => line.includes('"sys.arm"') },
  "is pulled out": { unplugged: true },
  "sends rubbish between its lines": {
    fromHelper: (line, { count }) => `${rubbish[count % rubbish.length]}${line}\n`,
  },
  "loses the end of every other status": {
    fromHelper: (line, { statuses }) => `${isStatus(line) && statuses % 2 === 0 ? line.slice(0, 40) : line}\n`,
  },
  "reports state G": { fromHelper: told({ state: "G" }) },
  "reports a duty cycle of 101 %": { fromHelper: told({}, { out: 101 }) },
  "reports a duty cycle of −1 %": { fromHelper: told({}, { out: -1 }) },
  "reports a duty cycle that is no number": {
    fromHelper: (line) => `${isStatus(line) ? line.replace(/"out":[^,}]*/, '"out":NaN') : line}\n`,
  },
  "reports volts that are none": { fromHelper: told({ cp_v: { high: null, low: "-12" } }) },
  "reports state C at once": { fromHelper: told({ state: "C", cp_v: { high: 5.98, low: -12 } }) },
  "reports that nothing oscillates": { fromHelper: told({ drive: "x1" }, { out: 100, enabled: false, duty: 100 }) },
  "sends lines of before again": { fromHelper: nothing, every: 200, saysItself: earlier },
};
