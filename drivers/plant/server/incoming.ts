import { isObject, type Json, protocol } from "../protocol";

/** One line of a client. */
export type Incoming =
  | { readonly kind: "Command"; readonly name: string; readonly args: Json }
  | { readonly kind: "Request"; readonly id: number; readonly method: string; readonly params: Json }
  /** A request without a whole `id` or a `method`, or with `params` that are none; `id` is 0 where it has none. */
  | { readonly kind: "Invalid"; readonly id: number }
  /** No line of this protocol at all. */
  | { readonly kind: "Bad"; readonly why: string };

/** Reads a line without its end. Never throws. */
export function readIncoming(text: string): Incoming {
  const json = parse(text);
  if (typeof json === "string") return { kind: "Bad", why: `bad_json:${json}` };
  if (typeof json.cmd === "string") return { kind: "Command", name: json.cmd, args: json };
  if (json.type !== "req") return { kind: "Bad", why: "missing_cmd" };
  const { id, method, params = null } = json;
  const numbered = Number.isSafeInteger(id);
  if (!numbered || typeof method !== "string" || (params !== null && !isObject(params)))
    return { kind: "Invalid", id: numbered ? (id as number) : 0 };
  return { kind: "Request", id: id as number, method, params: params ?? {} };
}

/** The object of a line, or why it is none. */
function parse(text: string): Json | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "syntax";
  }
  if (!isObject(json)) return "not_an_object";
  const { members, depth } = measure(json);
  if (depth > protocol.depth) return "depth";
  return members > protocol.members ? "too_many_members" : json;
}

function measure(value: unknown): { members: number; depth: number } {
  if (typeof value !== "object" || value === null) return { members: 0, depth: 0 };
  const inner = Object.values(value).map(measure);
  return {
    members: inner.reduce((sum, { members }) => sum + members, Array.isArray(value) ? 0 : inner.length),
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
  };
}
