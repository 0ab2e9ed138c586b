import type { Readable } from "node:stream";
import inject, { type DispatchFunc } from "light-my-request";
import type { Clock } from "../../core/clock";
import type { Ask, HttpRequest, Watch } from "../../core/http";
import type { EvsePilot } from "../../core/pilot";
import type { PowerPath } from "../../core/power";
import type { Trace } from "../../core/trace";
import type { Helper, HttpFault } from "../../secc/api";
import type { StationNode } from "../../secc/node";
import { tokens } from "./http-requests";

export interface StationInMemory {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly pilot: EvsePilot;
  readonly power: PowerPath;
  readonly node: StationNode;
  readonly helper?: Helper;
  readonly fault?: HttpFault;
}

/** The HTTP interface of a station in this process, asked in memory. */
export async function virtualHttp(station: StationInMemory): Promise<Ask> {
  const { clock, trace, pilot, power, node, helper, fault } = station;
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
  const common = { view, operator, feed, access, clock, trace, wall, version: "0", documented: false };
  const { server } = await apiServer({ ...common, ...(fault && { fault }) });
  feed.start();
  return asking((request, response) => void server.emit("request", request, response));
}

const asking =
  (serve: DispatchFunc): Ask =>
  async ({ method, path, headers, body, reads }) => {
    const payload = body === undefined ? {} : { payload: body };
    const asked = { method: method as "GET", url: path, headers, ...payload };
    if (reads === undefined) {
      const { statusCode: status, body: said } = await inject(serve, asked);
      return { status, body: said };
    }
    const answer = await inject(serve, { ...asked, payloadAsStream: true });
    return { status: answer.statusCode, body: "", watch: await watching(answer.stream(), reads) };
  };

async function watching(stream: Readable, reads: HttpRequest["reads"]): Promise<Watch> {
  let body = "";
  const take = async (): Promise<void> => {
    stream.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    await new Promise(setImmediate);
  };
  if (reads === "everything") await take();
  return {
    leave: async () => {
      if (reads === "nothing") await take();
      const open = !stream.destroyed && !stream.readableEnded;
      stream.destroy();
      return { body, open };
    },
  };
}
