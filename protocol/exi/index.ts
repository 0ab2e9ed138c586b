export {
  type Decoded,
  type DecodeOptions,
  decode,
  decodeFragment,
  type EncodeOptions,
  encode,
  encodeFragment,
  type Fragment,
} from "./codec";
export { Undecodable, Unencodable } from "./errors";
export type { Peer } from "./grammar";
export { type Violation, violations } from "./violations";
