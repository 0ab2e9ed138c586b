import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { bootLines, checkBootConfig } from "../cli/doctor/boot-config";
import { systemAt } from "../cli/doctor/system";
import { equipped } from "./foreign";

/** `setup-rpi.sh` on file trees as they come from the card of a Raspberry Pi. */

const script = join(__dirname, "setup-rpi.sh");
const config = "boot/firmware/config.txt";
const cmdline = "boot/firmware/cmdline.txt";
const models = {
  "Pi 3": "Raspberry Pi 3 Model B Rev 1.2",
  "Pi 3+": "Raspberry Pi 3 Model B Plus Rev 1.3",
  "Pi 4": "Raspberry Pi 4 Model B Rev 1.4",
  "Zero 2 W": "Raspberry Pi Zero 2 W Rev 1.0",
};

const stockConfig = `# For more options see the documentation
dtparam=audio=on
camera_auto_detect=1
dtoverlay=vc4-kms-v3d
[cm4]
otg_mode=1
[all]
`;
const stockCmdline =
  "console=serial0,115200 console=tty1 root=PARTUUID=0123-02 rootfstype=ext4 fsck.repair=yes rootwait\n";

interface Tree {
  readonly release?: string;
  readonly model?: string;
  readonly files?: Readonly<Record<string, string>>;
}

function treeOf(context: TestContext, { release = "bookworm", model = models["Pi 4"], files = {} }: Tree = {}): string {
  const root = mkdtempSync(join(tmpdir(), "ccs-hil-card-"));
  context.after(() => rmSync(root, { recursive: true, force: true }));
  const content: Record<string, string> = {
    "etc/os-release": `PRETTY_NAME="Debian GNU/Linux (${release})"\nVERSION_CODENAME=${release}\n`,
    "etc/sysusers.d/basic.conf": "g audio -\n",
    [config]: stockConfig,
    [cmdline]: stockCmdline,
    "var/lib/dpkg/status": "",
    ...(model !== "" && { "proc/device-tree/model": `${model}\0` }),
    ...files,
  };
  for (const [path, text] of Object.entries(content)) write(root, path, text);
  return root;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Path → what stands there: check sum and mode of a file, target of a link. */
function everything(root: string, below = ""): Record<string, string> {
  const all: Record<string, string> = {};
  for (const name of readdirSync(join(root, below)).sort()) {
    const path = join(below, name);
    const state = lstatSync(join(root, path));
    const mode = (state.mode & 0o777).toString(8);
    if (state.isDirectory()) Object.assign(all, { [`${path}/`]: mode }, everything(root, path));
    else if (state.isSymbolicLink()) all[path] = `-> ${readlinkSync(join(root, path))}`;
    else
      all[path] = `${mode} ${createHash("sha256")
        .update(readFileSync(join(root, path)))
        .digest("hex")}`;
  }
  return all;
}

function setUp(root: string, ...args: string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync("bash", [script, "--root", root, ...args], { encoding: "utf8" });
  return { status, out: stdout, err: stderr };
}

function done(root: string, ...args: string[]): string {
  const { status, out, err } = setUp(root, ...args);
  assert.deepEqual([status, err], [0, ""], out + err);
  return out;
}

for (const release of ["bookworm", "trixie"]) {
  for (const [name, model] of Object.entries(models)) {
    test(`${release} on a ${name}: set up, again without a change, and back byte for byte`, (context) => {
      const root = treeOf(context, { release, model });
      const before = everything(root);
      assert.match(done(root, "--dry-run", "--reset", "--uart"), /change: +\/boot/);
      assert.deepEqual(everything(root), before, "a dry run does nothing");
      assert.match(done(root, "--reset", "--uart"), /reboot/);
      const after = everything(root);
      assert.deepEqual(
        checkBootConfig(systemAt(root)).map(({ level, check }) => `${level} ${check}`),
        ["ok boot config", "ok SPI", "ok overlay", "skip device tree"],
      );
      assert.doesNotMatch(done(root, "--reset", "--uart"), /change:|install:|link:|reboot/);
      assert.deepEqual(everything(root), after, "a second run changes nothing");
      done(root, "--undo");
      assert.deepEqual(everything(root), before, "undone");
    });
  }
}

test("what is installed: a check after the boot, NetworkManager's profile, a service without root", (context) => {
  const root = treeOf(context);
  done(root);
  const all = everything(root);
  const link = "etc/systemd/system/multi-user.target.wants/ccs-hil-link.service";
  assert.equal(all[link], "-> ../ccs-hil-link.service");
  assert.match(all["etc/NetworkManager/system-connections/ccs-hil-link.nmconnection"] ?? "", /^600 /);
  assert.match(all["usr/local/libexec/ccs-hil-link"] ?? "", /^755 /);
  const unit = readFileSync(join(root, "etc/systemd/system/ccs-hil-secc.service"), "utf8");
  assert.match(unit, /^User=ccs-hil$/m);
  assert.match(unit, /^CapabilityBoundingSet=CAP_NET_RAW$/m);
  assert.ok(!Object.keys(all).some((path) => path.includes("reset")), "the reset is optional");
  assert.doesNotMatch(readFileSync(join(root, config), "utf8"), /gpio=|enable_uart/);
  assert.equal(readFileSync(join(root, cmdline), "utf8"), stockCmdline);
});

test("what was switched on once stays on in the next run", (context) => {
  const root = treeOf(context);
  done(root, "--uart", "--reset");
  const after = everything(root);
  done(root);
  assert.deepEqual(everything(root), after);
  const texts = bootLines(readFileSync(join(root, config), "utf8")).map(({ text }) => text);
  for (const line of ["enable_uart=1", "gpio=24=op,dh", "dtparam=spi=on"]) assert.ok(texts.includes(line), line);
  assert.doesNotMatch(readFileSync(join(root, cmdline), "utf8"), /console=serial0/);
});

for (const [what, text] of [
  ["without an end of its last line", "dtparam=audio=on\nenable_uart=0"],
  ["empty", ""],
  ["with the line ends of Windows", "dtparam=spi=off\r\ndtoverlay=qca7000,int_pin=23\r\n[pi4]\r\narm_boost=1"],
  ["with an overlay of the modem", "dtoverlay=qca7000\ndtparam=int_pin=24\n[cm4]\notg_mode=1\n"],
  ["with many empty lines at its end", "dtparam=audio=on\n\n\n\n"],
] as const) {
  test(`a config.txt ${what} gets the overlay and comes back byte for byte`, (context) => {
    const root = treeOf(context, { files: { [config]: text } });
    const before = everything(root);
    done(root);
    const after = everything(root);
    const levels = checkBootConfig(systemAt(root)).map(({ level }) => level);
    assert.deepEqual(levels, ["ok", "ok", "ok", "skip"], readFileSync(join(root, config), "utf8"));
    done(root);
    assert.deepEqual(everything(root), after);
    done(root, "--undo");
    assert.deepEqual(everything(root), before);
  });
}

test("what a person changed since is theirs: it stays, also after an undo, and is named", (context) => {
  const root = treeOf(context, { files: { "etc/systemd/system/ccs-hil-link.service": "[Unit]\n# mine\n" } });
  assert.match(done(root, "--uart"), /kept: +\/etc\/systemd\/system\/ccs-hil-link.service/);
  write(root, "etc/ccs-hil/secc.env", "EVSE_ID=DE*MINE\n");
  write(root, config, `${readFileSync(join(root, config), "utf8")}hdmi_force_hotplug=1\n`);
  write(root, cmdline, "console=tty1 quiet\n");
  assert.match(done(root), /kept: +\/etc\/ccs-hil\/secc.env/);
  const told = done(root, "--undo");
  assert.match(told, /kept: +\/etc\/ccs-hil\/secc.env/);
  assert.match(told, /kept: +\/boot\/firmware\/cmdline.txt .*before, it said: console=serial0/);
  assert.equal(readFileSync(join(root, config), "utf8"), `${stockConfig}hdmi_force_hotplug=1\n`);
  assert.equal(readFileSync(join(root, "etc/ccs-hil/secc.env"), "utf8"), "EVSE_ID=DE*MINE\n");
  assert.match(readFileSync(join(root, "etc/systemd/system/ccs-hil-link.service"), "utf8"), /mine/);
});

const refusals: readonly (readonly [what: string, status: number, says: RegExp, tree: Tree, ...args: string[]])[] = [
  ["another release", 3, /bullseye: bookworm and trixie/, { release: "bullseye" }],
  ["another board", 3, /Pi 5.*--any-board/, { model: "Raspberry Pi 5 Model B Rev 1.0" }],
  ["a board without Node", 3, /Zero W Rev/, { model: "Raspberry Pi Zero W Rev 1.1" }],
  ["no boot partition", 3, /no .*config\.txt/, {}],
  ["a torn block", 3, /torn apart/, { files: { [config]: "# ccs-hil: begin (…)\ndtparam=spi=on\n" } }],
  ["an unknown option", 2, /unknown option --rest/, {}, "--rest"],
  ["an undo of a part", 2, /--undo takes everything/, {}, "--undo", "--uart"],
];
for (const [what, status, says, tree, ...args] of refusals) {
  test(`${what} is refused in one line, and nothing is changed`, (context) => {
    const noBoot = what === "no boot partition";
    const root = treeOf(context, noBoot ? {} : tree);
    if (noBoot) rmSync(join(root, "boot"), { recursive: true });
    const before = everything(root);
    const { status: got, err } = setUp(root, ...args);
    assert.equal(got, status, err);
    assert.match(err, says);
    assert.equal(err.trim().split("\n").length, 1);
    assert.deepEqual(everything(root), before);
  });
}

test("a card that is mounted elsewhere does not tell its board; --any-board goes on with another", (context) => {
  done(treeOf(context, { model: "" }));
  done(treeOf(context, { model: "Raspberry Pi 5 Model B Rev 1.0" }), "--any-board");
});

const lacks = (program: string): string | undefined =>
  spawnSync(program, ["--version"]).error ? `${program} is not installed` : undefined;

equipped("shellcheck finds nothing in the scripts of the set-up", lacks("shellcheck"), () => {
  const shipped = join(__dirname, "rpi/usr/local/libexec");
  const scripts = [
    ...["setup-rpi.sh"].map((name) => join(__dirname, name)),
    ...readdirSync(shipped).map((name) => join(shipped, name)),
  ];
  const { status, stdout } = spawnSync("shellcheck", ["-x", ...scripts], { encoding: "utf8", cwd: dirname(__dirname) });
  assert.equal(status, 0, stdout);
});
