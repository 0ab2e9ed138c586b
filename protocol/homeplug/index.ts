export * from "./addresses";
export * from "./frame";
export * from "./host";
export * from "./keys";
export { macOf } from "./layout";
export * from "./mmes";
export { validateResult } from "./mmes-slac";
export * from "./rows";
export * from "./slac";
