/** Where a requirement stands. `ccs-hil` are our own, for what a charging bench should hold and no numbered requirement says. */
export type Document =
  | "ISO 15118-2:2014"
  | "ISO 15118-3:2015"
  | "IEC 61851-1:2017"
  | "IEC 61851-23:2023"
  | "DIN SPEC 70121:2014"
  | "CCS Design Guide V7"
  | "ccs-hil";

/** How we know what an id demands. Only `verified in text` was read in the standard itself; an unverified id fails nothing by its number alone. */
export type Status = "verified in text" | `quoted by ${number} peer${"" | "s"}` | "unverified";

export interface Requirement {
  readonly doc: Document;
  readonly binds: "SECC" | "EVCC" | "both";
  readonly level: "shall" | "should" | "derived";
  /** Our own short paraphrase. */
  readonly gist: string;
  readonly status: Status;
}

export type Registry = Readonly<Record<string, Requirement>>;

/** One row of a registry as it is written down: whom it binds, how many independent sources cite the id (0: none), and the gist. */
export type Row = readonly [binds: Requirement["binds"], sources: number, gist: string];

export const quotedBy = (sources: number): Status =>
  sources === 0 ? "unverified" : sources === 1 ? "quoted by 1 peer" : `quoted by ${sources} peers`;

export const registry = (
  doc: Document,
  level: Requirement["level"],
  rows: Readonly<Record<string, Row>>,
): Record<string, Requirement> =>
  Object.fromEntries(
    Object.entries(rows).map(([id, [binds, sources, gist]]) => [
      id,
      { doc, binds, level, gist, status: quotedBy(sources) },
    ]),
  );
