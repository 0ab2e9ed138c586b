export * from "./addresses";
export * from "./frame";
export * from "./keys";
export { macOf } from "./layout";
export * from "./mmes";
export { validateResult } from "./mmes-slac";
