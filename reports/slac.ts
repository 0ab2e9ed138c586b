import type { EventOf, Millis, Node, TraceEvent } from "../core";
import { BROADCAST, type MmeName, meanOf, slacTimers } from "../protocol/homeplug";
import { byTime } from "./wire";

/** How long one part of a match took at the interface of the node, beside the limit that binds it. */
export interface SlacPhase {
  readonly name: string;
  /** Who ends it, and so can be late. */
  readonly by: "secc" | "evcc" | "both";
  readonly ms: Millis;
  readonly limit: { readonly name: string; readonly ms: Millis };
}

/** One match as one end has seen it on its interface: up to CM_SLAC_MATCH.CNF, and to the link where it came up. */
export interface SlacMatch {
  readonly node: Node;
  /** Time of CM_SLAC_MATCH.CNF. */
  readonly t: Millis;
  readonly evMac: string;
  readonly evseMac: string;
  readonly nid: string;
  readonly runId: string;
  /** What the station reported: the mean, and each carrier group, in dB; how many soundings it averaged. */
  readonly attenuationDb: number;
  readonly groups: readonly number[];
  readonly sounds: number;
  readonly phases: readonly SlacPhase[];
}

interface PhaseRow {
  /** The latest of these frames before the end, or the first of the run. */
  readonly from: MmeName;
  readonly first?: true;
  readonly to: MmeName;
  readonly by: SlacPhase["by"];
  readonly limit: keyof typeof slacTimers;
}

/** In the order of the match; limits are those of the side that waits. */
const rows: readonly PhaseRow[] = [
  { from: "CM_SLAC_PARM.REQ", to: "CM_SLAC_PARM.CNF", by: "secc", limit: "TT_match_response" },
  { from: "CM_SLAC_PARM.CNF", to: "CM_START_ATTEN_CHAR.IND", by: "evcc", limit: "TT_match_sequence" },
  { from: "CM_START_ATTEN_CHAR.IND", first: true, to: "CM_MNBC_SOUND.IND", by: "evcc", limit: "TT_EVSE_match_MNBC" },
  { from: "CM_START_ATTEN_CHAR.IND", first: true, to: "CM_ATTEN_CHAR.IND", by: "secc", limit: "TT_EV_atten_results" },
  { from: "CM_ATTEN_CHAR.IND", to: "CM_ATTEN_CHAR.RSP", by: "evcc", limit: "TT_match_response" },
  { from: "CM_ATTEN_CHAR.RSP", to: "CM_SLAC_MATCH.REQ", by: "evcc", limit: "TT_EVSE_match_session" },
  { from: "CM_SLAC_MATCH.REQ", to: "CM_SLAC_MATCH.CNF", by: "secc", limit: "TT_match_response" },
];
/** Messages of which the last one ends its phase; of the others the first does. */
const lastEnds: readonly MmeName[] = ["CM_MNBC_SOUND.IND"];

type Mme = EventOf<"mme">;
interface Fields {
  readonly RunID?: string;
  readonly NID?: string;
  readonly PEV_MAC?: string;
  readonly EVSE_MAC?: string;
  readonly AAG?: readonly number[];
  readonly NumSounds?: number;
  readonly sa?: string;
  readonly da?: string;
  readonly LinkStatus?: number;
}
const fieldsOf = ({ fields }: Mme): Fields => (fields ?? {}) as Fields;

/** Every match of the trace at this node's interface, in order. A repeated confirmation is not a match of its own. */
export function slacMatches(events: readonly TraceEvent[], node: Node): SlacMatch[] {
  const own = byTime(events).filter((event) => event.node === node);
  const frames = own.filter((event): event is Mme => event.type === "mme");
  const states = own.filter((event): event is EventOf<"state"> => event.type === "state");
  const matches: SlacMatch[] = [];
  for (const cnf of frames) {
    if (cnf.name !== "CM_SLAC_MATCH.CNF") continue;
    const { RunID: runId = "", NID: nid = "", PEV_MAC: evMac = "", EVSE_MAC: evseMac = "" } = fieldsOf(cnf);
    const before = matches.at(-1);
    if (before?.runId === runId && before.evMac === evMac && before.nid === nid) continue;
    const since = before?.t ?? Number.NEGATIVE_INFINITY;
    const run = frames.filter(
      (frame) => frame.t > since && frame.t <= cnf.t && isOf(fieldsOf(frame), { runId, evMac, evseMac }),
    );
    const { AAG: groups = [], NumSounds: sounds = 0 } = fieldsOf(lastOf(run, "CM_ATTEN_CHAR.IND") ?? cnf);
    const attenuationDb = groups.length > 0 ? meanOf(groups) : 0;
    const phases = [...rows.flatMap((row) => phaseOf(row, run)), ...joinOf(cnf, states, frames)];
    matches.push({ node, t: cnf.t, evMac, evseMac, nid, runId, attenuationDb, groups, sounds, phases });
  }
  return matches;
}

/** A frame of that car's run; another station's frames to the car are not part of it. */
const isOf = (
  { RunID, sa, da }: Fields,
  { runId, evMac, evseMac }: { runId: string; evMac: string; evseMac: string },
): boolean => RunID === runId && (sa === evMac ? da === evseMac || da === BROADCAST : sa === evseMac && da === evMac);

const lastOf = (run: readonly Mme[], name: string): Mme | undefined => run.findLast((frame) => frame.name === name);

function phaseOf({ from, first, to, by, limit }: PhaseRow, run: readonly Mme[]): SlacPhase[] {
  const end = lastEnds.includes(to) ? lastOf(run, to) : run.find((frame) => frame.name === to);
  const before = run.filter((frame) => frame.name === from && end && frame.t <= end.t);
  const start = first ? before[0] : before.at(-1);
  if (!start || !end) return [];
  const last = lastEnds.includes(to) ? "last " : "";
  return [{ name: `${from} → ${last}${to}`, by, ms: end.t - start.t, limit: { name: limit, ms: slacTimers[limit] } }];
}

/** The link is there when the machine goes on from waiting for it; of one that tells nothing, when its modem says so. */
function joinOf(cnf: Mme, states: readonly EventOf<"state">[], frames: readonly Mme[]): SlacPhase[] {
  const up =
    states.find(({ machine, to, t }) => machine === "slac" && to === "AwaitLinkReady" && t >= cnf.t) ??
    frames.find((frame) => frame.name === "VS_PL_LNK_STATUS.CNF" && frame.t >= cnf.t && fieldsOf(frame).LinkStatus);
  if (!up) return [];
  const limit = { name: "TT_match_join", ms: slacTimers.TT_match_join };
  return [{ name: "CM_SLAC_MATCH.CNF → link", by: "both", ms: up.t - cnf.t, limit }];
}
