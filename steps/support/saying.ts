import type { DataTable } from "@cucumber/cucumber";
import { unhex } from "../../core/bytes";
import type { MessageName, V2gMessage } from "../../protocol/v2g";
import { defaultMessage } from "./defaults";
import { withField } from "./fields";
import { Inconclusive } from "./judgement";
import { named } from "./named-values";
import type { HarnessWorld } from "./world";

/** A message with the fields of a two-column table; `Header.` leads to the header, all else to the body. */
export function withFields(world: HarnessWorld, message: V2gMessage, table: DataTable): V2gMessage {
  const rows = Object.entries(table.rowsHash()).map(([path, text]) => [path, named(world, text)] as const);
  return rows.reduce((whole, [path, text]) => {
    const inHeader = path.startsWith("Header.");
    return withField(whole, inHeader ? path.replace("Header", "header") : `body.${path}`, text) as V2gMessage;
  }, message);
}

/** What the tester would say now if it is that message, else a valid one of that name. */
export function messageToSend(world: HarnessWorld, name: MessageName): V2gMessage {
  const { held, evcc } = world;
  if (held?.name === name) return held;
  const message = defaultMessage(name, { SessionID: world.SessionID });
  const mode = name === "ChargeParameterDiscoveryReq" ? evcc.RequestedEnergyTransferMode : undefined;
  return mode === undefined ? message : (withField(message, "body.RequestedEnergyTransferMode", mode) as V2gMessage);
}

export function send(world: HarnessWorld, message: V2gMessage): void {
  world.stimulate();
  world.connection.send(message);
}

/** The octets of the tester's last request once more, whatever they were. */
export function repeatLast(world: HarnessWorld): void {
  const last = world.bench.trace.of("v2g", "evcc").findLast(({ dir }) => dir === "tx");
  if (!last) throw new Inconclusive("the EVCC has sent nothing yet");
  world.connection.sendFrame(unhex(last.hex), last.name, last.fields);
}
