import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { type TestContext, test } from "node:test";
import { VirtualClock } from "../../drivers/virtual/clock";
import { SeededEntropy } from "../../drivers/virtual/entropy";
import { VirtualPowerline } from "../../drivers/virtual/powerline";
import { examine } from ".";
import { checkBoard, checkKernelLog, checkModule, checkRelease } from "./board";
import { checkBootConfig } from "./boot-config";
import { checkClock, checkMonotonic } from "./clock";
import type { Finding, Level } from "./finding";
import { checkInterface, checkLinkLocal, checkSpi } from "./link";
import { askModem, modemFindings } from "./modem";
import { checkCapabilities, checkNode, checkPackages } from "./process";
import { render, wrap } from "./render";
import { checkSerial } from "./serial";
import type { System } from "./system";

interface Machine {
  readonly files?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly runs?: Readonly<Record<string, { readonly status: number; readonly output: string }>>;
  readonly locked?: readonly string[];
  readonly running?: boolean;
  readonly node?: string;
  readonly packages?: Readonly<Record<string, string>>;
  readonly clock?: readonly bigint[];
  readonly today?: string;
}

/** A machine made of what its files say. */
function system(machine: Machine): System {
  const { files = {}, links = {}, runs = {}, locked = [], packages = {} } = machine;
  const paths = [...Object.keys(files), ...Object.keys(links)];
  const ticks = [...(machine.clock ?? [])];
  let now = 0n;
  const exists = (path: string): boolean => paths.some((each) => each === path || each.startsWith(`${path}/`));
  return {
    running: machine.running ?? true,
    read: (path) => files[path],
    list: (path) =>
      [
        ...new Set(
          paths.filter((each) => each.startsWith(`${path}/`)).map((each) => posix.relative(path, each).split("/")[0]!),
        ),
      ].sort(),
    link: (path) => links[path],
    exists,
    writable: (path) => exists(path) && !locked.includes(path),
    run: (program, ...args) => runs[[program, ...args].join(" ")],
    node: machine.node ?? "20.19.0",
    packageProblem: (name) => packages[name],
    monotonic: () => (machine.clock ? (ticks.shift() ?? machine.clock.at(-1) ?? 0n) : ++now),
    today: () => new Date(machine.today ?? "2026-05-01T12:00:00Z"),
  };
}

const model = "/proc/device-tree/model";
const pi4 = { [model]: "Raspberry Pi 4 Model B Rev 1.4\0" };
const config = "/boot/firmware/config.txt";
const goodConfig = "[all]\ndtparam=spi=on\ndtoverlay=qca7000,int_pin=25,speed=12000000\ndtoverlay=\n";
const kernel = { "/proc/sys/kernel/osrelease": "6.12.25+rpt-rpi-v8\n" };
const eth1 = "/sys/class/net/eth1";
const good: Machine = {
  files: {
    ...pi4,
    ...kernel,
    "/etc/os-release": 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nVERSION_CODENAME=trixie\n',
    [config]: goodConfig,
    "/boot/firmware/overlays/qca7000.dtbo": "",
    "/proc/device-tree/soc/spi@7e204000/qca7000@0/compatible": "qca,qca7000\0",
    "/sys/module/qcaspi/refcnt": "0\n",
    "/sys/bus/spi/devices/spi0.0/modalias": "spi:qca7000",
    [`${eth1}/address`]: "9e:12:34:56:78:9a\n",
    [`${eth1}/flags`]: "0x1003\n",
    [`${eth1}/carrier`]: "1\n",
    "/sys/class/net/lo/flags": "0x9\n",
    "/proc/sys/net/ipv6/conf/eth1/disable_ipv6": "0\n",
    "/proc/net/if_inet6":
      "00000000000000000000000000000001 01 80 10 80 lo\nfe800000000000009c1234fffe56789a 03 40 20 80 eth1\n",
    "/proc/self/status": "CapEff:\t0000000000003000\n",
    "/run/systemd/timesync/synchronized": "",
    "/sys/devices/system/clocksource/clocksource0/current_clocksource": "arch_sys_counter\n",
    "/dev/ttyS0": "",
    "/proc/cmdline": "console=tty1 root=/dev/mmcblk0p2\n",
  },
  links: {
    "/sys/bus/spi/devices/spi0.0/driver": "../../../bus/spi/drivers/qcaspi",
    [`${eth1}/device/driver`]: "../../../../bus/spi/drivers/qcaspi",
    "/dev/serial0": "ttyS0",
  },
  runs: {
    dmesg: {
      status: 0,
      output: "[    4.1] qcaspi spi0.0: ver=0.2.7-i, clkspeed=12000000\n[    4.2] usb 1-1: new device\n",
    },
  },
};

/** The good machine with other files; undefined takes one away. */
const but = (files: Readonly<Record<string, string | undefined>>, more: Machine = {}): Machine => ({
  ...good,
  ...more,
  files: Object.fromEntries(
    Object.entries({ ...good.files, ...files }).filter((row): row is [string, string] => row[1] !== undefined),
  ),
});
const booting = (text: string): Machine => but({ [config]: text });
const says = (line: string): Machine => ({
  ...good,
  runs: { dmesg: { status: 0, output: `[    3.9] qcaspi spi0.0: ${line}\n` } },
});
const without = (name: "links" | "files", ...paths: string[]): Machine => ({
  ...good,
  [name]: Object.fromEntries(
    Object.entries(good[name] ?? {}).filter(([path]) => !paths.some((each) => path.startsWith(each))),
  ),
});

test("a bench that is in order: every line is ok", () => {
  const findings = examine(system(good), { serial: "/dev/serial0" });
  assert.deepEqual(
    findings.filter(({ level }) => level !== "ok"),
    [],
  );
  const looked = findings.map(({ check }) => check);
  for (const check of [
    "board",
    "overlay",
    "SPI",
    "kernel module",
    "kernel log",
    "SPI devices",
    "interface",
    "carrier",
    "IPv6 link-local",
    "capabilities",
    "clock",
    "serial line",
  ])
    assert.ok(looked.includes(check), check);
});

type Check = (of: System) => Finding[];
type Row = readonly [
  what: string,
  check: Check,
  machine: Machine,
  expected: `${Level} ${string}`,
  found: RegExp,
  remedy?: RegExp,
];
const on =
  (name: string | undefined, check: (of: System, name: string | undefined) => Finding[]): Check =>
  (of) =>
    check(of, name);

const serial: Check = (of) => checkSerial(of, "/dev/serial0");
const modem =
  (said: Parameters<typeof modemFindings>[0]): Check =>
  () =>
    modemFindings(said);
const version = "MAC-QCA7000-1.1.0.730-04-20140815-CS";

// biome-ignore format: a row a line
const rows: readonly Row[] = [
  ["no Raspberry Pi", checkBoard, { files: {} }, "warn board", /not a Raspberry Pi/, /own SPI/],
  ["a board not prepared for", checkBoard, but({ [model]: "Raspberry Pi 5 Model B\0" }), "warn board", /Pi 5/, /3, 4 and Zero 2 W/],
  ["another release", checkRelease, but({ "/etc/os-release": "VERSION_CODENAME=bullseye\n" }), "warn release", /unknown/, /bookworm and trixie/],
  ["no release", checkRelease, { files: {} }, "skip release", /no \/etc/],
  ["no boot partition", checkBootConfig, but({ [config]: undefined }), "fail boot config", /neither/, /mount \/boot\/firmware/],
  ["SPI switched off", checkBootConfig, booting(`${ goodConfig}dtparam=spi=off\n`), "warn SPI", /spi=off/, /spi=on/],
  ["SPI never switched on", checkBootConfig, booting("dtoverlay=qca7000,int_pin=25\n"), "warn SPI", /no line/, /setup-rpi/],
  ["no overlay", checkBootConfig, booting("dtparam=spi=on\n"), "fail overlay", /no line/, /setup-rpi/],
  ["an overlay in a comment", checkBootConfig, booting("dtparam=spi=on\n#dtoverlay=qca7000,int_pin=25\n"), "fail overlay", /no line/, /setup-rpi/],
  ["an overlay for another board", checkBootConfig, booting("dtparam=spi=on\n[pi3]\ndtoverlay=qca7000,int_pin=25\n"), "fail overlay", /under \[pi3\]/, /setup-rpi/],
  ["two overlays", checkBootConfig, booting(`${ goodConfig}dtoverlay=qca7000\n`), "fail overlay", /2 lines/, /keep one/],
  ["another interrupt pin", checkBootConfig, booting("dtparam=spi=on\ndtoverlay=qca7000,int_pin=24\n"), "warn overlay", /BCM24/, /BCM25/],
  ["the overlay's own pin", checkBootConfig, booting("dtparam=spi=on\ndtoverlay=qca7000\n"), "warn overlay", /BCM23/, /int_pin=25/],
  ["the pin on a line of its own", checkBootConfig, booting("dtparam=spi=on\ndtoverlay=qca7000\ndtparam=int_pin=25\n"), "ok overlay", /qca7000/],
  ["no compiled overlay", checkBootConfig, but({ "/boot/firmware/overlays/qca7000.dtbo": undefined, "/boot/firmware/overlays/x.dtbo": "" }), "fail overlay", /not there/, /raspi-firmware/],
  ["an overlay that no boot has seen", checkBootConfig, but({ "/proc/device-tree/soc/spi@7e204000/qca7000@0/compatible": undefined, "/proc/device-tree/soc/spi@7e204000/status": "okay" }), "fail device tree", /no qca7000@0/, /reboot/],
  ["a module that is not loaded", checkModule, but({ "/sys/module/qcaspi/refcnt": undefined, "/lib/modules/6.12.25+rpt-rpi-v8/modules.dep": "kernel/drivers/net/ethernet/qualcomm/qcaspi.ko.xz:\n" }), "fail kernel module", /not loaded/, /modprobe qcaspi/],
  ["a kernel without the module", checkModule, but({ "/sys/module/qcaspi/refcnt": undefined }), "fail kernel module", /rpi-v8 has no/, /CONFIG_QCA7000_SPI/],
  ["a module that /proc lists", checkModule, { files: { "/proc/modules": "qcaspi 40960 0 - Live 0x0\n" } }, "ok kernel module", /loaded/],
  ["no line of the driver", checkKernelLog, { ...good, runs: { dmesg: { status: 0, output: "[ 1.0] usb 1-1: x\n" } } }, "warn kernel log", /no line/, /never met/],
  ["a log that may not be read", checkKernelLog, { ...good, runs: { dmesg: { status: 1, output: "Operation not permitted" } } }, "skip kernel log", /not permitted/, /sudo/],
  ["no answer on SPI", checkKernelLog, says("Invalid signature (0x0000)"), "fail kernel log", /0x0000/, /power, RESET_L/],
  ["an open MISO", checkKernelLog, says("Invalid signature (0xFFFF)"), "fail kernel log", /0xFFFF/, /MISO/],
  ["garbled bytes", checkKernelLog, says("Invalid signature (0xAA51)"), "fail kernel log", /0xAA51/, /slower speed=/],
  ["a clock beyond the modem's", checkKernelLog, says("Invalid clkspeed: 20000000"), "fail kernel log", /20000000/, /16000000/],
  ["a pin that is taken", checkKernelLog, says("unable to get IRQ 55 (irqval=-16)."), "fail kernel log", /IRQ 55/, /int_pin/],
  ["a probe that fails", checkKernelLog, says("probe with driver qcaspi failed with error -14"), "fail kernel log", /-14/, /before it/],
  ["a modem that hangs", checkKernelLog, says("Transmit timeout at 4295, latency 500"), "warn kernel log", /timeout/, /supply/],
  ["no SPI device", checkSpi, {}, "fail SPI devices", /none/, /dtparam=spi=on/],
  ["a chip select of spidev", checkSpi, { ...good, links: { "/sys/bus/spi/devices/spi0.0/driver": "x/spidev" } }, "fail SPI devices", /spidev/, /overlay/],
  ["a device without a driver", checkSpi, without("links", "/sys/bus/spi"), "fail SPI devices", /no driver/, /kernel log/],
  ["no interface of qcaspi", on(undefined, checkInterface), without("links", eth1), "fail interface", /there are: eth1, lo/, /--iface NAME/],
  ["an interface that is not there", on("eth7", checkInterface), good, "fail interface", /no eth7 \(there are: eth1, lo\)/, /--iface/],
  ["an interface that is down", on(undefined, checkInterface), but({ [`${eth1}/flags`]: "0x1002\n" }), "fail interface", /eth1 \(qcaspi, 9e:.*is down/, /ip link set eth1 up/],
  ["no carrier", on(undefined, checkInterface), but({ [`${eth1}/carrier`]: "0\n" }), "fail carrier", /not in step/, /int_pin/],
  ["another driver by name", on("lo", checkInterface), but({ "/sys/class/net/lo/carrier": "1" }), "ok interface", /lo \(no driver of hardware/],
  ["no link-local address", on(undefined, checkLinkLocal), but({ "/proc/net/if_inet6": "" }), "fail IPv6 link-local", /eth1 has none/, /ccs-hil-link/],
  ["IPv6 switched off", on(undefined, checkLinkLocal), but({ "/proc/sys/net/ipv6/conf/eth1/disable_ipv6": "1\n" }), "fail IPv6 link-local", /is off/, /sysctl/],
  ["an address of two hosts", on(undefined, checkLinkLocal), but({ "/proc/net/if_inet6": "fe800000000000009c1234fffe56789a 03 40 20 88 eth1\n" }), "fail IPv6 link-local", /another host/, /another address/],
  ["an address being tried", on(undefined, checkLinkLocal), but({ "/proc/net/if_inet6": "fe800000000000009c1234fffe56789a 03 40 20 40 eth1\n" }), "warn IPv6 link-local", /fe80::9c12:34ff:fe56:789a/, /two seconds/],
  ["no raw frames", checkCapabilities, but({ "/proc/self/status": "CapEff:\t0000000000001000\n" }), "warn capabilities", /no CAP_NET_RAW/, /ccs-hil-secc/],
  ["an old Node", checkNode, { ...good, node: "18.20.4" }, "fail Node", /18\.20\.4/, /20\.19/],
  ["a Node just too old", checkNode, { ...good, node: "20.18.3" }, "fail Node", /20\.18/, /20\.19/],
  ["a newer Node", checkNode, { ...good, node: "24.0.0" }, "ok Node", /24/],
  ["no package for raw frames", checkPackages, { ...good, packages: { cap: "not installed" } }, "fail package cap", /no raw frames/, /libpcap-dev/],
  ["no package for the line", checkPackages, { ...good, packages: { serialport: "not installed" } }, "warn package serialport", /helper/, /npm install/],
  ["a Pi that woke in the past", checkClock, { ...good, today: "1970-01-01T00:01:00Z" }, "fail clock", /1970/, /set-ntp/],
  ["a clock nobody set", checkClock, but({ "/run/systemd/timesync/synchronized": undefined }), "warn clock", /not synchronised/, /certificates/],
  ["a clock set by another service", checkClock, but({ "/run/systemd/timesync/synchronized": undefined }, { runs: { "timedatectl show -p NTPSynchronized --value": { status: 0, output: "yes\n" } } }), "ok clock", /synchronised/],
  ["time that goes back", checkMonotonic, { ...good, clock: [5n, 4n] }, "fail monotonic clock", /goes back/, /clocksource/],
  ["time that stands still", checkMonotonic, { ...good, clock: [5n] }, "fail monotonic clock", /stands still/, /clocksource/],
  ["no serial line", serial, without("links", "/dev/serial0"), "warn serial line", /no \/dev\/serial0/, /--uart/],
  ["a console on the line", serial, but({ "/proc/cmdline": "console=ttyS0,115200 rw\n" }), "warn serial line", /console/, /--uart/],
  ["a console by its alias", serial, but({ "/proc/cmdline": undefined, "/boot/firmware/cmdline.txt": "console=serial0,115200 rw\n" }), "warn serial line", /console/, /--uart/],
  ["a line of others", serial, { ...good, locked: ["/dev/serial0"] }, "warn serial line", /not permitted/, /dialout/],
  ["a modem that could not be asked", modem({ why: "no interface" }), good, "skip modem", /not asked: no interface/],
  ["a modem that says nothing", modem({}), good, "fail modem", /no answer within 1000 ms/, /another maker/],
  ["a modem without firmware", modem({ unbooted: true }), good, "fail modem", /not booted/, /firmware and PIB/],
  ["a modem that hides its link", modem({ version }), good, "warn link", /no answer/, /power-cycle/],
  ["a modem that is joined", modem({ version, linked: true, mac: "02:B0:52:00:5E:02" }), good, "ok link", /has joined/],
];

for (const [what, check, machine, expected, found, remedy] of rows) {
  test(`${what}: ${expected}`, () => {
    const findings = check(system(machine));
    const finding = findings.find((each) => `${each.level} ${each.check}` === expected);
    assert.ok(finding, JSON.stringify(findings));
    assert.match(finding.found, found);
    if (remedy) assert.match(finding.remedy ?? "", remedy);
    const left = findings.filter((each) => each !== finding && each.level === "fail");
    assert.deepEqual(left, [], "one fault is one complaint");
  });
}

test("a modem tells its version and whether anybody has joined", async () => {
  const clock = new VirtualClock();
  const line = new VirtualPowerline({ clock, entropy: new SeededEntropy(1), plugged: true });
  const { link } = line.modem({ name: "evse", mac: "02:B0:52:00:5E:02", hostMac: "02:00:00:00:5E:01", role: "evse" });
  const asked = askModem(link, clock);
  clock.advance(20);
  assert.deepEqual(await asked, { version, mac: "02:B0:52:00:5E:02", linked: false });
  const silent = line.modem({ name: "ev", mac: "02:B0:52:00:EE:02", hostMac: "02:00:00:00:EE:01", role: "ev" });
  silent.modem.silent = true;
  const unanswered = askModem(silent.link, clock);
  clock.advance(1000);
  assert.deepEqual(await unanswered, {});
});

test("the same complaint every second is told once", () => {
  const output = "[ 1.0] qcaspi spi0.0: Invalid signature (0x0000)\n".repeat(50);
  assert.equal(checkKernelLog(system({ ...good, runs: { dmesg: { status: 0, output } } })).length, 1);
});

test("lines keep to the terminal's width, with the remedy under the finding", () => {
  const text = render([{ check: "overlay", level: "fail", found: "x ".repeat(60), remedy: "reboot ".repeat(20) }], {
    width: 60,
    colours: false,
  });
  const lines = text.split("\n");
  for (const line of lines) assert.ok(line.length <= 60, line);
  assert.ok(lines.some((line) => line.trim().startsWith("→ reboot")));
  assert.match(text, /0 ok, 0 warned, 1 failed/);
  assert.deepEqual(wrap("abcdefgh ij", 5), ["abcde", "fgh", "ij"]);
});

function tree(context: TestContext, machine: Machine): string {
  const root = mkdtempSync(join(tmpdir(), "ccs-hil-doctor-"));
  context.after(() => rmSync(root, { recursive: true, force: true }));
  const rows = [...Object.entries(machine.files ?? {}), ...Object.entries(machine.links ?? {})];
  for (const [path, content] of rows) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (machine.links?.[path] !== undefined) symlinkSync(content, join(root, path));
    else writeFileSync(join(root, path), content);
  }
  return root;
}

const main = join(__dirname, "..", "main.ts");
const doctor = (...args: string[]) =>
  spawnSync(process.execPath, ["-r", "ts-node/register", main, "doctor", ...args], {
    encoding: "utf8",
    cwd: join(__dirname, "..", ".."),
  });

test("a file tree is examined by the command: status 0 and 1, lines and JSON", (context) => {
  const healthy = doctor("--root", tree(context, good), "--json");
  assert.equal(healthy.status, 0, healthy.stdout);
  const { counts, findings } = JSON.parse(healthy.stdout) as { counts: Record<Level, number>; findings: Finding[] };
  assert.equal(counts.fail, 0);
  assert.ok(
    counts.ok >= 10 && findings.some(({ check, level }) => check === "modem" && level === "skip"),
    healthy.stdout,
  );
  const ill = doctor("--root", tree(context, booting("dtparam=spi=on\n")));
  assert.equal(ill.status, 1);
  assert.match(ill.stdout, /^FAIL +overlay/m);
});

test("what is no folder ends in one line and status 3; an unknown option in 2", () => {
  const absent = doctor("--root", "/no/such/folder");
  assert.deepEqual([absent.status, absent.stderr], [3, "ccs-hil: /no/such/folder is no folder: nothing to look at\n"]);
  assert.equal(doctor("--rest").status, 2);
});
