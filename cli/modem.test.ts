import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { hex } from "../core/bytes";
import { insideNamespace, skippingWithoutCapture } from "../drivers/linux/inside-namespace.contract";
import { ModemClient, type TimedPassage } from "../drivers/linux/modem-control";
import { RawLink } from "../drivers/linux/raw-link";
import type { LineEvent } from "../drivers/virtual/line";
import { decodeMme, encodeMme, macOf } from "../protocol/homeplug";
import { hil, type Process, until } from "./programs.contract";

const ports = ["--port", "plc_ev=02:b0:52:00:ee:02,ev", "--port", "plc_se=02:b0:52:00:5e:02,evse"];
const both = { a: "plc_ev", b: "plc_se" };

const modem = (...args: readonly string[]): Process => hil("modem", ...args);

const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["no port", [], /--port/],
  ["one port", ["--port", "a=02:00:00:00:00:01"], /at least two modems/],
  ["a port without an address", ["--port", "a"], /IFACE=MAC/],
  ["a role of its own", ["--port", "a=02:00:00:00:00:01,pev"], /IFACE=MAC,ev or/],
  ["a group's address", ["--port", "a=03:00:00:00:00:01"], /no group address/],
  ["an interface twice", ["--port", "a=02:00:00:00:00:01", "--port", "a=02:00:00:00:00:02"], /a is there twice/],
  ["an address twice", ["--port", "a=02:00:00:00:00:0A", "--port", "b=02:00:00:00:00:0a"], /00:0A is there twice/],
  ["a capture of no port", [...ports, "--capture", "eth7=x.pcapng"], /no --port is at eth7/],
];

test("mistakes of whoever calls are told in a line, with status 2", async () => {
  for (const [what, args, pattern] of mistakes) {
    const { exit, said } = modem(...args);
    assert.equal(await exit, 2, what);
    assert.match(said.err, pattern);
    assert.doesNotMatch(said.err, /\n +at /, what);
  }
});

/** Two hosts and their modems' interfaces, in one namespace: link-local traffic takes the cable. */
const plan = {
  worker: "modem",
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

async function running(context: TestContext, ...args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-modem-"));
  const path = join(folder, "control");
  const process = modem(...ports, "--control", path, ...args.map((arg) => arg.replace("FOLDER", folder)));
  context.after(() => {
    process.child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  await until(`ready\n${process.said.err}`, () => process.said.out !== "");
  return { ...process, folder, path };
}

async function controlled(context: TestContext, path: string, origin: bigint) {
  const passages: TimedPassage[] = [];
  const events: (LineEvent & { t: number })[] = [];
  const control = await ModemClient.open({
    path,
    origin,
    onPassage: (passage) => void passages.push(passage),
    onEvent: (event) => void events.push(event),
  });
  context.after(() => control.close());
  return { control, passages, events };
}

const nameOf = (frame: Uint8Array): string => {
  const message = decodeMme(frame);
  return message.kind === "Mme" ? message.name : message.why;
};

async function hosts(context: TestContext) {
  const [ev, se] = await Promise.all([RawLink.open({ interface: "ev" }), RawLink.open({ interface: "se" })]);
  const heard: { readonly [host in "ev" | "se"]: string[] } = { ev: [], se: [] };
  ev.onFrame((frame) => void heard.ev.push(nameOf(frame)));
  se.onFrame((frame) => void heard.se.push(nameOf(frame)));
  context.after(() => {
    ev.close();
    se.close();
  });
  const request = (): void => {
    const [name, sa] = ["CM_SLAC_PARM.REQ", macOf(ev.mac)] as const;
    ev.send(encodeMme({ name, da: "FF:FF:FF:FF:FF:FF", sa, fields: { RunID: "0102030405060708" } }));
  };
  return { heard, request };
}

insideNamespace(__filename, plan, () => {
  const { skip } = skippingWithoutCapture();
  if (skip !== undefined) return void test("the modem as a process", { skip }, () => undefined);

  test("it is ready in one line, brings frames from host to host, tells and captures each passage, and ends by a signal", async (context) => {
    const origin = process.hrtime.bigint();
    const files = ["--capture", "FOLDER/all.pcapng", "--capture", "plc_se=FOLDER/se.pcapng"];
    const { said, child, exit, path, folder } = await running(context, "--origin", String(origin), ...files);
    assert.equal(said.out, "Modem ready: plc_ev plc_se\n");
    const { control, passages } = await controlled(context, path, origin);
    assert.deepEqual(control.ports, [
      { port: "plc_ev", mac: "02:B0:52:00:EE:02", role: "ev" },
      { port: "plc_se", mac: "02:B0:52:00:5E:02", role: "evse" },
    ]);
    const { heard, request } = await hosts(context);
    const before = Number(process.hrtime.bigint() - origin) / 1e6;
    request();
    await until("the request at the station", () => heard.se.length > 0);
    const after = Number(process.hrtime.bigint() - origin) / 1e6;
    assert.deepEqual(
      passages.map(({ port, dir, frame }) => [port, dir, nameOf(frame)]),
      [
        ["plc_ev", "in", "CM_SLAC_PARM.REQ"],
        ["plc_se", "out", "CM_SLAC_PARM.REQ"],
      ],
    );
    for (const { t } of passages) assert.ok(before < t && t < after, `${before} < ${t} < ${after}`);
    child.kill("SIGTERM");
    assert.deepEqual([await exit, said.err], [0, ""]);
    const frame = hex(passages[0]!.frame);
    const copies = (file: string): number => hex(readFileSync(join(folder, file))).split(frame).length - 1;
    assert.deepEqual(["all.pcapng", "se.pcapng"].map(copies), [2, 1]);
    // At its host a frame that the modem hands over is inbound: the option of the direction follows each frame.
    const [inbound, outbound] = ["0200040001000000", "0200040002000000"];
    const directions = (file: string) =>
      [inbound, outbound].map((it) => hex(readFileSync(join(folder, file))).includes(it));
    assert.deepEqual(["all.pcapng", "se.pcapng"].map(directions), [
      [true, true],
      [true, false],
    ]);
  });

  test("commands lose frames, pull the plug, share a key, silence and restart modems, set the attenuation", async (context) => {
    const { path } = await running(context, "--join-delay", "60000");
    const { control, events, passages } = await controlled(context, path, 0n);
    const { heard, request } = await hosts(context);
    const arrives = async (): Promise<boolean> => {
      const [count, seen] = [heard.se.length, passages.length];
      request();
      // What the modem has told of is on its way to the host, if it is on its way at all.
      await until("the request at the modem", () => passages.length > seen);
      await control.do("loseNothing");
      const told = passages.slice(seen).some(({ port }) => port === "plc_se");
      if (told) await until("the request at the station", () => heard.se.length > count);
      return told;
    };
    assert.equal(await arrives(), true);
    await control.do("lose", { name: "CM_SLAC_PARM.REQ", times: 1 });
    assert.equal(await arrives(), false);
    await control.do("setPlugged", { plugged: false });
    assert.equal(await arrives(), false);
    assert.deepEqual(await control.do("join", both), { joined: false });
    await control.do("setPlugged", { plugged: true });
    assert.deepEqual(await control.do("join", both), { joined: true });
    await control.do("attenuation", { db: null, from: "plc_ev", to: "plc_se" });
    assert.equal(await arrives(), false);
    await control.do("attenuation", { db: 12 });
    assert.equal(await arrives(), true);
    assert.deepEqual(await control.do("join", both), { joined: true });
    await control.do("silence", { port: "plc_se", ms: 60_000 });
    assert.deepEqual(await control.do("areJoined", both), { joined: false });
    await control.do("restart", { port: "plc_se" });
    assert.deepEqual(
      events.filter(({ kind }) => kind !== "key").map(({ kind }) => kind),
      ["joined", "parted", "joined", "silent", "parted", "reset", "silent"],
    );
    await control.do("send", {
      port: "plc_ev",
      hex: "0200000000EE01020000000000EE88E1".padEnd(120, "0").slice(0, 120),
    });
    assert.equal(passages.at(-1)?.port, "plc_ev");
  });

  test("what cannot be meant is refused in words, and nothing changes; a second modem on an interface is refused", async (context) => {
    const { path } = await running(context);
    const socket = connect(path);
    context.after(() => socket.destroy());
    let text = "";
    socket.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    const asked = [
      "nonsense",
      "[]",
      '{"do":"explode","id":7}',
      '{"do":"toString"}',
      '{"do":"lose","name":"CM_NOTHING"}',
      '{"do":"lose","name":"CM_SLAC_PARM.REQ","tims":2}',
      '{"do":"silence","port":"eth9","ms":5}',
      '{"do":"silence","port":"plc_ev","ms":-5}',
      '{"do":"join","a":"plc_ev","b":"plc_ev"}',
      '{"do":"send","port":"plc_ev","hex":"00"}',
      '{"do":"attenuation"}',
    ];
    socket.write(`${asked.join("\n")}\n`);
    await until("answers", () => text.split("\n").length > asked.length + 1);
    const [hello, ...answers] = text.trim().split("\n");
    assert.match(hello ?? "", /^\{"event":"hello","origin":"\d+"/);
    const expected = [
      /not JSON/,
      /not a JSON object/,
      /"do\\?": one of lose.*"id":7/,
      /"do/,
      /"name/,
      /no \\"tims/,
      /eth9/,
      /600000/,
      /another modem/,
      /14 to 1514/,
      /"db/,
    ];
    for (const [index, pattern] of expected.entries()) {
      assert.match(answers[index] ?? "", /^\{"ok":false,"error":"/);
      assert.match((answers[index] ?? "").replaceAll('\\"', '"'), new RegExp(pattern.source.replaceAll('\\\\"', '"')));
    }
    const second = modem(...ports);
    assert.equal(await second.exit, 3);
    assert.match(second.said.err, /^ccs-hil: another process has its virtual modem at plc_(ev|se) already\n$/);
  });
});
