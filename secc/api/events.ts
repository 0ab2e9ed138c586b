import type { FastifyPluginAsync } from "fastify";
import type { Cancel, Clock } from "../../core/clock";
import type { Feed } from "./feed";

/** A watcher that reads so slowly that this much waits for it is let go, in bytes. */
const mostWaiting = 1_048_576;
const heartbeat = 5_000;

/** Server-sent events: `hello` with the recent past, then `live`, `message` and `note` as they come. */
export const events =
  (feed: Feed, clock: Clock): FastifyPluginAsync =>
  async (app) => {
    const schema = {
      summary: "Everything that happens, as server-sent events",
      description:
        "hello: ratings, faults of the plant, recent curve and messages. live: a snapshot four times a second. message: a message of SLAC, SDP or V2G with its fields. note: a line of the station's log.",
      produces: ["text/event-stream"],
    };
    app.get("/events", { schema }, (request, reply) => {
      if (feed.full) return void reply.code(429).send({ status: "error", message: "too many watchers" });
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
      });
      const write = (text: string): boolean => {
        if (raw.writableLength > mostWaiting) raw.destroy();
        return raw.write(text) || !raw.destroyed;
      };
      const leave = feed.listen((event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
      let timer: Cancel = () => undefined;
      const beat = (): void => {
        write(": still here\n\n");
        timer = clock.after(heartbeat, beat);
      };
      beat();
      request.raw.on("close", () => {
        leave();
        timer();
      });
    });
  };
