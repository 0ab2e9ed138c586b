import type { FieldsOf, GivenFields } from "./layout";
import { modemMmes } from "./mmes-modem";
import { slacMmes } from "./mmes-slac";

/** Every MME known here, by its name. */
export const mmes = { ...slacMmes, ...modemMmes } as const;

export type MmeName = keyof typeof mmes;
export const mmeNames = Object.keys(mmes) as MmeName[];

type LayoutOf<N extends MmeName> = (typeof mmes)[N]["fields"];
export type MmeFields<N extends MmeName> = FieldsOf<LayoutOf<N>>;
export type MmeGiven<N extends MmeName> = GivenFields<LayoutOf<N>>;

/** Octets round the fields; what is left out is as a conforming sender has it. */
export interface MmeFrame {
  /** Destination and source as `AA:BB:CC:DD:EE:FF`. */
  readonly da: string;
  readonly sa: string;
  /** Tag control information of an 802.1Q tag. */
  readonly vlan?: number;
  readonly mmv?: number;
  /** Fragmentation octets FMI and FMSN in one number, FMI first; 0 in SLAC. */
  readonly fragment?: number;
  /** Octets after the last field, in hex, beyond the padding to the shortest frame. */
  readonly trailing?: string;
}

export type Mme<N extends MmeName = MmeName> = {
  [K in N]: MmeFrame & { readonly kind: "Mme"; readonly name: K; readonly fields: MmeFields<K> };
}[N];
