import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Who may call. Without tokens everybody on the machine itself may do everything. */
export interface Access {
  readonly tokens: readonly Token[];
  /** Listening on the loopback interface only. */
  readonly loopback: boolean;
  /** Names, besides addresses, under which the interface may be called. */
  readonly names: readonly string[];
}

export interface Token {
  readonly text: string;
  readonly may: "read" | "write";
  readonly until?: Date;
}

export const everybodyHere: Access = { tokens: [], loopback: true, names: [] };

/** Whoever is turned away learns nothing but that: one body for every reason. */
const away = { status: "error", message: "not allowed" } as const;
const reads = new Set(["GET", "HEAD"]);
/** What anybody may read: the pages themselves, which hold no data, and whether the process is well. */
const open = /^\/(?:$|page\/|docs(?:\/|$)|openapi\.json$|health$|ready$)/;

/** Turns away, before anything of a request is read: foreign hosts and origins (AP07), upgrades, and missing tokens (AP01). */
export function guard(app: FastifyInstance, access: Access, wall: () => Date): void {
  app.addHook("onRequest", async (request, reply) => {
    const status = verdict(request, access, wall());
    if (status === undefined) return;
    if (status === 401) reply.header("www-authenticate", "Bearer");
    await turnAway(reply, status);
  });
}

const turnAway = (reply: FastifyReply, status: 401 | 403): FastifyReply => reply.code(status).send(away);

function verdict(request: FastifyRequest, access: Access, now: Date): 401 | 403 | undefined {
  const { headers, method } = request;
  if (headers.upgrade !== undefined || !ownHost(headers.host, access)) return 403;
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return 403;
  const path = request.url.split("?", 1)[0] ?? "";
  if (access.tokens.length === 0 || (reads.has(method) && open.test(path))) return undefined;
  const may = permission(headers.authorization, access.tokens, now);
  if (may === undefined) return 401;
  return may === "read" && !reads.has(method) ? 403 : undefined;
}

/** A name that somebody else's resolver has made ours is turned away; an address cannot be rebound. */
function ownHost(host: string | undefined, { loopback, names }: Access): boolean {
  const [, literal, plain] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d{1,5})?$/.exec(host ?? "") ?? [];
  const name = (literal ?? plain ?? "").toLowerCase();
  if (name === "localhost" || names.includes(name)) return true;
  if (isIP(name) === 0) return false;
  return !loopback || name === "::1" || name.startsWith("127.");
}

/** Compares with every token, and all of each, so that the time tells nothing. */
function permission(authorization: string | undefined, tokens: readonly Token[], now: Date): Token["may"] | undefined {
  const given = digest(/^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? "")?.[1] ?? "");
  let may: Token["may"] | undefined;
  for (const token of tokens) {
    const same = timingSafeEqual(digest(token.text), given);
    const valid = token.until === undefined || token.until > now;
    if (same && valid) may = token.may;
  }
  return may;
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
