import type { Ask, HttpRequest } from "../../core/http";
import type { StationDeviation } from ".";
import { alsoAt8080 } from "./connections";

type Change = (request: HttpRequest) => HttpRequest;
type Fault = (ask: Ask) => Ask;

/** Carries out another request than the one it was asked. */
const hears =
  (change: Change): Fault =>
  (ask) =>
  (request) =>
    ask(change(request));

const header =
  (name: string, value: (given: string | undefined) => string): Change =>
  (request) => ({ ...request, headers: { ...request.headers, [name]: value(request.headers[name]) } });

const withBody =
  (body: string): Change =>
  (request) =>
    request.method === "POST"
      ? { ...request, headers: { ...request.headers, "content-type": "application/json" }, body }
      : request;

/** Says another code than the one it has, as the whole predecessor of this interface did. */
const says =
  (from: number, status: number): Fault =>
  (ask) =>
  async (request) => {
    const answer = await ask(request);
    return answer.status === from ? { ...answer, status } : answer;
  };

const healthy = { method: "GET", path: "/health" } as const;

/** Stations whose HTTP interface is careless. */
export const api: readonly StationDeviation[] = [
  {
    name: "asks-nobody-for-a-token",
    gist: "gives everybody the right to write",
    requirement: "HIL-AP01",
    http: hears(header("authorization", () => "Bearer the-token-that-may-write")),
  },
  {
    name: "takes-any-body",
    gist: "takes a body that cannot be read for an empty one",
    requirement: "HIL-AP02",
    http: hears(withBody("{}")),
  },
  {
    name: "answers-on-any-path",
    gist: "answers whatever it is asked",
    requirement: "HIL-AP03",
    http: hears((request) => ({ ...request, method: "GET", path: "/status" })),
  },
  {
    name: "takes-any-value",
    gist: "takes its own values where those it is given are none",
    requirement: "HIL-AP04",
    http: hears(withBody("{}")),
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
    http: (ask) => {
      let clients = 0;
      return (request) => ask({ ...request, from: `198.51.100.${++clients % 250}` });
    },
  },
  {
    name: "trusts-any-host",
    gist: "does not look at Host, Origin and Upgrade",
    requirement: "HIL-AP07",
    http: hears(({ headers, ...request }) => {
      const { origin: _, upgrade: __, connection: ___, ...rest } = headers;
      return { ...request, headers: { ...rest, host: "127.0.0.1:8000" } };
    }),
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
    http: hears((request) => (request.path.startsWith("/esp/") ? { ...request, ...healthy } : request)),
  },
  {
    name: "forgets-orders",
    gist: "says that it stops, opens or starts, and does not",
    requirement: "HIL-AP08",
    http: (ask) => (request) => (request.method === "POST" ? ask({ ...request, ...healthy }) : ask(request)),
  },
  {
    name: "tells-of-yesterday",
    gist: "tells the pilot when it was asked for its meter",
    requirement: "HIL-AP09",
    http: hears((request) => ({ ...request, path: request.path === "/cp" ? "/meter" : "/cp" })),
  },
];
