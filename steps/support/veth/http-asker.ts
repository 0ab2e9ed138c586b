import { Agent, request as begin } from "node:http";
import type { Asked, Asking } from "./http-client";

/** The tester's HTTP client in the station's namespace: asks what the harness says over the process channel, and ends with its parent. */
const agent = new Agent({ keepAlive: true });
const longest = 10_000;

const tell = (asked: Asked): void => {
  if (process.connected) process.send?.(asked);
};

function ask({ id, port, request: { method, path, headers, body } }: Asking): void {
  const options = { host: "127.0.0.1", port, method, path, headers, agent, timeout: longest };
  const request = begin(options, (response) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.once("end", () =>
      tell({ id, status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
    );
  });
  request.once("timeout", () => request.destroy(new Error("no answer")));
  // A server that refuses a body may close before it has taken all of it: what it has answered counts.
  request.on("error", (error: NodeJS.ErrnoException) => tell({ id, failed: error.code ?? error.message }));
  request.end(body);
}

process.on("message", (message) => ask(message as Asking));
process.on("disconnect", () => process.exit(0));
