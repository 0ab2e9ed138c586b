/** Everything a request can be refused with, and its code (firmware/PROTOCOL.md, chapter 5.5). */
export const codes = {
  invalid_request: -32600,
  unknown_method: -32601,
  unknown_fault: -32602,
  unknown_figure: -32602,
  not_armed: 1001,
  aux_mismatch: 1002,
  busy: 1004,
  forced_open: 1006,
  not_yours: 1007,
  locked: 1008,
} as const;

export type RefusalName = keyof typeof codes | `bad_${string}`;

/** What a client may not do, or cannot have meant. Pilot commands have reasons without a code. */
export class Refusal extends Error {
  readonly code: number;

  constructor(name: RefusalName | "unknown_cmd" | "mode_dc_auto" | "mode_manual" | "contactor_closed") {
    super(name);
    this.code = (codes as Readonly<Record<string, number>>)[name] ?? -32602;
  }
}
