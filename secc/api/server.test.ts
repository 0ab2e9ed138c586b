import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type AddressInfo, connect } from "node:net";
import { after, test } from "node:test";
import type { FastifyInstance, InjectOptions } from "fastify";
import type { PilotReading } from "../../core/pilot";
import type { PowerPath } from "../../core/power";
import { Trace } from "../../core/trace";
import { VirtualClock } from "../../drivers/virtual/clock";
import { defaultConfig } from "../config";
import { powerOff } from "../power-off.contract";
import { type Access, apiServer, everybodyHere, Feed, type Operator, StationView } from ".";

const token = "a-token-that-may-write";
const readToken = "a-token-that-may-read";
const oldToken = "a-token-of-yesterday!";
const tokens: Access["tokens"] = [
  { text: token, may: "write" },
  { text: readToken, may: "read" },
  { text: oldToken, may: "write", until: new Date("2020-01-01") },
];

/** A station that nobody has, and everything that its interface has told it to do. */
async function made({ access = everybodyHere, pilot = { state: "A", high: 12, low: 12 } as PilotReading } = {}) {
  const clock = new VirtualClock();
  const trace = new Trace(() => clock.now());
  const told: string[] = [];
  const operator: Operator = {
    start: ({ target_voltage: volts }) => void told.push(`start ${volts}`),
    stop: () => void told.push("stop"),
    emergency: (reason) => void told.push(`emergency ${reason}`),
    pwm: (duty) => void told.push(`pwm ${duty}`),
    match: () => ({ refused: "no vehicle is plugged in" }),
    open: () => undefined,
  };
  const wall = () => new Date("2026-01-02T03:04:05Z");
  const power = { read: () => powerOff } as PowerPath;
  const view = new StationView({ clock, trace, pilot: { read: () => pilot }, power, wall }, defaultConfig, "eth0");
  const feed = new Feed({ clock, trace, driven: () => undefined, wall }, view, operator);
  const app = await apiServer({ view, operator, feed, access, clock, trace, wall, version: "0.0.0" });
  after(() => app.close());
  return { app, told, view };
}

let clients = 0;

/** Each request is of another client, unless `more` says which one. */
const ask = async (app: FastifyInstance, method: string, url: string, more: InjectOptions = {}) => {
  const headers = { host: "127.0.0.1:8000", ...more.headers };
  const remoteAddress = `192.0.2.${++clients % 250}`;
  return app.inject({ remoteAddress, ...more, method: method as "GET", url, headers });
};
const json = (body: string) => ({ headers: { "content-type": "application/json" }, payload: body });

test("AP01: every route but the pages wants a token, and nobody learns why it was not enough", async () => {
  const { app, told } = await made({ access: { tokens, loopback: true, names: [] } });
  const paths = Object.entries(app.swagger().paths ?? {}).flatMap(([url, methods]) =>
    Object.keys(methods ?? {}).map((method) => [method.toUpperCase(), url] as const),
  );
  ok(paths.filter(([method]) => method === "POST").length >= 14);
  const bearer = (text: string) => ({ headers: { authorization: `Bearer ${text}` } });
  for (const [method, url] of paths.filter(([, path]) => path !== "/health" && path !== "/ready")) {
    for (const text of ["", "wrong-token-wrong-token", oldToken, `${token}x`]) {
      const answer = await ask(app, method, url, text === "" ? {} : bearer(text));
      equal(answer.statusCode, 401, `${method} ${url} ${text}`);
      deepEqual(answer.json(), { status: "error", message: "not allowed" });
    }
    if (method !== "POST") continue;
    const answer = await ask(app, method, url, bearer(readToken));
    equal(answer.statusCode, 403, `${method} ${url}`);
    deepEqual(answer.json(), { status: "error", message: "not allowed" });
  }
  deepEqual(told, []);
  equal((await ask(app, "GET", "/status", bearer(readToken))).statusCode, 200);
  equal((await ask(app, "POST", "/stop_session", bearer(token))).statusCode, 200);
  for (const open of ["/", "/docs/", "/health", "/openapi.json"])
    equal((await ask(app, "GET", open)).statusCode, 200, open);
});

const refusals: readonly (readonly [
  what: string,
  status: number,
  method: string,
  url: string,
  more?: InjectOptions,
])[] = [
  ["AP02: text", 400, "POST", "/start_session", json("hello")],
  ["AP02: 1 MiB", 413, "POST", "/start_session", json(`{"a":"${"x".repeat(1_048_576)}"}`)],
  ["AP02: depth", 400, "POST", "/start_session", json("[".repeat(10_000))],
  ["AP02: a name twice", 400, "POST", "/start_session", json('{"duration_s":1,"duration_s":2}')],
  ["AP02: __proto__", 400, "POST", "/start_session", json('{"__proto__":{"duration_s":2}}')],
  ["AP03: method", 405, "DELETE", "/status"],
  ["AP03: method of a command", 405, "GET", "/start_session"],
  ["AP03: a method that a body goes with", 405, "QUERY", "/status"],
  ["AP03: method of the documentation", 405, "POST", "/docs"],
  ["AP03: a file that the documentation has not", 404, "GET", "/docs/static/nothing.js"],
  ["AP03: no path", 400, "GET", "/%"],
  ["AP03: media type", 415, "POST", "/start_session", { headers: { "content-type": "text/plain" }, payload: "{}" }],
  ["AP03: path", 404, "GET", "/nothing"],
  ["AP03: ../", 404, "GET", "/page/../../../etc/passwd"],
  ["AP03: ../ escaped", 404, "GET", "/page/%2e%2e%2fserver.js"],
  ["AP03: NUL", 404, "GET", "/page/app.mjs%00.png"],
  ["AP04: NaN", 422, "POST", "/start_session", json('{"target_voltage":NaN}')],
  ["AP04: negative", 422, "POST", "/start_session", json('{"target_voltage":-1}')],
  ["AP04: 1e309", 422, "POST", "/start_session", json('{"target_voltage":1e309}')],
  ["AP04: text", 422, "POST", "/start_session", json('{"target_voltage":"400"}')],
  ["AP04: volts beyond the rating", 422, "POST", "/start_session", json('{"target_voltage":1000.5}')],
  ["AP04: amperes beyond the rating", 422, "POST", "/start_session", json('{"initial_current":201}')],
  ["AP04: an unknown name", 422, "POST", "/start_session", json('{"volts":400}')],
  ["AP04: no value", 422, "POST", "/control/contactor", json("{}")],
  ["AP04: no body", 422, "POST", "/control/contactor"],
  ["AP04: null", 422, "POST", "/start_session", json("null")],
  ["AP04: a list", 422, "POST", "/start_session", json("[]")],
  ["AP05: closing without a session", 409, "POST", "/control/contactor", json('{"closed":true}')],
  ["AP05: matching without a vehicle", 409, "POST", "/slac/start_matching"],
  ["AP05: no simulation", 409, "POST", "/control/cp_state", json('{"state":"C"}')],
  ["AP05: no helper", 409, "POST", "/esp/ping"],
  ["AP07: a foreign Host", 403, "GET", "/status", { headers: { host: "rebound.example:8000" } }],
  ["AP07: another address as Host", 403, "GET", "/status", { headers: { host: "192.0.2.1" } }],
  ["AP07: a foreign Origin", 403, "POST", "/stop_session", { headers: { origin: "http://evil.example" } }],
  ["AP07: Origin null", 403, "POST", "/stop_session", { headers: { origin: "null" } }],
  ["AP07: an upgrade", 403, "GET", "/events", { headers: { upgrade: "websocket", connection: "upgrade" } }],
];

for (const [what, status, method, url, more] of refusals) {
  test(`${what} is refused with ${status} and moves nothing`, async () => {
    const { app, told } = await made();
    const answer = await ask(app, method, url, more);
    equal(answer.statusCode, status, answer.body);
    equal(answer.json().status, "error");
    ok(!/at .*\.(ts|js):/.test(answer.body), "no stack trace");
    deepEqual(told, []);
  });
}

test("AP05: of fifty who start at once one does, the others are told", async () => {
  const { app, told } = await made();
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask(app, "POST", "/start_session", json("{}"))));
  equal(answers.filter(({ statusCode }) => statusCode === 200).length, 1);
  equal(answers.filter(({ statusCode }) => statusCode === 409).length, 49);
  deepEqual(told, ["start 400"]);
  deepEqual(answers.find(({ statusCode }) => statusCode === 409)?.json(), {
    status: "error",
    message: "Session already in progress",
  });
});

test("AP05: while a vehicle is there its pilot is not driven by hand", async () => {
  const { app, told } = await made({ pilot: { state: "B", high: 9, low: -12 } });
  equal((await ask(app, "POST", "/control/pwm", json('{"duty":50}'))).statusCode, 409);
  deepEqual(told, []);
});

test("opening and stopping are always obeyed", async () => {
  const { app, told } = await made();
  deepEqual((await ask(app, "POST", "/control/contactor", json('{"closed":false}'))).json(), {
    status: "ok",
    contactor_closed: false,
  });
  deepEqual((await ask(app, "POST", "/stop_session")).json(), { status: "stopping" });
  deepEqual((await ask(app, "POST", "/fault", json('{"type":"E_STOP"}'))).json(), {
    status: "fault_injected",
    type: "E_STOP",
  });
  deepEqual(told, ["emergency contactor opened by hand", "stop", "emergency E_STOP"]);
});

for (const [url, body, error] of [
  ["/fault", '{"type":"E_STOP"}', "E_STOP"],
  ["/control/contactor", '{"closed":false}', "contactor opened by hand"],
] as const) {
  test(`a session that waits for its vehicle is over with POST ${url}`, async () => {
    const { app, view } = await made();
    const start = () => ask(app, "POST", "/start_session", json("{}"));
    equal((await start()).statusCode, 200);
    await ask(app, "POST", url, json(body));
    const { session_active, phase, error: told } = (await ask(app, "GET", "/status")).json();
    deepEqual([session_active, phase, told], [false, "ABORTED", error]);
    equal(view.session.past.length, 1);
    equal((await start()).statusCode, 200);
  });
}

test("AP06: more than a hundred requests in a second are told to wait", async () => {
  const { app } = await made();
  const flooder = { remoteAddress: "192.0.2.251" };
  const answers: { statusCode: number }[] = [];
  while (answers.length < 1_000) answers.push(await ask(app, "GET", "/cp", flooder));
  const counted = (status: number) => answers.filter(({ statusCode }) => statusCode === status).length;
  ok(counted(200) >= 100);
  ok(counted(429) > 0);
  equal(counted(200) + counted(429), 1_000);
});

test("AP06: clients that send nothing, or never come to an end, are let go within 10 s", async () => {
  const { app } = await made();
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const texts = [
    "",
    "GET /cp HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b",
    "POST /start_session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{",
  ];
  const sockets = Array.from({ length: 500 }, (_, index) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.resume();
    socket.write(texts[index % texts.length] ?? "");
    return socket;
  });
  const limit = new Promise<string>((resolve) => setTimeout(() => resolve("some are still open"), 10_000).unref());
  const closed = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once("close", resolve)))).then(
    () => "all are closed",
  );
  equal(await Promise.race([closed, limit]), "all are closed");
  equal((await fetch(`http://127.0.0.1:${port}/cp`)).status, 200);
});

test("a watcher is told what is and what happens", async () => {
  const { app, view } = await made();
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const { body, headers } = await fetch(`http://127.0.0.1:${port}/events`);
  match(headers.get("content-type") ?? "", /^text\/event-stream/);
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  let text = "";
  const until = async (wanted: RegExp) => {
    while (!wanted.test(text)) text += Buffer.from((await reader.read()).value ?? []).toString();
  };
  await until(/event: hello\n.*\n\nevent: live\n.*\n\n/s);
  view.ports.trace.record("secc", { type: "stimulus", what: "stop" });
  view.ports.trace.record("evcc", { type: "stimulus", what: "not ours" });
  await until(/event: note\ndata: .*"text":"stop".*\n\n/);
  ok(!text.includes("not ours"));
  await reader.cancel();
});

test("OpenAPI describes every route of the table, and its page loads nothing from elsewhere", async () => {
  const { app } = await made();
  const document = (await ask(app, "GET", "/openapi.json")).json();
  equal(document.openapi, "3.1.0");
  deepEqual(
    document.paths["/start_session"].post.requestBody.content["application/json"].schema.properties.target_voltage,
    {
      type: "number",
      minimum: 0,
      default: 400,
      description: "V",
    },
  );
  const page = await ask(app, "GET", "/docs/");
  ok(!/(?:src|href)="(?:https?:)?\/\//.test(page.body), page.body);
});

test("a document that is true: every answer is in it, and what has a default may be left out", async () => {
  const { app } = await made();
  const { paths } = (await ask(app, "GET", "/openapi.json")).json();
  for (const [url, methods] of Object.entries<object>(paths))
    for (const [method, { responses }] of Object.entries(methods)) {
      const wanted = [200, 400, 401, 403, 429, ...(method === "post" ? [409, 413, 415, 422] : [])];
      deepEqual(
        wanted.filter((status) => !(status in responses)),
        [],
        `${method} ${url}`,
      );
    }
  equal(paths["/start_session"].post.requestBody.required, false);
  equal(paths["/control/contactor"].post.requestBody.required, true);
});

test("what is no HTTP is told so in the form of every other answer", async () => {
  const { app } = await made();
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1", () => socket.end("hello\r\n\r\n"));
  let text = "";
  for await (const chunk of socket) text += chunk;
  match(text, /^HTTP\/1\.1 400 [\s\S]*\r\n\r\n\{"status":"error","message":"Bad Request"\}$/);
});

test("metrics are in Prometheus' form", async () => {
  const { app } = await made();
  const { body, headers } = await ask(app, "GET", "/metrics");
  match(String(headers["content-type"]), /^text\/plain; version=0\.0\.4/);
  match(body, /^ccs_hil_outlet_volts 0$/m);
  match(body, /^ccs_hil_phase\{phase="IDLE"\} 1$/m);
});
