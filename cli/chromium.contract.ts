import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";

const places = [
  process.env.CCS_HIL_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const found = places.find((place) => place !== undefined && existsSync(place));

/** What a test of a page is told where there is no browser. */
export const noBrowser = found === undefined ? "not run: no Chromium (apt-get install chromium)" : false;

/** A real browser without a window. */
export async function browser(): Promise<Browser> {
  const { chromium } = require("playwright-core") as typeof import("playwright-core");
  return chromium.launch({ executablePath: found!, args: ["--no-sandbox"] });
}
