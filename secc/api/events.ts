import type { FastifyPluginAsync, FastifySchema } from "fastify";
import type { Cancel, Clock, Millis } from "../../core/clock";
import type { Feed } from "./feed";
import { refusals } from "./routes";
import { Watcher } from "./watcher";

const heartbeat: Millis = 5_000;

const schema: FastifySchema = {
  summary: "Everything that happens, as server-sent events",
  description:
    "hello: ratings, faults of the plant, recent curve and messages. live: a snapshot four times a second. message: a message of SLAC, SDP or V2G with its fields. note: a line of the station's log. Who does not read for 5 s is let go; 16 may watch.",
  response: {
    200: {
      description: "event: NAME, data: one line of JSON, an empty line",
      content: { "text/event-stream": { schema: { type: "string" } } },
    },
    ...refusals(),
  },
};

/** Server-sent events: `hello` with the recent past, then `live`, `message` and `note` as they come. */
export const events =
  (feed: Feed, clock: Clock): FastifyPluginAsync =>
  async (app) => {
    app.get("/events", { schema, exposeHeadRoute: false }, (_, reply) => {
      if (feed.full) return void reply.code(429).send({ status: "error", message: "too many watchers" });
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
      });
      const watcher = new Watcher(raw, clock);
      const leave = feed.listen((event, data) =>
        watcher.tell(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`, event === "live"),
      );
      let timer: Cancel = () => undefined;
      const beat = (): void => {
        watcher.tell(": still here\n\n", true);
        timer = clock.after(heartbeat, beat);
      };
      beat();
      raw.on("close", () => {
        leave();
        timer();
      });
    });
  };
