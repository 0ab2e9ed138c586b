import type { Socket } from "node:net";

/**
 * Calls `take` with each line of a socket, without CR, LF and empty ones, and `overflow` once when one is too long; then no more.
 * @param longest characters of a line without its end
 */
export function eachLine(socket: Socket, longest: number, take: (line: string) => void, overflow: () => void): void {
  let held = "";
  let over = false;
  socket.setEncoding("utf8");
  socket.on("data", (text: string) => {
    if (over) return;
    const parts = (held + text).split("\n");
    held = parts.pop() ?? "";
    for (const part of parts) {
      if (part.length > longest + 1) over = true;
      if (over || socket.destroyed) break;
      const line = part.replaceAll("\r", "");
      if (line !== "") take(line);
    }
    if (held.length > longest + 1) over = true;
    if (!over) return;
    held = "";
    overflow();
  });
}
