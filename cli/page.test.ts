import { deepEqual, equal, match } from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { Trace } from "../core/trace";
import { SystemClock } from "../drivers/linux/clock";
import { SystemEntropy } from "../drivers/linux/entropy";
import { everybodyHere } from "../secc/api";
import { placeOf } from "./api-access";
import { serveApi, viewOf } from "./api-server";
import { browser, noBrowser } from "./chromium.contract";
import { Log } from "./log";
import { SimulatedCharger } from "./simulated-charger";

const skip = noBrowser;
const patience = { timeout: 30_000 };

/** The live page of a simulated station in a real browser; what the browser complains of, or asks of others, is kept. */
async function opened(access = everybodyHere, width = 1280) {
  const clock = new SystemClock();
  const trace = new Trace(() => clock.now(), 0);
  const charger = new SimulatedCharger({ clock, trace, entropy: new SystemEntropy() }, {});
  const { pilot, plant, config } = charger;
  const shown = { clock, trace, pilot, power: plant.powerPath, config, iface: null };
  const log = new Log({ level: "error", format: "text" });
  const served = await serveApi(shown, viewOf(shown), charger, { place: placeOf("127.0.0.1", 0), access, log });
  const chromium = await browser();
  after(async () => {
    await chromium.close();
    served.close();
    charger.close();
  });
  const page = await chromium.newPage({ viewport: { width, height: 900 } });
  const base = `http://127.0.0.1:${served.port}`;
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (line) => line.type() === "error" && wrong.push(line.text()));
  page.on("request", (request) => request.url().startsWith(base) || wrong.push(`asked elsewhere: ${request.url()}`));
  await page.goto(base);
  return { page, charger, base, wrong };
}

const shows = (page: Page, selector: string, text: string): Promise<unknown> =>
  page.locator(selector).filter({ hasText: text }).first().waitFor(patience);

test("a session is started on the page, seen from plug to end, and remembered", { skip }, async () => {
  const { page, wrong } = await opened();
  await shows(page, "#connection", "live");
  await shows(page, "#phases .now", "Idle");
  await page.fill("[name=target_voltage]", "300");
  await page.fill("[name=duration_s]", "2");
  await page.click("#start [type=submit]");
  await shows(page, "#slac-state", "matched");
  equal(await page.locator("#groups rect").count(), 58);
  await shows(page, "#phases .now", "Charging");
  await shows(page, "#pilot", "C");
  await shows(page, "#messages summary", "CurrentDemandReq");
  await page.locator("#messages summary", { hasText: "ChargeParameterDiscoveryReq" }).click();
  match(String(await page.locator("#messages details[open] pre").textContent()), /EVMaximumVoltageLimit: 330 V/);
  await shows(page, "#voltage", "300");
  await shows(page, "#phases .now", "Complete");
  await shows(page, "#past td", "complete");
  await page.click("#start [type=submit]");
  await page.click("#start [type=submit]");
  await shows(page, "#problem", "Session already in progress");
  await page.click("#stop");
  await shows(page, "#phases .now", "Aborted: E_STOP");
  deepEqual(
    wrong.filter((line) => !line.includes("409")),
    [],
  );
});

test("a fault is injected and mended", { skip }, async () => {
  const { page, charger } = await opened();
  await shows(page, "#connection", "live");
  await page.click("#fault-list [value=cpPeShort]");
  await shows(page, "#pilot", "E");
  deepEqual(charger.simulation?.present(), ["cpPeShort"]);
  await page.locator("#fault-list [value=cpPeShort][aria-pressed=true]").waitFor(patience);
  await page.click("#mend");
  await shows(page, "#pilot", "A");
});

test("with a token the page asks for it, and keeps nothing that is wrong", { skip }, async () => {
  const tokens = [{ text: "the-token-of-this-test", may: "write" as const }];
  const { page } = await opened({ tokens, loopback: true, names: [] });
  await page.fill("#token input", "not-the-token-at-all");
  await page.click("#token button");
  await page.locator("#token[open]").waitFor(patience);
  await page.fill("#token input", "the-token-of-this-test");
  await page.click("#token button");
  await shows(page, "#connection", "live");
});

test("on a phone everything is in one column and nothing has to be scrolled sideways", { skip }, async () => {
  const { page } = await opened(everybodyHere, 360);
  await shows(page, "#connection", "live");
  // The browser has this as text: the project is compiled without its types.
  equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
});

test("the documentation of the interface is shown without anything from elsewhere", { skip }, async () => {
  const { page, base, wrong } = await opened();
  await page.goto(`${base}/docs`);
  await shows(page, ".opblock-summary-path", "/start_session");
  deepEqual(wrong, []);
});
