export * from "./by-hand";
export * from "./helper-link";
export * from "./messages";
export * from "./pilot";
export * from "./plausibility";
export * from "./power";
export * from "./serial-line";
