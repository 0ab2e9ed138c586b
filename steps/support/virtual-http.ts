import type { Clock } from "../../core/clock";
import type { Ask } from "../../core/http";
import type { EvsePilot } from "../../core/pilot";
import type { PowerPath } from "../../core/power";
import type { Trace } from "../../core/trace";
import type { Helper } from "../../secc/api";
import type { StationNode } from "../../secc/node";
import { tokens } from "./http-requests";

export interface StationInMemory {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly pilot: EvsePilot;
  readonly power: PowerPath;
  readonly node: StationNode;
  readonly helper?: Helper;
}

/** The HTTP interface of a station in this process, asked in memory; what it answers goes into the trace. */
export async function virtualHttp({ clock, trace, pilot, power, node, helper }: StationInMemory): Promise<Ask> {
  const { apiServer, Feed, fieldOperator, StationView, watched } =
    require("../../secc/api") as typeof import("../../secc/api");
  const wall = (): Date => new Date(Date.UTC(2026, 0, 1) + clock.now());
  const seen = watched(pilot);
  const view = new StationView({ clock, trace, pilot: seen, power, wall }, node.state.config, "virtual");
  const operator = fieldOperator(node, clock, trace, helper);
  const feed = new Feed({ clock, trace, driven: () => seen.driven(), wall }, view, operator);
  const access = {
    tokens: [
      { text: tokens.write, may: "write" as const },
      { text: tokens["read-only"], may: "read" as const },
      { text: tokens.expired, may: "write" as const, until: new Date(0) },
    ],
    loopback: true,
    names: [],
  };
  const app = await apiServer({ view, operator, feed, access, clock, trace, wall, version: "0", documented: false });
  return async ({ method, path, headers, body, from = "127.0.0.1" }) => {
    const payload = body === undefined ? {} : { payload: body };
    const answer = await app.inject({ method: method as "GET", url: path, headers, remoteAddress: from, ...payload });
    return { status: answer.statusCode, body: answer.body };
  };
}
