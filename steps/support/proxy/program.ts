import { SystemClock } from "../../../drivers/linux/clock";
import { LinuxNetwork } from "../../../drivers/linux/network";
import { mutationOf } from "./mutation";
import { relay } from "./relay";
import { Speech } from "./speech";

/** `program CAR_INTERFACE STATION_INTERFACE [MUTATION]`: a station that is the one behind it, with one thing changed of what that one says. */
async function main([ofCar = "", ofStation = "", name]: readonly string[]): Promise<void> {
  const mutation = name === undefined ? undefined : mutationOf(name);
  if (name !== undefined && !mutation) throw new Error(`"${name}" is no mutation`);
  const clock = new SystemClock();
  const car = await LinuxNetwork.open({ interface: ofCar, clock });
  const station = await LinuxNetwork.open({ interface: ofStation, clock });
  relay({ clock, car, station, speech: mutation && new Speech(mutation) });
  console.error("Listening");
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
