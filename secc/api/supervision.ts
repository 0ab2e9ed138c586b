import type { FastifyPluginAsync, FastifySchema } from "fastify";
import type { metricsOf } from "./metrics";
import { refusals } from "./routes";
import * as schemas from "./schemas";
import type { StationView } from "./view";

const everybody = { security: [{}] };

/** What programs ask who look after many stations. */
export const supervision =
  (view: StationView, metrics: Pick<ReturnType<typeof metricsOf>, "contentType" | "text">): FastifyPluginAsync =>
  async (app) => {
    const numbers = {
      description: "Prometheus text format",
      content: { "text/plain": { schema: { type: "string" } } },
    };
    const schema: FastifySchema = { summary: "For Prometheus", response: { 200: numbers, ...refusals() } };
    app.get("/metrics", { schema }, async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()));

    const alive: FastifySchema = {
      summary: "The process is alive",
      response: { 200: schemas.Done("ok"), ...refusals() },
    };
    app.get("/health", { schema: { ...alive, ...everybody } }, async () => ({ status: "ok" }));

    const ready: FastifySchema = {
      summary: "The station can serve a vehicle",
      response: { 200: schemas.Done("ok"), ...refusals(503) },
    };
    app.get("/ready", { schema: { ...ready, ...everybody } }, async (_, reply) =>
      view.ready ? { status: "ok" } : reply.code(503).send({ status: "error", message: "the pilot reports a fault" }),
    );
  };
