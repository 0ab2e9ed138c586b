import { networkInterfaces } from "node:os";
import type { Cancel, Clock } from "../core/clock";
import type { Trace } from "../core/trace";
import type { Access, Operator } from "../secc/api";
import type { StationNode } from "../secc/node";
import { accessOf, type Place, placeOfText } from "./api-access";
import { CommandError } from "./errors";

interface ApiOptions {
  readonly api?: string | true;
  readonly apiTokenFile?: string;
  readonly apiName?: readonly string[];
}

/**
 * Where the HTTP interface of a station listens, if it has one: never where a vehicle could reach it.
 * @param iface the interface of the charging cable
 * @throws CommandError
 */
export function apiChoice(options: ApiOptions, iface: string): { place: Place; access: Access } | undefined {
  if (options.api === undefined) return undefined;
  const place = placeOfText(options.api);
  const { host } = place;
  const exposed = networkInterfaces()[iface]?.some(({ address }) => address === host.split("%", 1)[0]);
  if (/^(0\.0\.0\.0|::)$/.test(host) || exposed || host.endsWith(`%${iface}`))
    throw new CommandError("usage", `--api ${host}: a vehicle on ${iface} could reach it; name another address`);
  const { apiTokenFile: tokenFile, apiName: name } = options;
  const given = { ...(tokenFile !== undefined && { tokenFile }), ...(name && { name }) };
  return { place, access: accessOf(place, given, process.env) };
}

/** A station in the field: an operator lets a vehicle charge, stops it, and ends everything at once. */
export function fieldOperator(node: StationNode, clock: Clock, trace: Trace): Operator {
  let limit: number | undefined;
  let running: Cancel | undefined;
  const forget = (): void => {
    running?.();
    running = limit = undefined;
  };
  trace.onEvent((event) => {
    if (event.node !== "secc" || event.type !== "state") return;
    if (event.machine === "power" && event.to === "Delivering" && limit !== undefined && !running)
      running = clock.after(limit, () => node.stimulus("stop"));
    if (event.machine === "station" && event.from === "InSession") forget();
  });
  return {
    start: ({ duration_s }) => {
      forget();
      limit = duration_s * 1000;
      node.stimulus("authorise");
      return undefined;
    },
    stop: () => {
      forget();
      node.stimulus("deauthorise");
      node.stimulus("stop");
    },
    emergency: (reason) => node.emergency(reason),
    pwm: (duty) => {
      node.drive(duty);
      return undefined;
    },
    match: () => ({ refused: "the station matches by itself when a vehicle is plugged in" }),
    open: () => undefined,
  };
}
