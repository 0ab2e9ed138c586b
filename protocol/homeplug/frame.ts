import { concat, hex, unhex } from "../../core";
import { ETHERTYPE_HOMEPLUG, MIN_FRAME } from "./addresses";
import { type Field, type MmeLayout, macOf } from "./layout";
import { type Mme, type MmeFrame, type MmeGiven, type MmeName, mmeNames, mmes } from "./mmes";

const ETHERTYPE_VLAN = 0x8100;

/** Why a frame is none of the messages known here. All of them are ignored by a peer; none is an error of ours. */
export type NotAnMme =
  | { kind: "NotAnMme"; why: "ShortFrame" | "OtherEtherType" }
  | { kind: "NotAnMme"; why: "UnknownType"; type: number }
  | { kind: "NotAnMme"; why: "OtherVersion"; name: MmeName; mmv: number }
  | { kind: "NotAnMme"; why: "Fragment"; name: MmeName }
  | { kind: "NotAnMme"; why: "OtherVendor"; name: MmeName; oui: string }
  | { kind: "NotAnMme"; why: "Truncated"; name: MmeName; field: string };

export type DecodedMme = Mme;

type AnyField = Field<unknown, "required" | "given" | "optional">;
const layoutOf = (name: MmeName): MmeLayout => mmes[name];
/** Fields by message, in their order; made once, for every frame is read at every host and modem. */
const fieldsByName = new Map(
  mmeNames.map((name) => [name, Object.entries(layoutOf(name).fields) as [string, AnyField][]]),
);
const fieldsOf = (name: MmeName) => fieldsByName.get(name) ?? [];
const nameOfType = new Map(mmeNames.map((name) => [layoutOf(name).type, name]));

/**
 * The whole Ethernet frame, padded to 60 octets. Values that the layout fixes may be left out, or given wrong on purpose.
 * @throws RangeError when a value cannot be written at all (a number too large, not hex)
 */
export function encodeMme<N extends MmeName>(
  message: MmeFrame & { readonly name: N; readonly fields: MmeGiven<N> },
): Uint8Array {
  const { type, versions } = layoutOf(message.name);
  const given = message.fields as Readonly<Record<string, unknown>>;
  const mmv = message.mmv ?? versions[0] ?? 1;
  const tag =
    message.vlan === undefined
      ? []
      : [ETHERTYPE_VLAN >> 8, ETHERTYPE_VLAN & 0xff, message.vlan >> 8, message.vlan & 0xff];
  const fragment = message.fragment ?? 0;
  const body = fieldsOf(message.name).map(([name, field]) => {
    const value = given[name] ?? field.usual;
    if (value !== undefined) return field.put(value);
    if (field.when) return new Uint8Array(0);
    throw new RangeError(`${message.name} needs a value for ${name}`);
  });
  const frame = concat(
    unhex(message.da),
    unhex(message.sa),
    Uint8Array.from([...tag, ETHERTYPE_HOMEPLUG >> 8, ETHERTYPE_HOMEPLUG & 0xff, mmv, type & 0xff, type >> 8]),
    Uint8Array.from(mmv === 0 ? [] : [fragment >> 8, fragment & 0xff]),
    ...body,
    unhex(message.trailing ?? ""),
  );
  return frame.length >= MIN_FRAME ? frame : concat(frame, new Uint8Array(MIN_FRAME - frame.length));
}

/** Reads a frame; never throws. Trailing octets are kept, an 802.1Q tag is taken off. */
export function decodeMme(frame: Uint8Array): DecodedMme | NotAnMme {
  const word = (at: number) => ((frame[at] ?? 0) << 8) | (frame[at + 1] ?? 0);
  const vlan = word(12) === ETHERTYPE_VLAN ? word(14) : undefined;
  const head = vlan === undefined ? 14 : 18;
  if (frame.length < head + 3) return { kind: "NotAnMme", why: "ShortFrame" };
  if (word(head - 2) !== ETHERTYPE_HOMEPLUG) return { kind: "NotAnMme", why: "OtherEtherType" };
  const mmv = frame[head] ?? 0;
  const type = (frame[head + 1] ?? 0) | ((frame[head + 2] ?? 0) << 8);
  const name = nameOfType.get(type);
  if (!name) return { kind: "NotAnMme", why: "UnknownType", type };
  if (!layoutOf(name).versions.includes(mmv)) return { kind: "NotAnMme", why: "OtherVersion", name, mmv };
  if (mmv !== 0 && frame.length < head + 5) return { kind: "NotAnMme", why: "ShortFrame" };
  const fragment = mmv === 0 ? 0 : word(head + 3);
  if (fragment >> 8 !== 0) return { kind: "NotAnMme", why: "Fragment", name };
  const read = readFields(name, frame.subarray(head + (mmv === 0 ? 3 : 5)));
  if ("missing" in read) return { kind: "NotAnMme", why: "Truncated", name, field: read.missing };
  const oui = layoutOf(name).fields.OUI;
  if (oui?.fixed !== undefined && read.fields.OUI !== oui.fixed)
    return { kind: "NotAnMme", why: "OtherVendor", name, oui: String(read.fields.OUI) };
  const padding = frame.length === MIN_FRAME && read.rest.every((octet) => octet === 0);
  return {
    kind: "Mme",
    name,
    da: macOf(frame.subarray(0, 6)),
    sa: macOf(frame.subarray(6, 12)),
    ...(vlan !== undefined && { vlan }),
    ...(mmv !== layoutOf(name).versions[0] && { mmv }),
    ...(fragment !== 0 && { fragment }),
    ...(!padding && read.rest.length > 0 && { trailing: hex(read.rest) }),
    fields: read.fields,
  } as DecodedMme;
}

type ReadFields = { fields: Record<string, unknown>; rest: Uint8Array } | { missing: string };

function readFields(message: MmeName, body: Uint8Array): ReadFields {
  const fields: Record<string, unknown> = {};
  let at = 0;
  for (const [name, field] of fieldsOf(message)) {
    if (field.when && !field.when(fields, body.length - at)) continue;
    const size = field.size(fields);
    if (at + size > body.length) return { missing: name };
    fields[name] = field.get(body.subarray(at, at + size));
    at += size;
  }
  return { fields, rest: body.subarray(at) };
}

export interface Deviation {
  readonly field: string;
  readonly required: unknown;
  readonly measured: unknown;
}

/** Fields that the layout fixes and that the message has otherwise. */
export function deviations(message: DecodedMme): Deviation[] {
  const found = message.fields as Readonly<Record<string, unknown>>;
  return fieldsOf(message.name)
    .filter(([name, field]) => field.fixed !== undefined && found[name] !== field.fixed)
    .map(([field, { fixed }]) => ({ field, required: fixed, measured: found[field] }));
}

/** Name and fields of a frame for a trace; keys are left out, and what is not understood is named after its fault. */
export function reportMme(frame: Uint8Array): { name: string; fields?: object } {
  const message = decodeMme(frame);
  if (message.kind === "NotAnMme") return { name: "name" in message ? message.name : message.why, fields: message };
  const layout = layoutOf(message.name).fields;
  const shown = Object.entries(message.fields).filter(([name]) => !layout[name]?.secret);
  const { da, sa } = message;
  return { name: message.name, fields: { da, sa, ...Object.fromEntries(shown) } };
}
