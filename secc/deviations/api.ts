import { type HttpFault, type Misheard, misheard } from "../api/handler";
import type { StationDeviation } from ".";
import { alsoAt8080 } from "./connections";

type Asked = Required<Pick<Misheard, "method" | "url" | "headers">>;

/** Carries out another request than the one it was asked. */
const hears =
  (change: (asked: Asked) => Misheard): HttpFault =>
  (handle) =>
  (request, response) => {
    const { method = "", url = "", headers } = request;
    handle(misheard(request, change({ method, url, headers: headers as Asked["headers"] })), response);
  };

const withBody = (body: string): HttpFault =>
  hears(({ method, headers }) =>
    method === "POST" ? { headers: { ...headers, "content-type": "application/json" }, body } : {},
  );

/** Says another code than the one it has, as the whole predecessor of this interface did. */
const says =
  (from: number, status: number): HttpFault =>
  (handle) =>
  (request, response) => {
    const { writeHead } = response;
    response.writeHead = (code: number, ...rest: never[]) =>
      writeHead.call(response, code === from ? status : code, ...rest);
    handle(request, response);
  };

const healthy = { method: "GET", url: "/health" } as const;

/** Stations whose HTTP interface is careless. */
export const api: readonly StationDeviation[] = [
  {
    name: "asks-nobody-for-a-token",
    gist: "gives everybody the right to write",
    requirement: "HIL-AP01",
    http: hears(({ headers }) => ({ headers: { ...headers, authorization: "Bearer the-token-that-may-write" } })),
  },
  {
    name: "takes-any-body",
    gist: "takes a body that cannot be read for an empty one",
    requirement: "HIL-AP02",
    http: withBody("{}"),
  },
  {
    name: "answers-on-any-path",
    gist: "answers whatever it is asked",
    requirement: "HIL-AP03",
    http: hears(() => ({ method: "GET", url: "/status" })),
  },
  {
    name: "takes-any-value",
    gist: "takes its own values where those it is given are none",
    requirement: "HIL-AP04",
    http: withBody("{}"),
  },
  {
    name: "agrees-to-everything",
    gist: "says that it has done what it could not do",
    requirement: "HIL-AP05",
    http: says(409, 200),
  },
  {
    name: "never-tires",
    gist: "takes every request for that of a new client",
    requirement: "HIL-AP06",
    http: (handle) => {
      let clients = 0;
      return hears(() => ({ from: `198.51.100.${++clients % 250}` }))(handle);
    },
  },
  {
    name: "trusts-any-host",
    gist: "does not look at Host, Origin and Upgrade",
    requirement: "HIL-AP07",
    http: hears(({ headers: { origin: _, upgrade: __, connection: ___, ...headers } }) => ({
      headers: { ...headers, host: "127.0.0.1:8000" },
    })),
  },
  {
    name: "serves-the-vehicle-too",
    gist: "has its HTTP interface on the vehicle's side as well",
    requirement: "HIL-AP10",
    network: alsoAt8080,
  },
  {
    name: "answers-for-its-helper",
    gist: "says that its helper has done what it was never asked",
    requirement: "HIL-AP11",
    http: hears(({ url }) => (url.startsWith("/esp/") ? healthy : {})),
  },
  {
    name: "hoards-for-its-watchers",
    gist: "keeps in memory what nobody fetches",
    requirement: "HIL-AP12",
    scenarios: ["A watcher that reads nothing while a vehicle charges"],
    http: (handle) => (request, response) => {
      const { write } = response;
      response.write = (...given: never[]) => {
        Reflect.apply(write, response, given);
        return true;
      };
      handle(request, response);
    },
  },
  {
    name: "takes-any-number-of-watchers",
    gist: "says that it has room for who is one too many",
    requirement: "HIL-AP12",
    scenarios: ["More watchers than there is room for"],
    http: says(429, 200),
  },
  {
    name: "forgets-orders",
    gist: "says that it stops, opens or starts, and does not",
    requirement: "HIL-AP08",
    http: hears(({ method }) => (method === "POST" ? healthy : {})),
  },
  {
    name: "tells-of-yesterday",
    gist: "tells the pilot when it was asked for its meter",
    requirement: "HIL-AP09",
    http: hears(({ url }) => ({ url: url === "/cp" ? "/meter" : "/cp" })),
  },
];
