import assert from "node:assert/strict";
import { after, test } from "node:test";
import { linkContract } from "../link.contract";
import { SystemClock } from "../linux/clock";
import { SystemEntropy } from "../linux/entropy";
import { insideNamespace, skippingWithoutCapture } from "../linux/inside-namespace.contract";
import { markable, passed } from "../linux/markers.contract";
import { LinuxPowerline } from "../linux/powerline";
import { RawLink } from "../linux/raw-link";
import { Qca7000Link } from "./link";

/** Two hosts and their modems' interfaces, in one namespace: frames take the cable all the same. */
const plan = {
  worker: "qca",
  roles: ["lab"],
  cables: [
    [
      { role: "lab", interface: "ev", mac: "02:00:00:00:ee:01" },
      { role: "lab", interface: "plc_ev" },
    ],
    [
      { role: "lab", interface: "se", mac: "02:00:00:00:5e:01" },
      { role: "lab", interface: "plc_se" },
    ],
  ],
} as const;

const SE_MODEM = "02:B0:52:00:5E:02";
const clock = new SystemClock();
let line: LinuxPowerline | undefined;

const powerline = async (): Promise<LinuxPowerline> => {
  line ??= await LinuxPowerline.open({
    clock,
    entropy: new SystemEntropy(),
    plugged: true,
    ports: [
      { interface: "plc_ev", mac: "02:B0:52:00:EE:02", role: "ev" },
      { interface: "plc_se", mac: SE_MODEM, role: "evse" },
    ],
  });
  return line;
};

const identified = async (name: string, log: string[] = []): Promise<Qca7000Link> =>
  Qca7000Link.open(await RawLink.open({ interface: name }), { clock, log: (text) => void log.push(text) });

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

insideNamespace(__filename, plan, () => {
  const { skip } = skippingWithoutCapture();
  if (skip !== undefined) return void test("link to a modem on an interface", { skip }, () => undefined);
  after(() => line?.close());

  linkContract("link to a modem on an interface", async () => {
    await powerline();
    const [a, b] = await Promise.all([identified("ev"), identified("se")]);
    const [ev, se] = [markable(a), markable(b)];
    return {
      a: ev.link,
      b: se.link,
      settle: async () => {
        await passed(a, se, 2_000);
        await passed(b, ev, 2_000);
        await passed(a, se, 2_000);
      },
      close: async () => {
        a.close();
        b.close();
      },
    };
  });

  test("a restart of the modem, which leaves its interface as it was, takes the link down and brings it back", async () => {
    const power = await powerline();
    const log: string[] = [];
    const link = await identified("se", log);
    assert.equal(link.modem.mac, SE_MODEM);
    const states: boolean[] = [];
    link.onState((up) => void states.push(up));
    power.modem("plc_se")?.fallSilent(3_000);
    for (let waited = 0; states.length < 2; waited += 20) {
      assert.ok(waited < 30_000, `only ${states.join()}: ${log.join("; ")}`);
      await sleep(20);
    }
    assert.deepEqual(states, [false, true]);
    assert.deepEqual(log.slice(1), ["modem is silent", "modem answers again"]);
    link.close();
  });
});
