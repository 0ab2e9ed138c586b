import type { HttpRequest } from "../../core/http";

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
 * A request as a table describes it: `token`, `body` and `times` by these names, every other row a header. Without a row for it the
 * client has the token that may write.
 */
export function requestOf(method: string, path: string, rows: Readonly<Record<string, string>> = {}): HttpRequest {
  const { token = "write", body, times: _, ...headers } = rows;
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
  };
}
