/** Upper-case hex of the bytes, the form in which binary values stand in traces, reports and EXI values. */
export const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex").toUpperCase();

/** Bytes of a hex string; white space, ":" and "-" between digits are allowed. @throws RangeError on anything else */
export function unhex(text: string): Uint8Array {
  const digits = text.replace(/[\s:-]/g, "");
  if (digits.length % 2 !== 0 || /[^0-9a-fA-F]/.test(digits)) throw new RangeError(`not a hex string: "${text}"`);
  return new Uint8Array(Buffer.from(digits, "hex"));
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
