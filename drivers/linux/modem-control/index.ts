export { ModemClient, type ModemClientOptions, type TimedPassage } from "./client";
export type { CommandName } from "./commands";
export { Levels } from "./levels";
export { ModemControl } from "./server";
