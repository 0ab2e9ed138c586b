import { type Finding, fail, ok, skip, warn } from "./finding";
import type { System } from "./system";

interface Board {
  readonly model: string;
  /** Filters of config.txt that it reads besides `all`. */
  readonly sections: readonly string[];
  /** Set-up and wiring are meant for it. */
  readonly known: boolean;
}

const boards: readonly { readonly name: RegExp; readonly sections: readonly string[] }[] = [
  { name: /^Raspberry Pi 3 .*Plus/, sections: ["pi3", "pi3+"] },
  { name: /^Raspberry Pi 3 /, sections: ["pi3"] },
  { name: /^Raspberry Pi 4 /, sections: ["pi4"] },
  { name: /^Raspberry Pi Zero 2 /, sections: ["pi0", "pi02"] },
];

/** Undefined where there is no Raspberry Pi. */
export function boardOf(system: System): Board | undefined {
  const model = system.read("/proc/device-tree/model")?.replaceAll("\0", "").trim();
  if (model === undefined || !model.startsWith("Raspberry Pi")) return undefined;
  const known = boards.find(({ name }) => name.test(model));
  return { model, sections: known?.sections ?? [], known: known !== undefined };
}

export function checkBoard(system: System): Finding[] {
  const board = boardOf(system);
  if (!board) return [warn("board", "not a Raspberry Pi", "another host needs its own SPI set-up for the modem")];
  if (board.known) return [ok("board", board.model)];
  return [warn("board", `${board.model} has not been prepared for`, "Raspberry Pi 3, 4 and Zero 2 W are")];
}

const releases = ["bookworm", "trixie"];

export function checkRelease(system: System): Finding[] {
  const text = system.read("/etc/os-release");
  if (text === undefined) return [skip("release", "no /etc/os-release")];
  const value = (name: string): string | undefined => new RegExp(`^${name}="?([^"\n]*)`, "m").exec(text)?.[1];
  const name = value("PRETTY_NAME") ?? "unknown";
  if (releases.includes(value("VERSION_CODENAME") ?? "")) return [ok("release", name)];
  return [warn("release", name, `the set-up knows ${releases.join(" and ")}`)];
}

export function checkModule(system: System): Finding[] {
  if (system.exists("/sys/module/qcaspi") || /^qcaspi /m.test(system.read("/proc/modules") ?? ""))
    return [ok("kernel module", "qcaspi is loaded")];
  const kernel = system.read("/proc/sys/kernel/osrelease")?.trim() ?? "";
  const files = ["modules.dep", "modules.builtin"].map((file) => system.read(`/lib/modules/${kernel}/${file}`) ?? "");
  if (files.some((text) => /\/qcaspi\.ko/.test(text)))
    return [
      fail(
        "kernel module",
        "qcaspi is there, but not loaded",
        "the overlay loads it: see overlay; by hand: sudo modprobe qcaspi",
      ),
    ];
  return [
    fail(
      "kernel module",
      `kernel ${kernel || "?"} has no qcaspi`,
      "use the kernel of Raspberry Pi OS, or build one with CONFIG_QCA7000_SPI",
    ),
  ];
}

/** What the driver says of itself, and what to do about it; the first that fits counts. */
const sayings: readonly { readonly says: RegExp; readonly level: "fail" | "warn"; readonly remedy: string }[] = [
  {
    says: /Invalid signature.*(read 0x0000|\(0x0000\))/i,
    level: "fail",
    remedy: "the modem does not answer: power, RESET_L high, MISO and SCLK wired, its strapping set to SPI",
  },
  {
    says: /Invalid signature.*(read 0xffff|\(0xffff\))/i,
    level: "fail",
    remedy: "nobody drives MISO: MISO and CS wired, RESET_L high, common ground",
  },
  {
    says: /Invalid signature/i,
    level: "fail",
    remedy: "0xaa55 is expected: shorten the wires, or a slower speed= in the overlay line; check MOSI and MISO",
  },
  { says: /Invalid clkspeed/i, level: "fail", remedy: "speed= has to be from 1000000 to 16000000" },
  {
    says: /unable to get IRQ/i,
    level: "fail",
    remedy: "another driver holds the interrupt pin: change int_pin and the wire",
  },
  { says: /probe .*failed|failed with error/i, level: "fail", remedy: "see the line before it in dmesg" },
  {
    says: /Transmit timeout|reset timeout/i,
    level: "warn",
    remedy: "the modem hangs or resets: supply and interrupt wire",
  },
];

export function checkKernelLog(system: System): Finding[] {
  const log = system.run("dmesg");
  if (!log) return [skip("kernel log", system.running ? "dmesg is not there" : "a file tree has none")];
  if (log.status !== 0) return [skip("kernel log", "not permitted to read it", "sudo ccs-hil doctor")];
  const lines = log.output.split("\n").filter((line) => /qca|spi0\.0/i.test(line));
  if (lines.length === 0)
    return [warn("kernel log", "no line of qcaspi", "the driver never met the modem: see overlay and device tree")];
  const text = (line: string): string => line.replace(/^\[\s*[\d.]+\]\s*/, "").trim();
  const bad = lines.flatMap((line) => {
    const saying = sayings.find(({ says }) => says.test(line));
    return saying ? [{ check: "kernel log", level: saying.level, found: text(line), remedy: saying.remedy }] : [];
  });
  // The same complaint may come every second.
  const once = [...new Map(bad.map((finding) => [finding.remedy, finding])).values()];
  return once.length > 0 ? once : [ok("kernel log", text(lines.at(-1) ?? ""))];
}
