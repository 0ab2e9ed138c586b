import { PlantLink, type PlantLinkOptions } from "./link";
import { PlantPilot } from "./station-pilot";
import { PlantPower } from "./station-power";

/** The station's end of a plant that is a process of its own: its pilot and its power path. */
export class PlantStation {
  readonly pilot: PlantPilot;
  readonly power: PlantPower;
  readonly link: PlantLink;

  /** Connects, and waits for the first readings. @throws EnvironmentError when there is no plant, or this is not its station's socket */
  static async open(options: PlantLinkOptions): Promise<PlantStation> {
    const station = new PlantStation(new PlantLink("evse", options));
    await station.link.await(() => station.pilot.known && station.power.known);
    return station;
  }

  private constructor(link: PlantLink) {
    this.link = link;
    this.pilot = new PlantPilot(link);
    this.power = new PlantPower(link);
  }

  /** The plant lets go at once what this station held. */
  close(): void {
    this.link.close();
  }
}
