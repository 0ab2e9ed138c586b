import { Agent, request as begin, type IncomingMessage } from "node:http";
import type { HttpRequest } from "../../../core/http";
import type { Asked, Asking } from "./http-client";

/** The tester's HTTP client in the station's namespace: asks what the harness says over the process channel, and ends with its parent. */
const agent = new Agent({ keepAlive: true });
const longest = 10_000;
/** What waits in the kernel is there by then, and so is its end. */
const taking = 500;

/** Answers that go on, by the request they belong to. */
const open = new Map<number, () => Promise<{ body: string; open: boolean }>>();

const tell = (asked: Asked): void => {
  if (process.connected) process.send?.(asked);
};

function ask(id: number, port: number, { method, path, headers, body, reads }: HttpRequest): void {
  const patience = reads === undefined ? { agent, timeout: longest } : { agent: false as const };
  const request = begin({ host: "127.0.0.1", port, method, path, headers, ...patience }, (response) => {
    const status = response.statusCode ?? 0;
    if (reads !== undefined) {
      open.set(id, watching(response, reads));
      return tell({ id, status, body: "" });
    }
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.once("end", () => tell({ id, status, body: Buffer.concat(chunks).toString("utf8") }));
  });
  request.once("timeout", () => request.destroy(new Error("no answer")));
  // A server that refuses a body may close before it has taken all of it: what it has answered counts.
  request.on("error", (error: NodeJS.ErrnoException) => tell({ id, failed: error.code ?? error.message }));
  request.end(body);
}

/** Takes the answer as it comes, or leaves it where it is until the client goes. */
function watching(response: IncomingMessage, reads: HttpRequest["reads"]) {
  const chunks: Buffer[] = [];
  let ended = false;
  response.on("error", () => undefined);
  response.once("close", () => {
    ended = true;
  });
  const take = (): void => void response.on("data", (chunk: Buffer) => chunks.push(chunk));
  if (reads === "everything") take();
  return async () => {
    if (reads === "nothing") take();
    await new Promise((resolve) => setTimeout(resolve, taking));
    const left = { body: Buffer.concat(chunks).toString("utf8"), open: !ended };
    response.destroy();
    return left;
  };
}

async function leave(id: number, which: number): Promise<void> {
  const left = await open.get(which)?.();
  open.delete(which);
  tell(left ? { id, ...left } : { id, failed: "nobody asked that" });
}

process.on("message", (message) => {
  const asking = message as Asking;
  if ("leave" in asking) void leave(asking.id, asking.leave);
  else ask(asking.id, asking.port, asking.request);
});
process.on("disconnect", () => process.exit(0));
