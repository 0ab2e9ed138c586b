import type { FastifyInstance, FastifyPluginAsync, FastifySchema } from "fastify";
import type { Static, TSchema } from "typebox";
import type { Outcome } from "./operator";
import * as schemas from "./schemas";
import type { StationView } from "./view";

/** An order that is not carried out: 409 in the wrong state, 422 for a value that cannot be. */
export class Declined {
  readonly status: 409 | 422;
  readonly message: string;

  constructor(message: string, status: 409 | 422 = 409) {
    this.status = status;
    this.message = message;
  }
}

export const declinedBy = (outcome: Outcome): Declined | undefined => outcome && new Declined(outcome.refused);

/** Answers that any request may get, and those with these codes besides, as a route documents them. */
export const refusals = (...besides: readonly (keyof typeof schemas.refused)[]) =>
  Object.fromEntries(
    [400 as const, 401 as const, 403 as const, 429 as const, ...besides].map((code) => [code, schemas.refused[code]]),
  );

/** One order that somebody may give: what it takes, what it answers, what it does. */
export interface Command {
  readonly url: string;
  readonly summary: string;
  readonly description?: string;
  readonly body?: TSchema;
  readonly answer: TSchema;
  readonly act: (body: never) => unknown;
}

/** A command whose types fit its schemas. */
export const command = <B extends TSchema, A extends TSchema>(row: {
  readonly url: string;
  readonly summary: string;
  readonly description?: string;
  readonly body?: B;
  readonly answer: A;
  readonly act: (body: Static<B>) => Static<A> | Declined | Promise<Static<A> | Declined>;
}): Command => row;

export const commands =
  (rows: readonly Command[]): FastifyPluginAsync =>
  async (app) => {
    for (const row of rows) addCommand(app, row);
  };

function addCommand(app: FastifyInstance, { url, act, answer, ...told }: Command): void {
  const response = { 200: answer, ...refusals(409, 413, 415, 422) };
  app.post(url, { schema: { ...told, response } as FastifySchema }, async ({ body }, reply) => {
    const outcome = await act(body as never);
    if (!(outcome instanceof Declined)) return outcome;
    return reply.code(outcome.status).send({ status: "error", message: outcome.message });
  });
}

/** What is known and measured. */
export const readings =
  (view: StationView): FastifyPluginAsync =>
  async (app) => {
    const show = <S extends TSchema>(url: string, summary: string, schema: S, read: () => Static<S>): void => {
      const told: FastifySchema = { summary, response: { 200: schema, ...refusals() } };
      app.get(url, { schema: told }, async () => read());
    };
    show("/status", "The station and its session", schemas.Status, () => view.status);
    show("/meter", "The meter of the session under way", schemas.Meter, () => view.meter);
    show("/cp", "Control pilot", schemas.Cp, () => view.cp);
    show("/vehicle/bms", "What the vehicle has told of its battery", schemas.Bms, () => view.live.bms);
    show("/vehicle/slac", "The match of the modems", schemas.Slac, () => view.vehicle.slac);
    show("/vehicle/iso15118", "The dialogue with the vehicle", schemas.Iso15118, () => view.vehicle.iso15118);
    show("/vehicle/live", "Pilot, match, dialogue and battery of one instant", schemas.Live, () => view.live);
    show("/hlc/status", "High-level communication", schemas.Hlc, () => view.hlc);
  };
