import type { Cancel, Clock, Millis } from "../../../core/clock";
import type { PilotDrive, PilotState } from "../../../core/pilot";
import type { Plant } from "../../virtual/plant";

/** The duty cycle that announces high-level communication (IEC 61851-1), and steady +12 V. */
const dialogueDuty = 5;
const high = 100;

export type Drive = "auto" | PilotDrive["out"];

/** What stands on the line by the last command, as the helper decides it (chapter 2): nobody has driven it yet, so X1. */
export class Generator {
  mode: "dc" | "manual" = "dc";
  drive: Drive = "x1";
  private driven: number = high;
  private manual: { duty: number; enabled: boolean } = { duty: high, enabled: false };
  private hint: Cancel | undefined;
  private standing: PilotDrive = { out: "x1" };
  private readonly plant: Plant;
  private readonly clock: Clock;
  private readonly changed: () => void;

  /** @param changed what stands on the line is another */
  constructor(plant: Plant, clock: Clock, changed: () => void) {
    this.plant = plant;
    this.clock = clock;
    this.changed = changed;
  }

  /** Percent that stands on the line: 100 for +12 V, 0 for 0 V and −12 V. */
  get out(): number {
    const { standing } = this;
    return standing.out === "x2" ? standing.dutyPercent : standing.out === "x1" ? high : 0;
  }

  /** As requested in manual mode, or as the rule asks for. */
  get requested(): { duty: number; enabled: boolean } {
    if (this.mode === "manual") return this.manual;
    const asked = this.asked();
    const oscillates = asked.out === "x2" && asked.dutyPercent > 0 && asked.dutyPercent < high;
    return { duty: asked.out === "x2" ? asked.dutyPercent : asked.out === "x1" ? high : 0, enabled: oscillates };
  }

  setMode(mode: "dc" | "manual"): void {
    this.mode = mode;
    this.setDrive("auto");
  }

  setDrive(drive: Drive, duty: number = high): void {
    this.drive = drive;
    this.driven = duty;
    this.endHint();
    this.apply();
  }

  setPwm(duty: number, enabled: boolean): void {
    this.manual = { duty, enabled };
    this.apply();
  }

  /** Takes an oscillation off the line for a while. */
  restartHint(length: Millis): void {
    if (this.mode === "manual") this.setMode("dc");
    this.endHint();
    this.hint = this.clock.after(length, () => {
      this.hint = undefined;
      this.apply();
    });
    this.apply();
  }

  /** Whoever drove it is gone. @returns whether the line has changed */
  release(): boolean {
    const before = this.standing.out;
    this.mode = "dc";
    this.setDrive("x1");
    return before !== "x1";
  }

  /** Puts on the line what belongs there now; in `auto` that follows from the state. */
  apply(): void {
    const asked = this.asked();
    const next: PilotDrive = asked.out === "x2" && this.hint ? { out: "x1" } : asked;
    if (same(next, this.standing)) return;
    this.standing = next;
    this.plant.evsePilot.drive(next);
    this.changed();
  }

  private asked(): PilotDrive {
    if (this.mode === "manual") return oscillation(this.manual.enabled ? this.manual.duty : high);
    if (this.drive === "x2") return oscillation(this.driven);
    if (this.drive !== "auto") return { out: this.drive };
    return oscillation(connected(this.plant.evsePilot.read().state) ? dialogueDuty : high);
  }

  private endHint(): void {
    this.hint?.();
    this.hint = undefined;
  }
}

const connected = (state: PilotState): boolean => state === "B" || state === "C" || state === "D";

const oscillation = (duty: number): PilotDrive =>
  duty >= high ? { out: "x1" } : duty <= 0 ? { out: "f" } : { out: "x2", dutyPercent: duty };

const same = (a: PilotDrive, b: PilotDrive): boolean =>
  a.out === b.out && (a.out !== "x2" || b.out !== "x2" || a.dutyPercent === b.dutyPercent);
