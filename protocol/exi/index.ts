export { type Decoded, type DecodeOptions, decode, encode } from "./codec";
export { Undecodable, Unencodable } from "./errors";
export { type Violation, violations } from "./violations";
