export * from "./connection";
export * from "./messages";
export * from "./physical";
