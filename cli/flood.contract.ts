import { Capture } from "../drivers/linux/capture";
import { SeededEntropy } from "../drivers/virtual/entropy";
import { encodeMme, macOf } from "../protocol/homeplug";

/**
 * Program: `flood INTERFACE TO RATE FRAMES` sends bad frames to the host TO at a rate a second, from within its own process: a channel to a child
 * would cost more than the frames. It tells on standard output when it has sent the FRAMES that were asked for.
 */

/** Made beforehand, and sent again and again. */
const DIFFERENT = 4_096;

/** Noise of the power line's EtherType, or a message of a match that never was: whole, cut short, or bent. */
export function badFrame(entropy: SeededEntropy, from: Uint8Array, to: Uint8Array): Uint8Array {
  const octet = (): number => entropy.bytes(1)[0] ?? 0;
  // Whole messages are of another car: who speaks in the name of this one can stop its match, as nothing in SLAC is secured.
  const [da, sa] = [macOf(to), "02:00:00:00:AA:01"];
  const RunID = Buffer.from(entropy.bytes(8)).toString("hex");
  const whole = [
    () => encodeMme({ name: "CM_SLAC_PARM.REQ", da: "FF:FF:FF:FF:FF:FF", sa, fields: { RunID } }),
    () => encodeMme({ name: "CM_SLAC_PARM.CNF", da, sa, fields: { FORWARDING_STA: da, RunID } }),
    () => encodeMme({ name: "CM_ATTEN_CHAR.RSP", da, sa, fields: { SOURCE_ADDRESS: sa, RunID } }),
    () => encodeMme({ name: "CM_SLAC_MATCH.REQ", da, sa, fields: { PEV_MAC: sa, EVSE_MAC: da, RunID } }),
  ];
  const kind = octet();
  if (kind < 100) {
    const noise = entropy.bytes(14 + octet());
    noise.set([...to, ...from, 0x88, 0xe1]);
    return noise;
  }
  const frame = Uint8Array.from((whole[octet() % whole.length] as () => Uint8Array)());
  // In the name of this car only what is cut before it can be told what it was: on the wire it is filled up with zeros.
  if (kind < 140) {
    frame.set(from, 6);
    return frame.subarray(0, 14 + (octet() % 3));
  }
  if (kind < 180) return frame.subarray(0, 14 + (octet() % 14));
  if (kind < 240) frame[14 + (octet() % (frame.length - 14))] = octet();
  return frame;
}

function main(name: string, to: Uint8Array, rate: number, wanted: number): void {
  process.on("disconnect", () => process.exit(0));
  const capture = new Capture({
    interface: name,
    select: "homeplug",
    onFrame: () => undefined,
    onError: () => undefined,
  });
  const entropy = new SeededEntropy(7);
  const frames = Array.from({ length: DIFFERENT }, () => badFrame(entropy, capture.mac, to));
  const began = performance.now();
  let sent = 0;
  let told = false;
  setInterval(() => {
    // What is late is made up for, but not all at once: that would be another flood.
    const due = Math.min(sent + rate / 50, (rate * (performance.now() - began)) / 1_000);
    for (; sent < due; sent++) capture.send(frames[sent % DIFFERENT] as Uint8Array);
    if (sent < wanted || told) return;
    told = true;
    process.stdout.write(`${sent} frames in ${((performance.now() - began) / 1_000).toFixed(1)} s\n`);
  }, 1);
}

if (require.main === module) {
  const [name = "", to = "", rate, wanted] = process.argv.slice(2);
  main(name, Uint8Array.from(Buffer.from(to.replaceAll(":", ""), "hex")), Number(rate), Number(wanted));
}
