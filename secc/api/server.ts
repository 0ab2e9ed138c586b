import { createServer, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Clock } from "../../core/clock";
import type { Trace } from "../../core/trace";
import { assets } from "./assets";
import { controlCommands, faultCommands, sessionCommands } from "./commands";
import { events } from "./events";
import type { Feed } from "./feed";
import { type Access, guard } from "./guard";
import type { HttpFault } from "./handler";
import { strictJson } from "./json";
import { helperCommands, linkCommands } from "./link-commands";
import { metricsOf } from "./metrics";
import type { Operator } from "./operator";
import { commands, readings } from "./routes";
import { supervision } from "./supervision";
import type { StationView } from "./view";

export interface ApiOptions {
  readonly view: StationView;
  readonly operator: Operator;
  readonly feed: Feed;
  readonly access: Access;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly wall: () => Date;
  readonly version: string;
  /** False: without OpenAPI and its page, which take most of the time to start. */
  readonly documented?: boolean;
  /** Makes it wrong on purpose. */
  readonly fault?: HttpFault;
  /** One line for each request that is answered. */
  readonly log?: (level: "debug" | "info" | "error", text: string, fields: object) => void;
  /** Metrics tell of the process as well. */
  readonly ofProcess?: boolean;
}

/** Bytes of a body; everything that is asked for fits into a tenth of it. */
const bodyLimit = 65_536;
/** Requests a second of one client. */
const mostRequests = 100;
const mostSockets = 256;

/** The page of the documentation styles its elements inline; nothing is loaded or sent elsewhere. */
const documentPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

/** A client that sends nothing, or too slowly, is let go within 10 s (AP06). */
const patience = {
  headersTimeout: 5_000,
  requestTimeout: 6_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
} as const;

/** The HTTP interface of a station, ready to listen or to be asked in memory (`inject`). */
export async function apiServer(options: ApiOptions): Promise<FastifyInstance> {
  const { view, operator, feed, access, clock, trace, wall } = options;
  const app = Fastify({
    bodyLimit,
    clientErrorHandler: unreadable,
    frameworkErrors: (error, _, reply) => void say(reply, error.statusCode ?? 400, "this is no path"),
    serverFactory: (handle) => createServer(patience, options.fault?.(handle) ?? handle),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 100 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: false } },
  });
  app.server.maxConnections = mostSockets;
  // Types hold answers to their schemas already; compiling a serializer for each takes longer than everything else here.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  const metrics = metricsOf(view, trace, options.ofProcess === true);
  headers(app);
  observe(app, options, metrics.answered);
  await app.register(rateLimit, { global: false });
  const limited = app.rateLimit({ max: mostRequests, timeWindow: 1_000 });
  app.addHook("onRequest", limited);
  guard(app, access, wall);
  bodies(app);
  answers(app, options);
  if (options.documented !== false) await documents(app, options.version);
  for (const rows of [
    sessionCommands(view, operator),
    controlCommands(view, operator),
    faultCommands(view, operator),
    linkCommands(view, operator),
    helperCommands(view, operator),
  ])
    await app.register(commands(rows));
  await app.register(readings(view));
  await app.register(events(feed, clock));
  await app.register(assets);
  await app.register(supervision(view, metrics));
  await app.ready();
  return app;
}

function headers(app: FastifyInstance): void {
  app.addHook("onSend", async (_, reply, payload) => {
    reply.header("x-content-type-options", "nosniff").header("referrer-policy", "no-referrer");
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    return payload;
  });
}

function observe(app: FastifyInstance, { log }: ApiOptions, answered: (method: string, status: number) => void): void {
  app.addHook("onResponse", async ({ method, url, ip }, { statusCode, elapsedTime }) => {
    answered(method, statusCode);
    const fields = { status: statusCode, ms: Math.round(elapsedTime), from: ip };
    log?.(method === "POST" ? "info" : "debug", `${method} ${url.split("?", 1)[0]}`, fields);
  });
}

/** JSON and nothing else; a body may be left out where every value has a default. */
function bodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, async (_: FastifyRequest, body: string) =>
    body === "" ? undefined : strictJson(body),
  );
  app.addHook("preValidation", async (request) => {
    // `null` is a body, and none that anybody asked for.
    if (request.routeOptions.schema?.body !== undefined && request.body === undefined) request.body = {};
  });
}

async function documents(app: FastifyInstance, version: string): Promise<void> {
  const info = {
    title: "ccs-hil",
    version,
    description: "HTTP interface of a CCS charging station, real or simulated",
  };
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info,
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
      security: [{ token: [] }, {}],
    },
    transformObject: (made) => withOptionalBodies("openapiObject" in made ? made.openapiObject : made.swaggerObject),
  });
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: documentPolicy,
    theme: { title: "ccs-hil API" },
    uiConfig: {
      layout: "BaseLayout",
      docExpansion: "list",
      tryItOutEnabled: true,
      syntaxHighlight: { activate: false },
    },
  });
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
}

interface Documented {
  readonly requestBody?: { required?: boolean; readonly content: Record<string, { schema: { required?: string[] } }> };
}

/** A body of which everything has a default may be left out. */
function withOptionalBodies<Document extends object>(document: Document): Document {
  const { paths } = document as { paths: Record<string, { readonly post?: Documented }> };
  for (const { requestBody: body } of Object.values(paths).flatMap(({ post }) => post ?? []))
    if (body) body.required = (body.content["application/json"]?.schema.required ?? []).length > 0;
  return document;
}

/** What is no HTTP, or comes too slowly, never gets as far as a route. */
function unreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const status = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }[error.code ?? ""] ?? 400;
  const body = JSON.stringify({ status: "error", message: STATUS_CODES[status] });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${body.length}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}

/** Every answer that is no good news, in one form. */
function answers(app: FastifyInstance, { log }: ApiOptions): void {
  const methods = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    methods.set(url, known);
    for (const each of [method].flat()) known.add(each);
  });
  const nothing = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const allowed = methods.get(request.url.split("?", 1)[0] ?? "");
    if (!allowed) return say(reply, 404, "there is nothing here");
    return say(reply.header("allow", [...allowed].join(", ")), 405, `${request.method} is not for this path`);
  };
  app.setNotFoundHandler(nothing);
  // Whatever its body is, which would be read first otherwise.
  app.addHook("onRequest", async (request, reply) => {
    if (request.is404) await nothing(request, reply);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error.validation) return say(reply, 422, error.message);
    const status = error.statusCode ?? 500;
    if (status < 500) return say(reply, status, error.message);
    log?.("error", `${request.method} ${request.url}: ${error.message}`, {});
    return say(reply, 500, "internal error");
  });
}

const say = (reply: FastifyReply, status: number, message: string): FastifyReply =>
  reply.code(status).send({ status: "error", message });
