import { protocol, type Role, roles } from "../protocol";
import { evMethods } from "./ev-methods";
import { evseCommands } from "./evse-commands";
import { evseMethods } from "./evse-methods";
import { asking, type Method, type Methods } from "./method";
import { observerMethods } from "./observer-methods";
import { Refusal } from "./refusal";

const commands: Readonly<Record<Role, Methods>> = { evse: evseCommands, ev: {}, observer: {} };

const methods: Readonly<Record<Role, Methods>> = { evse: evseMethods, ev: evMethods, observer: observerMethods };

const capabilities: Readonly<Record<Role, readonly string[]>> = {
  evse: [
    "cp.drive",
    "cp.low",
    "cp.drive.e",
    "cp.drive.f",
    "contactor",
    "temps",
    "meter",
    "adc",
    "supply",
    "imd",
    "lock",
  ],
  ev: ["ev.pilot", "ev.contactor", "inlet", "battery"],
  observer: ["plant"],
};

/** What everybody may ask. */
const common: Methods = {
  "sys.ping": asking((client) => ({ up_ms: client.now() })),
  "sys.info": asking(({ role }) => ({
    role,
    proto: protocol.proto,
    plant: protocol.plant,
    capabilities: capabilities[role],
  })),
};

/** @throws Refusal */
export const commandOf = (role: Role, name: string): Method => find(commands, role, name, "unknown_cmd");

/** @throws Refusal */
export const methodOf = (role: Role, name: string): Method =>
  !Object.hasOwn(methods[role], name) && Object.hasOwn(common, name)
    ? common[name]!
    : find(methods, role, name, "unknown_method");

function find(
  tables: Readonly<Record<Role, Methods>>,
  role: Role,
  name: string,
  unknown: "unknown_cmd" | "unknown_method",
): Method {
  if (Object.hasOwn(tables[role], name)) return tables[role][name]!;
  throw new Refusal(roles.some((other) => Object.hasOwn(tables[other], name)) ? "not_yours" : unknown);
}
