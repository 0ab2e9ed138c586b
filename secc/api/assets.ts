import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FastifyPluginAsync } from "fastify";

const script = "text/javascript; charset=utf-8";
const style = "text/css; charset=utf-8";
const plot = dirname(require.resolve("uplot/package.json"));
const own = (name: string): string => join(__dirname, "page", name);

/** The live page and all that it loads: nothing comes from elsewhere. */
const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": [own("index.html"), "text/html; charset=utf-8"],
  "/page/app.mjs": [own("app.mjs"), script],
  "/page/feed.mjs": [own("feed.mjs"), script],
  "/page/curves.mjs": [own("curves.mjs"), script],
  "/page/messages.mjs": [own("messages.mjs"), script],
  "/page/style.css": [own("style.css"), style],
  "/page/icon.svg": [own("icon.svg"), "image/svg+xml"],
  "/page/uplot.mjs": [join(plot, "dist", "uPlot.esm.js"), script],
  "/page/uplot.css": [join(plot, "dist", "uPlot.min.css"), style],
};

/** uPlot sets styles of its elements by script, which needs no exception; nothing is loaded or sent elsewhere. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const assets: FastifyPluginAsync = async (app) => {
  for (const [url, [file, type]] of Object.entries(files)) {
    app.get(url, { schema: { hide: true } }, async (_, reply) =>
      reply
        .header("content-security-policy", policy)
        .header("cache-control", "no-cache")
        .type(type)
        .send(readFileSync(file)),
    );
  }
};
