/**
 * Times the EXI codec on single messages: `npm run bench:exi [-- SECONDS]`. Prints nanoseconds per call beside recorded figures
 * of other codecs, as ratios. The figures were taken once on another machine of the same kind; only ours are measured now.
 */
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { decode, encode } from "../protocol/exi";
import { messageSets } from "../protocol/message-sets";
import { foreignRoot } from "./foreign";

/** Recorded nanoseconds: encode, decode; median of runs on an Intel Xeon at 2.8 GHz, 2 shared cores, Node 20.20. */
interface Recorded {
  readonly set: string;
  readonly message: string;
  readonly octets: number;
  readonly cbV2G: readonly [number, number];
  readonly "OCC-TS"?: readonly [number, number];
  readonly EXIficient: readonly [number, number];
}

const recorded: readonly Recorded[] = [
  {
    set: "sap",
    message: "supportedAppProtocolReq",
    octets: 68,
    cbV2G: [1456, 1556],
    "OCC-TS": [11354, 6065],
    EXIficient: [5982, 4635],
  },
  {
    set: "iso2",
    message: "SessionSetupReq",
    octets: 21,
    cbV2G: [508, 526],
    "OCC-TS": [4229, 1350],
    EXIficient: [2344, 1350],
  },
  {
    set: "iso2",
    message: "CurrentDemandReq",
    octets: 42,
    cbV2G: [1280, 1443],
    "OCC-TS": [6058, 3626],
    EXIficient: [11449, 7548],
  },
  {
    set: "iso2",
    message: "CurrentDemandRes",
    octets: 59,
    cbV2G: [1608, 1639],
    "OCC-TS": [7883, 5689],
    EXIficient: [13030, 8721],
  },
  {
    set: "iso2",
    message: "ChargeParameterDiscoveryRes",
    octets: 551,
    cbV2G: [12452, 12776],
    "OCC-TS": [69876, 53673],
    EXIficient: [34592, 27318],
  },
  {
    set: "iso2",
    message: "CertificateInstallationRes",
    octets: 4595,
    cbV2G: [177852, 86636],
    "OCC-TS": [380321, 289006],
    EXIficient: [175135, 130592],
  },
  {
    set: "iso20-dc",
    message: "DC_ChargeLoopReq",
    octets: 33,
    cbV2G: [808, 904],
    "OCC-TS": [5450, 3063],
    EXIficient: [6046, 4498],
  },
  {
    set: "iso20-dc",
    message: "DC_ChargeLoopRes",
    octets: 44,
    cbV2G: [1180, 1204],
    "OCC-TS": [5270, 3623],
    EXIficient: [8688, 6374],
  },
  {
    set: "iso20-common",
    message: "ServiceDetailRes",
    octets: 403,
    cbV2G: [9540, 10712],
    "OCC-TS": [61390, 47225],
    EXIficient: [35304, 24264],
  },
  { set: "din", message: "CurrentDemandReq", octets: 51, cbV2G: [1521, 1443], EXIficient: [17041, 10402] },
];

interface Vector {
  readonly id: string;
  readonly set: string;
  readonly message: string;
  readonly exi: string;
  readonly stringTableHits?: unknown;
  readonly trailingBytes?: number;
}

const vectors: Vector[] = readFileSync(join(foreignRoot, "data/exi/vectors.jsonl"), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line))
  .filter((vector) => vector.stringTableHits === undefined && vector.trailingBytes === undefined);

/** The vector of the message whose length is nearest to that of the recorded payload. */
function payload({ set, message, octets }: Recorded): Uint8Array {
  const distance = ({ exi }: Vector) => Math.abs(exi.length / 2 - octets);
  const [nearest] = vectors
    .filter((vector) => vector.set === set && vector.message === message)
    .sort((a, b) => distance(a) - distance(b) || (a.id < b.id ? -1 : 1));
  if (nearest === undefined) throw new Error(`no vector of ${set} ${message}`);
  return Uint8Array.from(Buffer.from(nearest.exi, "hex"));
}

const seconds = Number(process.argv[2] ?? 0.5);
const SLICE = 1e6;

/** Median and fastest of many short slices, after as long a warm-up: those in which the machine did something else fall out. */
function nanoseconds(call: () => unknown): { median: number; fastest: number } {
  const time = (calls: number): number => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) call();
    return Number(process.hrtime.bigint() - start) / calls;
  };
  const slices = (count: number, calls: number): number[] =>
    Array.from({ length: count }, () => time(calls)).sort((a, b) => a - b);
  const count = Math.max(10, Math.round((seconds * 1e9) / SLICE));
  const warm = slices(count, Math.ceil(SLICE / time(1000)));
  const timings = slices(count, Math.ceil(SLICE / warm[count >> 1]!));
  return { median: timings[count >> 1]!, fastest: timings[0]! };
}

const peers = ["cbV2G", "OCC-TS", "EXIficient"] as const;
const ratio = (ours: number, theirs: number | undefined) => (theirs === undefined ? "n/a" : (ours / theirs).toFixed(2));

const [load] = loadavg();
console.log(`${cpus()[0]?.model}, Node ${process.versions.node}, load ${load?.toFixed(1)}`);
console.log("Encode, decode: ns per call measured in this run, median and (fastest) of slices of about a millisecond.");
console.log("Peers: our median over the recorded median, per octet where lengths differ; below 1 we are faster.\n");
console.log(`| message | octets (recorded) | encode | ${peers.join(" | ")} | decode | ${peers.join(" | ")} |`);
console.log(`|---|---|${"---|".repeat(2 * peers.length + 2)}`);
for (const figures of recorded) {
  const set = messageSets[figures.set]!;
  const stream = payload(figures);
  const { root, value } = decode(set, stream);
  if (Buffer.compare(encode(set, root, value), stream) !== 0) throw new Error(`${figures.message} does not come back`);
  const scale = stream.length / figures.octets;
  const columns = [() => encode(set, root, value), () => decode(set, stream)].flatMap((call, direction) => {
    const ours = nanoseconds(call);
    const figure = `${Math.round(ours.median)} (${Math.round(ours.fastest)})`;
    return [figure, ...peers.map((peer) => ratio(ours.median / scale, figures[peer]?.[direction]))];
  });
  console.log(`| ${figures.set} ${figures.message} | ${stream.length} (${figures.octets}) | ${columns.join(" | ")} |`);
}
