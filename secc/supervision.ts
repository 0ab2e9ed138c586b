import type { Millis } from "../core/clock";
import type { PowerReading } from "../core/power";
import { limits, type Power, type PowerStage } from "./power";

/** What comes of a watch: an entry in the log, an error shutdown with the car asked to stop, or an emergency. */
export type Response = "warn" | "stop" | "emergency";

export interface Finding {
  readonly response: Response;
  readonly reason: string;
}

/** Since when each watch has shown what it watches for. */
export interface Supervision {
  readonly since: Readonly<Record<string, Millis>>;
  /** The reading that was nearest to the supply's target until now. */
  readonly nearest?: PowerReading;
  /** A contact was too hot: nothing is charged until both have been cool for a while. */
  readonly heat?: { readonly coolSince?: Millis };
}

export const noSupervision: Supervision = { since: {} };

interface Sight {
  readonly power: Power;
  readonly reading: PowerReading;
  readonly nearing: boolean;
}

interface Watch {
  readonly reason: string;
  readonly stages: readonly PowerStage[];
  readonly shows: (sight: Sight) => boolean;
  /** How long it has to show before it counts. Looked at every 50 ms: it counts that much later at most. */
  readonly after: Millis;
  readonly response: Response;
}

/** Volts that measurement and regulation may be off (S19). */
const accuracy = 10;

/** Share by which volts or amperes may miss their target for good (S18). */
const mismatch = 0.05;

/** Hard limit of the outlet in volts, by the class of the car's own limit (IEC 61851-23 6.3.1.106.2, S16). */
export function tripLevel(limit: number): number {
  const classes = [
    [500, 550],
    [750, 825],
    [850, 935],
    [1000, 1100],
  ] as const;
  return classes.find(([most]) => limit <= most)?.[1] ?? 1375;
}

/** Volts that a pole may have against protective earth, by the car's own limit (IEC 61851-23 6.3.1.112.2, S14). */
export const poleLimit = (limit: number): number => (limit > 500 ? 1.1 * limit : 550);

const delivering: readonly PowerStage[] = ["Delivering"];
const fed: readonly PowerStage[] = ["PreCharging", "Delivering"];
const live: readonly PowerStage[] = ["AwaitTestVoltage", "AwaitIsolation", ...fed];

/** The supply neither holds its current nor its voltage, or gives more than its current. */
function misses({ reading, power, nearing }: Sight): boolean {
  const { voltage, current } = power.target;
  const tooMuch = reading.current > current * (1 + mismatch) + 1;
  const tooLittle =
    reading.current < current * (1 - mismatch) - 1 && reading.voltage < voltage * (1 - mismatch) - accuracy / 2;
  return !nearing && (tooMuch || tooLittle);
}

/** The supply is on its way to its target: nearer than it was by more than its ripple. */
const nears = ({ target }: Power, before: PowerReading, now: PowerReading): boolean =>
  Math.abs(target.current - before.current) - Math.abs(target.current - now.current) >= 2 ||
  Math.abs(target.voltage - before.voltage) - Math.abs(target.voltage - now.voltage) >= 5;

const watches: readonly Watch[] = [
  {
    // Closed since the cable check: whoever has opened it, a helper that no longer heard us or a broken coil.
    reason: "the contactor has opened",
    stages: fed,
    shows: ({ reading }) => !reading.contactor,
    after: 0,
    response: "emergency",
  },
  {
    reason: "volts above the class of the vehicle (S16)",
    stages: fed,
    shows: ({ power, reading }) => reading.voltage > tripLevel(power.carLimit),
    after: 0,
    response: "emergency",
  },
  {
    // 200 ms are allowed, 400 ms are not (IEC 61851-23 6.3.1.106.3).
    reason: "volts above the limit of the vehicle (S17)",
    stages: fed,
    shows: ({ power, reading }) => reading.voltage > power.carLimit + accuracy,
    after: 300,
    response: "emergency",
  },
  {
    reason: "a pole is too far from earth (S14)",
    stages: live,
    shows: ({ power, reading: { poles = [] } }) =>
      poles.some((volts) => !(Math.abs(volts) <= poleLimit(power.carLimit))),
    after: 0,
    response: "emergency",
  },
  {
    reason: "the supply does not follow its target (S18)",
    stages: delivering,
    shows: misses,
    after: 500,
    response: "warn",
  },
  {
    reason: "the supply does not follow its target (S18)",
    stages: delivering,
    shows: misses,
    after: 1_900,
    response: "emergency",
  },
  {
    // A healthy cable takes next to nothing; 1 s is allowed until the current has gone (IEC 61851-23 6.3.1.109).
    reason: "a current flows in the cable check (S10)",
    stages: ["AwaitTestVoltage", "AwaitIsolation"],
    shows: ({ reading }) => reading.current >= limits.safeCurrent,
    after: 400,
    response: "emergency",
  },
  {
    reason: "a contact is too hot (S22)",
    stages: fed,
    shows: ({ reading }) => !(hottest(reading) < limits.hotContact),
    after: 0,
    response: "stop",
  },
];

const hottest = ({ temperatures }: PowerReading): number => Math.max(...temperatures);

/** One look at the outlet. A finding is told once, as long as what it found lasts. */
export function supervise(
  supervision: Supervision,
  power: Power,
  reading: PowerReading,
  now: Millis,
): { supervision: Supervision; findings: readonly Finding[] } {
  const { nearest = reading } = supervision;
  const nearing = nears(power, nearest, reading);
  const sight: Sight = { power, reading, nearing };
  const since: Record<string, Millis> = {};
  const findings: Finding[] = [];
  for (const { reason, stages, shows, after, response } of watches) {
    if (!stages.includes(power.stage) || !shows(sight)) continue;
    const name = `${reason}, ${response}`;
    const first = supervision.since[name] ?? now;
    // Told: from then on it is not looked at again until it has gone.
    const due = now - first >= after && first !== told;
    if (due) findings.push({ response, reason });
    since[name] = due ? told : first;
  }
  const heat = heated(supervision.heat, reading, now);
  return { supervision: { since, nearest: nearing ? reading : nearest, ...(heat && { heat }) }, findings };
}

const told: Millis = Number.POSITIVE_INFINITY;

/** Contacts have to be below `coolContact` for so long before there is a next session (S22). */
const coolFor: Millis = 30_000;

function heated(before: Supervision["heat"], reading: PowerReading, now: Millis): Supervision["heat"] {
  const warmest = hottest(reading);
  if (warmest >= limits.hotContact) return {};
  if (!before || !(warmest < limits.coolContact)) return before && {};
  const { coolSince = now } = before;
  return now - coolSince >= coolFor ? undefined : { coolSince };
}
