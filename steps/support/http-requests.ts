import type { HttpAnswer, HttpRequest, Watch } from "../../core/http";
import type { Trace } from "../../core/trace";

/** Bodies that no scenario could write down, by name; everything else stands for itself. */
const bodies: Readonly<Record<string, string>> = {
  "of 1 MiB": `{"target_voltage":"${"4".repeat(1_048_576)}"}`,
  "10 000 lists deep": "[".repeat(10_000),
  "10 000 objects deep": '{"a":'.repeat(10_000),
  "cut off": '{"target_voltage":',
};

/** Tokens that every bench gives the station's interface, by what they are. */
export const tokens = {
  write: "the-token-that-may-write",
  "read-only": "the-token-that-may-read",
  expired: "the-token-of-yesterday",
} as const;

/** The same as a file that the station's command takes. */
export const tokenLines = (): string =>
  [`${tokens.write} write`, `${tokens["read-only"]} read`, `${tokens.expired} write 1970-01-01`, ""].join("\n");

/** What a client may show as its token, by name. */
const shown: Readonly<Record<string, string | undefined>> = {
  ...tokens,
  wrong: "not-a-token-that-anybody-has",
  none: undefined,
};

const own = { host: "127.0.0.1:8000" };

/**
 * A request as a table describes it: `token`, `body`, `reads` and `times` by these names, every other row a header. Without a row for it
 * the client has the token that may write, and reads the answer to its end.
 */
export function requestOf(method: string, path: string, rows: Readonly<Record<string, string>> = {}): HttpRequest {
  const { token = "write", body, reads, times: _, ...headers } = rows;
  const bearer = token in shown ? shown[token] : token;
  const content = body === undefined ? undefined : (bodies[body] ?? body);
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method,
    path: path.replaceAll("NUL", "%00"),
    headers: {
      ...own,
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...(content !== undefined && { "content-type": "application/json" }),
      ...given,
    },
    ...(content !== undefined && { body: content }),
    ...(reads !== undefined && { reads: reads === "nothing" ? reads : "everything" }),
  };
}

/** Answers that go on and are left where they are, by the world of their scenario. */
const left = new WeakMap<object, Watch[]>();
export const watches = (world: object): Watch[] => {
  const known = left.get(world) ?? [];
  left.set(world, known);
  return known;
};

/** What the station has answered, as an event of its trace. */
export function recordAnswer(trace: Trace, { method, path }: HttpRequest, { status, body }: HttpAnswer): void {
  trace.record("secc", { type: "http", method, path, status, body });
}
