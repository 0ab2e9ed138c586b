import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { ModemClient } from "../drivers/linux/modem-control";
import { equipped } from "../scripts/foreign";
import { type Bench, bench, lack, listens, type Power, summary, until, waits, wirings } from "./processes.contract";

/** The station's interface, or its modem, goes while a current flows: the process stays, the power goes, and the next plug charges. */

/** Longer than it takes to notice. */
const away = () => new Promise((resolve) => setTimeout(resolve, 2_500));

async function inStation({ spaces }: Bench, ...words: readonly string[]): Promise<void> {
  const child = spaces.spawn("secc", "ip", words, { stdio: ["ignore", "inherit", "inherit"] });
  const [code] = (await once(child, "exit")) as [number];
  assert.equal(code, 0, words.join(" "));
}

const [stationsCable] = wirings.modems.cables;

const silent = "is silent because its modem restarts";

/** What is done to it, and what brings it back. */
const troubles: Readonly<Record<string, (made: Bench) => Promise<void>>> = {
  "is set down, and up again": async (made) => {
    await inStation(made, "link", "set", "eth0", "down");
    await away();
    await inStation(made, "link", "set", "eth0", "up");
    // As the kernel does where it makes the address itself.
    await inStation(made, "addr", "add", `${stationsCable[0].address}/64`, "dev", "eth0", "nodad");
  },
  "is deleted, and there is a new one": async ({ spaces }) => {
    spaces.cut(stationsCable);
    await away();
    spaces.mend(stationsCable);
  },
  [silent]: async ({ folder }) => {
    const modem = await ModemClient.open({ path: join(folder, "line"), origin: 0n });
    await modem.do("restart", { port: "plc_se" });
    modem.close();
    await away();
  },
};

/** The driver that watches a QCA7000 stands on the plain one; without it a restart is seen by other means, so that is tried too. */
const rows = [
  ...Object.keys(troubles).map((what) => ({ what, link: "qca7000" })),
  { what: silent, link: "slac" },
] as const;

const off = ({ evseContactor, supply }: Power): boolean => !evseContactor && !supply;

for (const { what, link } of rows) {
  equipped(`an interface that ${what}, under power (--link ${link})`, lack, async (context) => {
    const made = await bench(context, "modems");
    const { observer, power } = made;
    const [secc, evcc] = [made.start("secc", "--link", link), made.start("evcc", "--once")];
    await listens(secc);
    await waits(evcc);
    const told = (): string => secc.said.err + evcc.said.err;
    await observer.plug();
    await until("a current flows", () => (power.at(-1)?.current ?? 0) > 20, told);

    await troubles[what]?.(made);
    assert.equal(secc.child.exitCode, null, secc.said.err);
    await until("the power is off", () => power.some(off) && off(power.at(-1) as Power), told);
    assert.equal(await evcc.exit, 1, evcc.said.err);
    assert.equal(summary(evcc).ended, "GivenUp");
    await until("unlocked", () => power.at(-1)?.locked === false, told);

    await observer.unplug();
    const next = made.start("evcc");
    await waits(next);
    await observer.plug();
    await until(
      "a current flows again",
      () => (power.at(-1)?.current ?? 0) > 20,
      () => secc.said.err + next.said.err,
    );
    assert.doesNotMatch(secc.said.err, /\n +at /);
    secc.child.kill("SIGTERM");
    assert.equal(await secc.exit, 0);
  });
}
