import { concat, hex, unhex } from "../../core";

/** Values of the fields that stand before the one being read. */
type Before = Readonly<Record<string, unknown>>;

/** How one value lies in the octets of an MME body. */
export interface Kind<T> {
  size(before: Before): number;
  get(octets: Uint8Array): T;
  put(value: T): Uint8Array;
}

/** Whether the sender must give a value, may leave it to the layout, or may leave it out. */
type Presence = "required" | "given" | "optional";

export interface Field<T, P extends Presence = "required"> extends Kind<T> {
  readonly presence: P;
  /** The only value that a conforming sender uses; a receiver may hold it to that (see `deviations`). */
  readonly fixed?: T;
  /** What `encodeMme` writes when no value is given. */
  readonly usual?: T;
  /** Stands in the frame only under this condition. */
  readonly when?: (before: Before, remaining: number) => boolean;
  /** Never shown in traces and logs. */
  readonly secret?: boolean;
}

export type Layout = Readonly<Record<string, Field<unknown, Presence>>>;

type ValueOf<F> = F extends Field<infer T, Presence> ? T : never;
type KeysOf<L extends Layout, P extends Presence> = {
  [K in keyof L]: L[K] extends Field<unknown, P> ? K : never;
}[keyof L];

/** What a receiver finds. */
export type FieldsOf<L extends Layout> = { readonly [K in KeysOf<L, "required" | "given">]: ValueOf<L[K]> } & {
  readonly [K in KeysOf<L, "optional">]?: ValueOf<L[K]>;
};

/** What a sender gives; the rest comes from the layout. */
export type GivenFields<L extends Layout> = { readonly [K in KeysOf<L, "required">]: ValueOf<L[K]> } & {
  readonly [K in KeysOf<L, "given" | "optional">]?: ValueOf<L[K]>;
};

export interface MmeLayout<L extends Layout = Layout> {
  readonly type: number;
  /** HomePlug AV versions under which it is understood; it is sent under the first. */
  readonly versions: readonly number[];
  readonly fields: L;
}

/** An MME with the HomePlug AV 1.1 header (every CC_ and CM_ message). */
export const mme = <L extends Layout>(type: number, fields: L, versions: readonly number[] = [1]): MmeLayout<L> => ({
  type,
  versions,
  fields,
});

/** Qualcomm's OUI, which opens the body of its vendor messages. */
const OUI = fixed(bytes(3), "00B052");

/** A vendor MME of Qualcomm: 1.0 header, without fragmentation octets, unless said otherwise. */
export const vendorMme = <L extends Layout>(type: number, fields: L, versions: readonly number[] = [0]) =>
  mme(type, { OUI, ...fields }, versions);

function required<T>(kind: Kind<T>): Field<T> {
  return { ...kind, presence: "required" };
}

/** Unsigned, little-endian. */
function unsigned(octets: 1 | 2 | 4): Field<number> {
  return required({
    size: () => octets,
    get: (at) => Buffer.from(at).readUIntLE(0, octets),
    put: (value: number) => {
      const out = Buffer.alloc(octets);
      out.writeUIntLE(value, 0, octets);
      return new Uint8Array(out);
    },
  });
}
export const u8 = unsigned(1);
export const u16 = unsigned(2);
export const u32 = unsigned(4);

/** Upper-case hex. Of another length than `length` it is written as it is: wrong frames can be sent on purpose. */
export function bytes(length: number | ((before: Before) => number)): Field<string> {
  return required({ size: typeof length === "number" ? () => length : length, get: hex, put: unhex });
}

/** A MAC address as `AA:BB:CC:DD:EE:FF`. */
export const mac: Field<string> = required({ size: () => 6, get: macOf, put: unhex });

/** A text ended by NUL. Where `length` is a number it is cut or filled with zeros to that, and a full one has no NUL. */
export const text = (length: number | ((before: Before) => number)): Field<string> =>
  required({
    size: typeof length === "number" ? () => length : length,
    get: (at) => Buffer.from(at).toString("latin1").split("\0", 1)[0] ?? "",
    put: (value: string) => {
      const ended = Buffer.from(`${value}\0`, "latin1");
      return typeof length === "number" ? concat(ended, new Uint8Array(length)).subarray(0, length) : ended;
    },
  });

/** As many octets, each a number, as the field `count` says. */
export const octets = (count: string): Field<readonly number[]> =>
  required({
    size: (before) => Number(before[count]),
    get: (at) => [...at],
    put: (values: readonly number[]) => Uint8Array.from(values),
  });

/** As many records as the field `count` says; their own fields have fixed sizes. */
export function records<L extends Layout>(count: string, layout: L): Field<readonly FieldsOf<L>[]> {
  const parts = Object.entries(layout);
  const sizes = parts.map(([, field]) => field.size({}));
  const starts = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, it) => sum + it, 0));
  const size = sizes.reduce((sum, it) => sum + it, 0);
  const one = (at: Uint8Array): FieldsOf<L> =>
    Object.fromEntries(
      parts.map(([name, field], index) => [name, field.get(at.subarray(starts[index], starts[index + 1]))]),
    ) as FieldsOf<L>;
  return required({
    size: (before) => Number(before[count]) * size,
    get: (at) =>
      Array.from({ length: at.length / size }, (_, index) => one(at.subarray(index * size, (index + 1) * size))),
    put: (items: readonly FieldsOf<L>[]) =>
      concat(...items.flatMap((item) => parts.map(([name, field]) => field.put((item as Before)[name])))),
  });
}

export function fixed<T>(field: Field<T>, value: T): Field<T, "given"> {
  return { ...field, presence: "given", fixed: value, usual: value };
}
export const usual = <T>(field: Field<T>, value: T): Field<T, "given"> => ({
  ...field,
  presence: "given",
  usual: value,
});
export const zeros = (length: number) => fixed(bytes(length), "00".repeat(length));
export const secret = <T>(field: Field<T>): Field<T> => ({ ...field, secret: true });
export const onlyIf = <T>(
  field: Field<T>,
  when: (before: Before, remaining: number) => boolean,
): Field<T, "optional"> => ({ ...field, presence: "optional", when });

const twoDigits = Array.from({ length: 256 }, (_, octet) => octet.toString(16).toUpperCase().padStart(2, "0"));

export function macOf(octets: Uint8Array): string {
  let text = twoDigits[octets[0] ?? 0] ?? "";
  for (let at = 1; at < octets.length; at++) text += `:${twoDigits[octets[at] ?? 0]}`;
  return octets.length === 0 ? "" : text;
}
