import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";

/** What a server does with each request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A faulty HTTP interface, made of the good one: for the harness to prove itself by. */
export type HttpFault = (handle: Handler) => Handler;

/** What is taken for something else than it is. */
export interface Misheard {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Address of the client. */
  readonly from?: string;
}

/** A request as somebody takes it who does not listen; the body it came with is left where it is when there is another. */
export function misheard(request: IncomingMessage, as: Misheard): IncomingMessage {
  const { method, url, headers, socket, httpVersion } = request;
  if (as.from !== undefined) Object.defineProperty(socket, "remoteAddress", { value: as.from, configurable: true });
  const heard = as.body === undefined ? request : (Readable.from([as.body]) as IncomingMessage);
  const length = as.body === undefined ? {} : { "content-length": String(as.body.length) };
  return Object.assign(heard, {
    ...{ socket, httpVersion },
    method: as.method ?? method,
    url: as.url ?? url,
    headers: { ...(as.headers ?? headers), ...length },
  });
}
