import { createHash } from "node:crypto";
import { hex, unhex } from "../../core";

/** Salt by which a password becomes a network membership key of high security (HomePlug AV). */
const NMK_SALT = unhex("08856DAF7CF58186");
const NMK_ROUNDS = 1000;
const NID_ROUNDS = 5;

/** PBKDF1 with SHA-256: the hash of secret and salt, hashed again until `rounds` hashes are done. */
function pbkdf1(secret: Uint8Array, salt: Uint8Array, rounds: number): Uint8Array {
  let digest = createHash("sha256").update(secret).update(salt).digest();
  for (let round = 1; round < rounds; round++) digest = createHash("sha256").update(digest).digest();
  return digest;
}

/** Network membership key of a password: 16 octets in upper-case hex. */
export const nmkOfPassword = (password: string): string =>
  hex(pbkdf1(Buffer.from(password, "utf8"), NMK_SALT, NMK_ROUNDS).subarray(0, 16));

/** Network identifier of a key (16 octets in hex): 7 octets in upper-case hex, security level 0 in the last octet's high nibble. */
export function nidOfNmk(nmk: string): string {
  const digest = pbkdf1(unhex(nmk), new Uint8Array(0), NID_ROUNDS);
  const nid = digest.slice(0, 7);
  nid[6] = (digest[6] ?? 0) >> 4;
  return hex(nid);
}
