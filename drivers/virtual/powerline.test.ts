import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../../core/bytes";
import type { Stream } from "../../core/network";
import { decodeMme, encodeMme, type Mme, type MmeGiven, type MmeName, nidOfNmk } from "../../protocol/homeplug";
import { linkContract } from "../link.contract";
import { networkContract } from "../network.contract";
import { VirtualClock } from "./clock";
import { SeededEntropy } from "./entropy";
import { soundLine } from "./faults";
import { VirtualModem } from "./modem";
import { type Attachment, linkLocal, type PowerlineOptions, VirtualPowerline } from "./powerline";

const EV = "02:00:00:00:EE:01";
const EVSE = "02:00:00:00:5E:01";
const LOCAL = "00:B0:52:00:00:01";
const ALL = "FF:FF:FF:FF:FF:FF";
const NMK = "50D3E4933F855B7040784DF815AA8DB7";

function bench(options: Partial<PowerlineOptions> = {}) {
  const clock = new VirtualClock();
  const line = new VirtualPowerline({ clock, entropy: new SeededEntropy(1), plugged: true, ...options });
  const evse = line.modem({ name: "evse", mac: "02:B0:52:00:5E:02", hostMac: EVSE, role: "evse" });
  const ev = line.modem({ name: "ev", mac: "02:B0:52:00:EE:02", hostMac: EV, role: "ev" });
  return { clock, line, evse, ev };
}

function joined(options: Partial<PowerlineOptions> = {}) {
  const all = bench(options);
  for (const { modem } of [all.evse, all.ev]) modem.setKey({ nmk: NMK, nid: nidOfNmk(NMK) });
  all.clock.advance(1000);
  assert.ok(all.line.areJoined("ev", "evse"));
  return all;
}

const settle = async (clock: VirtualClock) => clock.advance(100);

linkContract("virtual link", async () => {
  const { clock, evse, ev } = bench();
  return { a: evse.link, b: ev.link, settle: () => settle(clock), close: async () => undefined };
});

networkContract("virtual network", async () => {
  const { clock, evse, ev } = joined();
  return { a: ev.network, b: evse.network, settle: () => settle(clock), close: async () => undefined };
});

/** Sends one message from a host and answers what that host hears of it. */
function ask<N extends MmeName>(
  clock: VirtualClock,
  station: Attachment,
  name: N,
  fields: MmeGiven<N>,
  da = LOCAL,
): Mme[] {
  const heard: Mme[] = [];
  station.link.onFrame((frame) => {
    const message = decodeMme(frame);
    if (message.kind === "Mme") heard.push(message);
  });
  const sa = hex(station.link.mac).replace(/..(?=.)/g, "$&:");
  station.link.send(encodeMme({ name, da, sa, fields }));
  clock.advance(20);
  return heard;
}

test("a modem answers its host as a QCA7000 does", () => {
  const asked: [MmeName, object, MmeName, object][] = [
    ["VS_SW_VER.REQ", {}, "VS_SW_VER.CNF", { MDEVICE_CLASS: 0x22, MVERSION: "MAC-QCA7000-1.1.0.730-04-20140815-CS" }],
    ["VS_OP_ATTR.REQ", { COOKIE: 77 }, "VS_OP_ATTR.CNF", { COOKIE: 77, HW: "QCA7000" }],
    ["VS_PL_LNK_STATUS.REQ", {}, "VS_PL_LNK_STATUS.CNF", { LinkStatus: 0 }],
    ["VS_NW_INFO.REQ", {}, "VS_NW_INFO.CNF", { DATA_LEN: 2, NUMAVLNS: 0 }],
    ["CM_NW_STATS.REQ", {}, "CM_NW_STATS.CNF", { NumSTAs: 0 }],
    ["CC_DISCOVER_LIST.REQ", {}, "CC_DISCOVER_LIST.CNF", { NumStas: 0 }],
    ["VS_RS_DEV.REQ", {}, "VS_RS_DEV.CNF", { MSTATUS: 0 }],
  ];
  for (const [name, fields, answer, expected] of asked) {
    const { clock, evse, ev } = bench();
    const remote: Uint8Array[] = [];
    ev.link.onFrame((frame) => void remote.push(frame));
    const [heard, ...more] = ask(clock, evse, name, fields as MmeGiven<typeof name>);
    assert.deepEqual([heard?.name, more.length], [answer, 0]);
    const found = heard?.fields as Record<string, unknown>;
    for (const [field, value] of Object.entries(expected)) assert.equal(found[field], value, `${answer} ${field}`);
    assert.equal(remote.length, 0, `${name} went out`);
  }
});

test("joined modems show each other", () => {
  const { clock, evse } = joined();
  const shown = (name: MmeName) => ask(clock, evse, name, {})[0]?.fields as Record<string, unknown>;
  assert.equal(shown("VS_PL_LNK_STATUS.REQ").LinkStatus, 1);
  assert.deepEqual(shown("CM_NW_STATS.REQ").Stations, [{ MAC: "02:B0:52:00:EE:02", AvgPHYDR_TX: 9, AvgPHYDR_RX: 9 }]);
  assert.equal(shown("CC_DISCOVER_LIST.REQ").NumStas, 1);
  const info = shown("VS_NW_INFO.REQ");
  assert.deepEqual([info.NID, info.ROLE, info.NUMSTAS, info.DATA_LEN], [nidOfNmk(NMK), 2, 1, 0x3a]);
});

test("a key is taken with Result 1, and refused over the line with Result 0", () => {
  const { clock, line, evse, ev } = joined();
  const fields = { MyNonce: "AAAAAAAA", NID: nidOfNmk("11".repeat(16)), NewKey: "11".repeat(16) };
  const results = ask(clock, evse, "CM_SET_KEY.REQ", fields, ALL) as Mme<"CM_SET_KEY.CNF">[];
  assert.deepEqual(
    results.map(({ sa, fields: { Result, YourNonce } }) => [sa, Result, YourNonce]),
    [
      ["02:B0:52:00:5E:02", 1, "AAAAAAAA"],
      ["02:B0:52:00:EE:02", 0, "AAAAAAAA"],
    ],
  );
  assert.equal(evse.modem.key.nmk, "11".repeat(16));
  assert.equal(ev.modem.key.nmk, NMK);
  assert.equal(line.areJoined("ev", "evse"), false);
});

test("a sounding becomes a profile at the station's host only, from the attenuation between the two", () => {
  const { clock, evse, ev } = bench({ attenuationDb: (_from, _to, group) => 10 + group / 2 });
  const atEvse: Mme[] = [];
  const atEv: Mme[] = [];
  for (const [{ link }, list] of [
    [evse, atEvse],
    [ev, atEv],
  ] as const) {
    link.onFrame((frame) => {
      const message = decodeMme(frame);
      if (message.kind === "Mme") list.push(message);
    });
  }
  const sound = encodeMme({ name: "CM_MNBC_SOUND.IND", da: ALL, sa: EV, fields: { Cnt: 9, RunID: "00".repeat(8) } });
  ev.link.send(sound);
  clock.advance(20);
  assert.deepEqual(
    atEvse.map(({ name }) => name),
    ["CM_MNBC_SOUND.IND", "CM_ATTEN_PROFILE.IND"],
  );
  const { PEV_MAC, AAG } = (atEvse[1] as Mme<"CM_ATTEN_PROFILE.IND">).fields;
  assert.deepEqual([PEV_MAC, AAG.length, AAG[0], AAG[57]], [EV, 58, 10, 39]);
  assert.deepEqual(atEv, []);
});

test("a car's modem makes no profile of a sound, and a question to the own modem never goes out on the line", () => {
  const { clock, evse, ev } = bench();
  const heard: Mme[] = [];
  ev.link.onFrame((frame) => void heard.push(decodeMme(frame) as Mme));
  const sound = encodeMme({ name: "CM_MNBC_SOUND.IND", da: ALL, sa: EVSE, fields: { Cnt: 9, RunID: "00".repeat(8) } });
  evse.link.send(sound);
  clock.advance(20);
  assert.deepEqual(
    heard.map(({ name }) => name),
    ["CM_MNBC_SOUND.IND"],
  );
  const out: string[] = [];
  const options = { name: "alone", mac: "02:B0:52:00:00:01", hostMac: EVSE, role: "evse" } as const;
  const modem = new VirtualModem(options, {
    clock,
    entropy: new SeededEntropy(2),
    toHost: () => undefined,
    toLine: (frame) => void out.push(hex(frame.subarray(0, 6))),
    neighbours: () => [],
    toNetwork: () => undefined,
    changed: () => undefined,
  });
  for (const da of [LOCAL, options.mac, EV, ALL]) {
    modem.fromHost(encodeMme({ name: "VS_SW_VER.REQ", da, sa: EVSE, fields: {} }));
  }
  assert.deepEqual(out, ["02000000EE01", "FFFFFFFFFFFF"]);
});

test("IPv6 passes after the join delay, and no longer", () => {
  const { clock, line, evse, ev } = bench({ joinDelay: 5000 });
  let heard = 0;
  evse.network.datagrams(15118, () => void heard++, { multicast: "ff02::1" });
  const socket = ev.network.datagrams(0, () => undefined);
  const shout = () => {
    socket.send(new Uint8Array(1), { address: "ff02::1", port: 15118 });
    clock.advance(10);
    return heard;
  };
  for (const { modem } of [evse, ev]) modem.setKey({ nmk: NMK, nid: nidOfNmk(NMK) });
  clock.advance(4900);
  assert.equal(shout(), 0);
  clock.advance(200);
  assert.equal(shout(), 1);
  line.setPlugged(false);
  assert.equal(shout(), 1);
  line.setPlugged(true);
  assert.equal(shout(), 1);
  clock.advance(5000);
  assert.equal(shout(), 2);
  evse.modem.setKey({ nmk: "22".repeat(16), nid: "00000000000000" });
  assert.equal(shout(), 2);
});

test("without a network a connection fails after a while", () => {
  const { clock, evse, ev } = bench();
  evse.network.listen(61000, () => assert.fail("accepted"));
  const failures: number[] = [];
  ev.network.connect(
    { address: evse.network.address, port: 61000 },
    () => assert.fail("opened"),
    () => void failures.push(clock.now()),
  );
  clock.advance(20_000);
  assert.equal(failures.length, 1);
  assert.ok((failures[0] ?? 0) > 1000);
  assert.equal(clock.pending, 0);
});

test("an open stream gets no data while the link is cut, all of it when the link is back, and memory stays bounded", () => {
  const { clock, line, evse, ev } = joined();
  const servers: Stream[] = [];
  evse.network.listen(61000, (stream) => void servers.push(stream));
  const clients: Stream[] = [];
  ev.network.connect(
    { address: evse.network.address, port: 61000 },
    (stream) => void clients.push(stream),
    assert.fail,
  );
  clock.advance(100);
  const [server, client] = [servers[0], clients[0]];
  assert.ok(server && client);
  let heard = 0;
  server.onBytes((chunk) => {
    heard += chunk.length;
  });
  const ends: string[] = [];
  client.onClose((reason) => void ends.push(reason));
  line.setPlugged(false);
  client.send(new Uint8Array(5000));
  clock.advance(10_000);
  assert.equal(heard, 0);
  line.setPlugged(true);
  clock.advance(1000);
  assert.equal(heard, 5000);
  line.setPlugged(false);
  for (let mebibyte = 0; mebibyte < 6; mebibyte++) client.send(new Uint8Array(1 << 20));
  clock.advance(10);
  assert.deepEqual(ends, ["stalled"]);
});

test("a peer that takes no byte for 5 s is given up, one that takes some is not (TC05)", () => {
  const { clock, evse, ev } = joined();
  const servers: Stream[] = [];
  const clients: Stream[] = [];
  evse.network.listen(61000, (stream) => void servers.push(stream));
  const to = { address: evse.network.address, port: 61000 };
  ev.network.connect(to, (stream) => void clients.push(stream), assert.fail);
  clock.advance(100);
  const [server, client] = [servers[0], clients[0]];
  assert.ok(server && client);
  const ends: string[] = [];
  client.onClose((reason) => void ends.push(reason));
  server.onBytes(() => undefined);
  server.reading(false);
  client.send(new Uint8Array(100_000));
  clock.advance(60_000);
  assert.deepEqual(ends, [], "a window and a kernel's buffer hold that much");
  client.send(new Uint8Array(100_000));
  clock.advance(4_500);
  server.reading(true);
  clock.advance(100);
  server.reading(false);
  clock.advance(4_500);
  assert.deepEqual(ends, [], "some went out");
  client.send(new Uint8Array(200_000));
  clock.advance(5_100);
  assert.deepEqual(ends, ["stalled"]);
});

test("a host that hangs keeps its modem in the network, and nothing of it is lost when it goes on", () => {
  const { clock, line, evse, ev } = joined();
  const heard: Uint8Array[] = [];
  const datagrams: number[] = [];
  evse.network.listen(61000, (stream) => stream.onBytes((bytes) => void heard.push(bytes)));
  evse.network.datagrams(15118, (bytes) => void datagrams.push(bytes.length));
  const socket = ev.network.datagrams(0, () => undefined);
  const to = { address: evse.network.address, port: 61000 };
  const clients: Stream[] = [];
  ev.network.connect(to, (stream) => void clients.push(stream), assert.fail);
  clock.advance(100);
  line.hang("ev");
  clients[0]?.send(Uint8Array.of(1));
  socket.send(Uint8Array.of(2), { address: evse.network.address, port: 15118 });
  clock.advance(1000);
  assert.deepEqual([heard.length, datagrams.length, line.areJoined("ev", "evse")], [0, 0, true]);
  line.loseNothing();
  clock.advance(1000);
  assert.deepEqual([heard.length, datagrams.length], [1, 0]);
});

test("faults: every frame lost, doubled, late; one message lost by name; a modem in its restart", () => {
  const soundOnce = ({ ev, clock }: ReturnType<typeof bench>) => {
    ev.link.send(encodeMme({ name: "CM_SLAC_PARM.REQ", da: ALL, sa: EV, fields: { RunID: "00".repeat(8) } }));
    clock.advance(200);
  };
  const heardWith = (spoil: (it: ReturnType<typeof bench>) => void) => {
    const it = bench();
    const times: number[] = [];
    it.evse.link.onFrame(() => void times.push(it.clock.now()));
    spoil(it);
    soundOnce(it);
    soundOnce(it);
    return times;
  };
  assert.deepEqual(
    heardWith(() => undefined),
    [2, 202],
  );
  assert.deepEqual(
    heardWith(({ line }) => {
      line.faults = { ...soundLine, loss: 1 };
    }),
    [],
  );
  assert.deepEqual(
    heardWith(({ line }) => {
      line.faults = { ...soundLine, duplication: 1 };
    }),
    [2, 2, 202, 202],
  );
  assert.deepEqual(
    heardWith(({ line }) => {
      line.faults = { ...soundLine, delay: 50 };
    }),
    [52, 252],
  );
  assert.deepEqual(
    heardWith(({ line }) => line.lose("CM_SLAC_PARM.REQ")),
    [202],
  );
  assert.deepEqual(
    heardWith(({ ev }) => ev.modem.fallSilent(150)),
    [202],
  );
  assert.deepEqual(
    heardWith(({ evse }) => evse.modem.reset()),
    [],
  );
  assert.deepEqual(
    heardWith(({ line }) => line.setPlugged(false)),
    [],
  );
});

test("a restart of the modem is seen by its host as an interface that goes and comes back", () => {
  const { clock, evse } = bench();
  const states: [number, boolean][] = [];
  evse.link.onState((up) => void states.push([clock.now(), up]));
  evse.modem.reset();
  clock.advance(3000);
  assert.deepEqual(states, [
    [0, false],
    [2000, true],
  ]);
});

test("a host's link-local address follows from its MAC address", () => {
  assert.equal(linkLocal("02:00:00:00:5E:01"), "fe80::ff:fe00:5e01");
  assert.equal(linkLocal("A0:CE:C8:CA:5F:A2"), "fe80::a2ce:c8ff:feca:5fa2");
});

test("entropy of one seed is the same for ever, however it is drawn", () => {
  const whole = hex(new SeededEntropy("x").bytes(100));
  const parts = new SeededEntropy("x");
  assert.equal([1, 7, 32, 60].map((length) => hex(parts.bytes(length))).join(""), whole);
  assert.notEqual(hex(new SeededEntropy("y").bytes(100)), whole);
  assert.equal(whole.slice(0, 16), "BB9A93E2157A1467");
});
