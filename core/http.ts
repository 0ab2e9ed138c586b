/** What a client asks of an HTTP interface. */
export interface HttpRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How it takes an answer that goes on: as it comes, or not at all. Left out: it waits for the end of the answer. */
  readonly reads?: "everything" | "nothing";
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** Where the client has said how it reads: the body is not there yet. */
  readonly watch?: Watch;
}

/** An answer that goes on. */
export interface Watch {
  /** Takes what has come, and leaves; `open` when the other side had not ended it. */
  leave(): Promise<{ readonly body: string; readonly open: boolean }>;
}

/** Port: a client's way to an HTTP interface, over a socket or in memory. */
export type Ask = (request: HttpRequest) => Promise<HttpAnswer>;
