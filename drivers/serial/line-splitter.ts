/** Longest line that is kept; whatever sends a longer one is no helper. */
export const longestLine = 4096;

/** Cuts a stream of bytes into lines. A line over the limit is dropped whole and counted; memory is bounded. */
export class LineSplitter {
  dropped = 0;
  private rest = "";
  private overflowing = false;

  /** Lines that these bytes complete, without CR, LF and empty ones. Bytes are taken as Latin-1: JSON of the helper is ASCII. */
  feed(bytes: Uint8Array): string[] {
    const parts = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1").split("\n");
    const lines: string[] = [];
    parts.forEach((part, index) => {
      const last = index === parts.length - 1;
      if (this.rest.length + part.length > longestLine) this.overflowing = true;
      if (!this.overflowing) this.rest += part;
      if (last) return;
      if (this.overflowing) this.dropped++;
      else this.take(lines);
      this.clear();
    });
    return lines;
  }

  /** Forgets half a line: the other end has been unplugged. */
  clear(): void {
    this.rest = "";
    this.overflowing = false;
  }

  private take(lines: string[]): void {
    const line = this.rest.replaceAll("\r", "");
    if (line !== "") lines.push(line);
  }
}
