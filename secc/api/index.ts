export { Feed } from "./feed";
export { fieldOperator } from "./field-operator";
export { type Access, everybodyHere, type Token } from "./guard";
export type { HttpFault } from "./handler";
export type { Helper, Operator, Outcome, Refusal, Simulation } from "./operator";
export type { Params, Status } from "./schemas";
export { type ApiOptions, apiServer } from "./server";
export { StationView, watched } from "./view";
