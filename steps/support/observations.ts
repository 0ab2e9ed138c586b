import { unhex } from "../../core/bytes";
import type { EventOf, PowerSample, TraceEvent } from "../../core/trace";
import { boundsBroken, decodeMessage, grammarOf, type MessageName, type V2gMessage } from "../../protocol/v2g";
import { headerFault, headerLength, payloadTypes, readHeader } from "../../protocol/v2gtp";
import { isPhysical } from "./fields";
import type { HarnessWorld } from "./world";

type Frame = EventOf<"v2g">;
type Connection = EventOf<"connection">;

export const isAnswer =
  (world: HarnessWorld) =>
  (event: TraceEvent): event is Frame =>
    event.type === "v2g" && event.node === world.sut && event.dir === "tx";

/** The side under test closes the connection of the session; a second one is another matter. */
export function isClose(world: HarnessWorld): (event: TraceEvent) => event is Connection {
  const served = connectionOf(world);
  return (event): event is Connection =>
    event.type === "connection" &&
    event.node === world.sut &&
    event.by === "local" &&
    event.op !== "open" &&
    (served === undefined || event.connection === served);
}

/** Number of the connection on which the side under test last took part in a dialogue, or that was open before the stimulus. */
function connectionOf({ sut, bench, mark }: HarnessWorld): number | undefined {
  const { events } = bench.trace;
  const spoken = events.findLast((event) => event.type === "v2g" && event.node === sut) as Frame | undefined;
  const opened = ({ type, node, seq }: TraceEvent): boolean => type === "connection" && node === sut && seq < mark;
  return (spoken ?? (events.findLast(opened) as Connection | undefined))?.connection;
}

/** What a frame of the side under test holds, read from its octets: its fields, or what is wrong with it. */
export function contentOf({ hex, name }: Frame): { fields?: object; fault?: string } {
  const bytes = unhex(hex);
  const header = readHeader(bytes);
  const fault = headerFault(header, [payloadTypes.exi]);
  if (fault) return { fault: `a V2GTP header with a wrong ${fault}` };
  if (header.payloadLength !== bytes.length - headerLength) return { fault: "a V2GTP header with a wrong length" };
  let read: V2gMessage;
  try {
    read = decodeMessage(grammarOf(name as MessageName), bytes.subarray(headerLength));
  } catch (error) {
    return { fault: (error as Error).message };
  }
  const fields = read.header ? { Header: read.header, ...(read.body as object) } : read.body;
  const [broken] = boundsBroken(read);
  const unit = wrongUnit(fields, name);
  if (unit !== undefined) return { fields, fault: unit };
  return broken ? { fields, fault: `${broken.path}: ${broken.actual}, not ${broken.bound}` } : { fields };
}

const units: readonly (readonly [field: RegExp, unit: string])[] = [
  [/Voltage/, "V"],
  [/Current/, "A"],
  [/Power|^PMax$/, "W"],
  [/Energy|^EAmount$/, "Wh"],
  [/^RemainingTime/, "s"],
];

/** The first physical value whose unit is not that of its field's name (V2G2-417). */
function wrongUnit(value: unknown, path: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (isPhysical(value)) {
    const wanted = units.find(([field]) => field.test(name))?.[1];
    return wanted === undefined || value.Unit === wanted ? undefined : `${path}: in ${value.Unit}, not ${wanted}`;
  }
  for (const [key, inner] of Object.entries(value)) {
    const wrong = wrongUnit(inner, `${path}/${key}`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** The power path as the plant last recorded it before an event. What is seen by different eyes may be told in another order. */
export const powerBefore = ({ bench }: HarnessWorld, { t, seq }: TraceEvent): PowerSample | undefined =>
  bench.trace.of("power").findLast((sample) => sample.t < t || (sample.t === t && sample.seq < seq));

/** Below this nothing is delivered any more (S01). */
const noCurrent = 5;

export const isOff = ({ supply, evseContactor, current }: PowerSample): boolean =>
  !supply && !evseContactor && Math.abs(current) < noCurrent;

export const showPower = ({ supply, evseContactor, current, outlet }: PowerSample): string =>
  `supply ${supply ? "on" : "off"}, contactor ${evseContactor ? "closed" : "open"}, ${current.toFixed(1)} A, ${outlet.toFixed(0)} V`;
