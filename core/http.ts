/** What a client asks of an HTTP interface. */
export interface HttpRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Address the client has, where that can be chosen. */
  readonly from?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Port: a client's way to an HTTP interface, over a socket or in memory. */
export type Ask = (request: HttpRequest) => Promise<HttpAnswer>;
