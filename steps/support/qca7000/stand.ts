import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hex } from "../../../core/bytes";
import { SystemClock } from "../../../drivers/linux/clock";
import { RawLink } from "../../../drivers/linux/raw-link";
import { type PlantHappening, PlantObserver } from "../../../drivers/plant";
import { encodeMme, LOCALCAST, macOf } from "../../../protocol/homeplug";
import { Inconclusive } from "../judgement";
import { RemoteHost } from "../real/remote-host";
import { hasPlant, type Place } from "./place";

const root = join(__dirname, "..", "..", "..");
const agent = join(root, "steps", "support", "real", "agent.ts");

/** Who is told what happens; one scenario after the other. */
export interface StandAudience {
  /** A frame between the station's host and its modem; `at` is a reading of `process.hrtime.bigint()`. */
  onFrame(dir: "tx" | "rx", at: bigint, frame: Uint8Array): void;
  onPlant(happening: PlantHappening): void;
  onLost(what: string): void;
}

/** What all scenarios of a run share: an ear at the station's modem, the tester's hands at the other one, and the plant where there is one. */
export class Stand {
  readonly origin = process.hrtime.bigint();
  readonly folder = mkdtempSync(join(tmpdir(), "ccs-hil-stand-"));
  readonly place: Place;
  audience: StandAudience | undefined;
  host!: RemoteHost;
  observer: PlantObserver | undefined;
  private tap: RawLink | undefined;
  private hands: ReturnType<typeof spawn> | undefined;
  private lacking = false;
  /** What this stand has said to the modem in the station's name. */
  private said = "";
  private static made: Promise<Stand> | undefined;

  /** @throws EnvironmentError, Inconclusive */
  static async at(place: Place): Promise<Stand> {
    const last = await Stand.made?.catch(() => undefined);
    if (!last || last.lacking) {
      last?.end();
      Stand.made = Stand.make(place);
    }
    return Stand.made as Promise<Stand>;
  }

  static async endAll(): Promise<void> {
    (await Stand.made?.catch(() => undefined))?.end();
    Stand.made = undefined;
  }

  private static async make(place: Place): Promise<Stand> {
    const stand = new Stand(place);
    try {
      await Promise.all([stand.listen(), stand.reach(), stand.observe()]);
      return stand;
    } catch (error) {
      stand.end();
      throw error;
    }
  }

  private constructor(place: Place) {
    this.place = place;
    process.once("exit", () => this.end());
  }

  /** As by a person who takes its supply away: the host of the modem is not asked. */
  restartModem(): void {
    const { tap } = this;
    if (!tap) return;
    const frame = encodeMme({ name: "VS_RS_DEV.REQ", da: LOCALCAST, sa: macOf(tap.mac), fields: {} });
    this.said = hex(frame);
    tap.send(frame);
  }

  private end(): void {
    this.audience = undefined;
    this.observer?.close();
    this.tap?.close();
    if (this.hands?.connected) this.hands.disconnect();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async listen(): Promise<void> {
    const tap = await RawLink.open({ interface: this.place.iface, select: "tap" });
    this.tap = tap;
    const own = hex(tap.mac);
    tap.onFrame((frame, at) => {
      if (hex(frame).startsWith(this.said) && this.said !== "") return;
      const [to, from] = [frame.subarray(0, 6), hex(frame.subarray(6, 12))];
      if (from === own) this.audience?.onFrame("tx", at, frame);
      else if (hex(to) === own || ((to[0] ?? 0) & 1) === 1) this.audience?.onFrame("rx", at, frame);
    });
  }

  private async reach(): Promise<void> {
    const { tester } = this.place;
    const words = ["-r", "ts-node/register", agent, tester, String(this.origin), "slac"];
    const hands = spawn(process.execPath, words, {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
    });
    this.hands = hands;
    this.host = await RemoteHost.start(hands).catch((error: Error) => {
      throw new Inconclusive(`the tester at ${tester}: ${error.message}`);
    });
    hands.once("exit", () => this.lost(`the tester at ${tester}`));
  }

  private async observe(): Promise<void> {
    const { place, origin: originNs } = this;
    if (!hasPlant(place)) return;
    const clock = new SystemClock(originNs);
    this.observer = await PlantObserver.open({ path: join(place.plant, "observer"), clock, originNs });
    this.observer.onHappening((happening) => this.audience?.onPlant(happening));
  }

  private lost(what: string): void {
    this.lacking = true;
    this.audience?.onLost(what);
  }
}
