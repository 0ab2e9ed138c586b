import assert from "node:assert/strict";
import { once as event } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { after, test } from "node:test";
import { hex } from "../../core/bytes";
import type { Link } from "../../core/link";
import { decodeMme, encodeMme, type Mme, type MmeName, macOf } from "../../protocol/homeplug";
import { linkContract } from "../link.contract";
import { networkContract } from "../network.contract";
import type { LineEvent } from "../virtual/line";
import { SystemClock } from "./clock";
import { SystemEntropy } from "./entropy";
import { bothEnds, insideNamespace, skippingWithoutCapture } from "./inside-namespace.contract";
import { markable, passed } from "./markers.contract";
import type { NamespacePlan } from "./namespace";
import { LinuxNetwork } from "./network";
import { LinuxPowerline, type LinuxPowerlineOptions, type Passage } from "./powerline";
import { RawLink } from "./raw-link";

/** Two hosts and, at the other ends of their cables, their modems; all in one namespace, for link-local traffic takes the cable. */
const plan: NamespacePlan = {
  ...bothEnds,
  cables: [
    [
      { role: "lab", interface: "ev", mac: "02:00:00:00:ee:01", address: "fe80::ee" },
      { role: "lab", interface: "plc_ev" },
    ],
    [
      { role: "lab", interface: "se", mac: "02:00:00:00:5e:01", address: "fe80::5e" },
      { role: "lab", interface: "plc_se" },
    ],
  ],
};
const EV_MODEM = "02:B0:52:00:EE:02";
const SE_MODEM = "02:B0:52:00:5E:02";
const KEY = { nmk: "50D3E4933F855B7040784DF815AA8DB7", nid: "B0F2E695666B03" };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function until(done: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !done(); waited += 10) {
    assert.ok(waited < 30_000, `in vain: ${what}`);
    await sleep(10);
  }
}

let last: LinuxPowerline | undefined;

/** A line in place of the last one. */
async function powerline(options: Partial<LinuxPowerlineOptions> = {}): Promise<LinuxPowerline> {
  last?.close();
  last = await LinuxPowerline.open({
    clock: new SystemClock(),
    entropy: new SystemEntropy(),
    joinDelay: 50,
    plugged: true,
    ports: [
      { interface: "plc_ev", mac: EV_MODEM, role: "ev" },
      { interface: "plc_se", mac: SE_MODEM, role: "evse" },
    ],
    ...options,
  });
  return last;
}

async function joined(options: Partial<LinuxPowerlineOptions> = {}): Promise<LinuxPowerline> {
  const line = await powerline(options);
  for (const port of ["plc_ev", "plc_se"]) line.modem(port)?.setKey(KEY);
  await until(() => line.areJoined("plc_ev", "plc_se"), "a network of two");
  return line;
}

/** Both hosts' raw links, and a way to know that all that was sent before has arrived: there, back with the answers, and there. */
async function hosts() {
  const [ev, se] = await Promise.all([RawLink.open({ interface: "ev" }), RawLink.open({ interface: "se" })]);
  const [a, b] = [markable(ev), markable(se)];
  const settle = async (): Promise<void> => {
    await passed(ev, b, 2_000);
    await passed(se, a, 2_000);
    await passed(ev, b, 2_000);
  };
  const close = (): void => {
    ev.close();
    se.close();
  };
  return { ev: a.link, se: b.link, settle, close };
}

/** What this host's modem answers to a question, which nobody else may hear. */
async function ask(link: Link, name: MmeName, fields: object): Promise<Mme> {
  const heard: Mme[] = [];
  link.onFrame((frame) => {
    const message = decodeMme(frame);
    if (message.kind === "Mme" && message.name === name.replace("REQ", "CNF")) heard.push(message);
  });
  link.send(encodeMme({ name, da: "00:B0:52:00:00:01", sa: macOf(link.mac), fields: fields as never }));
  await until(() => heard.length > 0, `an answer to ${name}`);
  return heard[0] as Mme;
}

insideNamespace(__filename, plan, () => {
  const { skip } = skippingWithoutCapture();
  if (skip !== undefined) return void test("power line between interfaces", { skip }, () => undefined);

  linkContract("power line between interfaces", async () => {
    const line = await powerline();
    const { ev, se, settle, close } = await hosts();
    return {
      a: ev,
      b: se,
      settle,
      close: async () => {
        close();
        line.close();
      },
    };
  });

  // The same line and links for all rows: children that open frames are slow to start.
  const shared = once(async () => {
    const line = await joined();
    return { line, ...(await hosts()) };
  });
  networkContract("power line between interfaces", async () => {
    const { settle } = await shared();
    const [a, b] = await Promise.all(["ev", "se"].map((name) => LinuxNetwork.open({ interface: name })));
    assert.ok(a && b);
    return {
      a,
      b,
      settle: async () => {
        // Sockets of the platform tell what has arrived in turns of their own.
        for (let round = 0; round < 3; round++) {
          await settle();
          for (let turn = 0; turn < 10; turn++) await sleep(5);
        }
      },
      close: async () => {
        a.close();
        b.close();
      },
    };
  });

  after(async () => {
    (await shared()).close();
    last?.close();
  });

  test("a key set on either side makes a network after the join delay; IPv6 passes then and not before", async () => {
    const events: LineEvent[] = [];
    const passages: Passage[] = [];
    const line = await powerline({
      joinDelay: 300,
      onEvent: (event) => void events.push(event),
      onPassage: (passage) => void passages.push(passage),
    });
    const { ev, se, close } = await hosts();
    const [car, station] = await Promise.all(["ev", "se"].map((name) => LinuxNetwork.open({ interface: name })));
    assert.ok(car && station);
    let heard = 0;
    const listening = station.datagrams(15118, () => void heard++, { multicast: "ff02::1" });
    const socket = car.datagrams(0, () => undefined);
    const shout = () => socket.send(Uint8Array.of(1), { address: "ff02::1", port: 15118 });
    const sent = () =>
      passages.filter(({ port, dir, frame }) => port === "plc_ev" && dir === "in" && isIpv6(frame)).length;

    for (const link of [ev, se]) {
      const { fields } = (await ask(link, "CM_SET_KEY.REQ", {
        MyNonce: "AAAAAAAA",
        NID: KEY.nid,
        NewKey: KEY.nmk,
      })) as Mme<"CM_SET_KEY.CNF">;
      assert.equal(fields.Result, 1);
    }
    if (!line.areJoined("plc_ev", "plc_se")) {
      shout();
      await until(() => sent() > 0, "the datagram at the car's modem");
      const before = events.some(({ kind }) => kind === "joined");
      if (!before) assert.equal(heard, 0);
    }
    await until(() => events.some(({ kind }) => kind === "joined"), "a join");
    const atJoin = heard;
    shout();
    await until(() => heard > atJoin, "a datagram through the network");
    const status = await ask(ev, "VS_PL_LNK_STATUS.REQ", {});
    assert.equal((status as Mme<"VS_PL_LNK_STATUS.CNF">).fields.LinkStatus, 1);

    line.setPlugged(false);
    const atUnplug = sent();
    const heardThen = heard;
    shout();
    await until(() => sent() > atUnplug, "another datagram at the car's modem");
    await sleep(100);
    assert.equal(heard, heardThen);
    const keys = events.flatMap((event) => (event.kind === "key" ? [[event.modem, event.nid]] : []));
    assert.deepEqual(keys, [
      ["plc_ev", KEY.nid],
      ["plc_se", KEY.nid],
    ]);
    assert.ok(!JSON.stringify(events).includes(KEY.nmk));
    assert.deepEqual(
      events.filter(({ kind }) => kind === "joined" || kind === "parted").map(({ kind }) => kind),
      ["joined", "parted"],
    );
    for (const it of [listening, socket, car, station, line]) it.close();
    close();
  });

  test("two lines on one interface would feed each other without end: the second is refused", async () => {
    await powerline();
    const second = LinuxPowerline.open({
      clock: new SystemClock(),
      entropy: new SystemEntropy(),
      ports: [{ interface: "plc_se", mac: SE_MODEM, role: "evse" }],
    });
    await assert.rejects(second, { problem: { kind: "InterfaceInUse", interface: "plc_se" } });
  });

  test("a megabyte over TCP passes whole in both directions: no checksum is left blank", async () => {
    const line = await joined();
    const served: Socket[] = [];
    const server = createServer((socket) => {
      served.push(socket);
      socket.pipe(socket);
    }).listen({ host: "fe80::5e%se", port: 0 });
    await event(server, "listening");
    const { port } = server.address() as { port: number };
    const client: Socket = connect({ host: "fe80::5e%ev", port, localAddress: "fe80::ee%ev" });
    const sent = Buffer.alloc(1_000_000, 0x5a).map((_, index) => index % 251);
    let back = Buffer.alloc(0);
    client.on("data", (chunk) => {
      back = Buffer.concat([back, chunk]);
    });
    client.write(sent);
    await until(() => back.length >= sent.length, `${sent.length} bytes, only ${back.length} came`);
    assert.ok(back.equals(sent));
    for (const socket of [client, ...served]) socket.destroy();
    server.close();
    line.close();
  });

  test("frames are stamped where they come in, in order, and captured in both directions", async () => {
    const passages: Passage[] = [];
    const line = await powerline({ onPassage: (passage) => void passages.push(passage) });
    const { ev, close } = await hosts();
    const start = process.hrtime.bigint();
    await ask(ev, "VS_SW_VER.REQ", {});
    const end = process.hrtime.bigint();
    const own = passages.filter(({ frame }) => /VS_SW_VER/.test(nameOf(frame)));
    assert.deepEqual(
      own.map(({ port, dir, frame }) => [port, dir, nameOf(frame)]),
      [
        ["plc_ev", "in", "VS_SW_VER.REQ"],
        ["plc_ev", "out", "VS_SW_VER.CNF"],
      ],
    );
    const [asked, answered] = own.map(({ at }) => at);
    assert.ok(asked !== undefined && answered !== undefined && start < asked && asked < answered && answered < end);
    close();
    line.close();
  });

  test("unicast goes only to the modem whose host is known to have that address", async () => {
    const line = await joined();
    const { ev, se, settle, close } = await hosts();
    const heard: string[] = [];
    ev.onFrame((frame) => void heard.push(hex(frame.subarray(17, 19))));
    const send = (da: Uint8Array, mark: number) => {
      const frame = new Uint8Array(60);
      frame.set([...da, ...se.mac, 0x88, 0xe1, 1, 0xfd, 0x7f, 0, mark]);
      se.send(frame);
    };
    const other = Uint8Array.of(2, 0, 0, 0, 0xee, 9);
    // Both modems know their hosts from here on.
    await settle();
    send(other, 1);
    await settle();
    send(ev.mac, 2);
    await settle();
    assert.deepEqual(heard, ["0002"]);
    close();
    line.close();
  });

  test("an interface that is not there is told by its name, and the others are let go", async () => {
    const ports = [
      { interface: "plc_ev", mac: EV_MODEM, role: "ev" },
      { interface: "nowhere", mac: SE_MODEM, role: "evse" },
    ] as const;
    await assert.rejects(powerline({ ports }), { problem: { kind: "NoInterface", interface: "nowhere" } });
  });
});

const isIpv6 = (frame: Uint8Array): boolean => frame[12] === 0x86 && frame[13] === 0xdd;
function nameOf(frame: Uint8Array): string {
  const message = decodeMme(frame);
  return message.kind === "Mme" ? message.name : message.why;
}
