import { boardOf } from "./board";
import { type Finding, fail, ok, skip, warn } from "./finding";
import type { System } from "./system";

/** Where the firmware looks, newest release first. */
const configPaths = ["/boot/firmware/config.txt", "/boot/config.txt"] as const;
const setUp = "sudo scripts/setup-rpi.sh, then reboot";

export interface BootLine {
  readonly text: string;
  /** Filter above it, such as `all` or `pi4`. */
  readonly section: string;
}

/** Lines of a config.txt without comments and empty ones. What stands before the first filter is for all boards. */
export function bootLines(text: string): BootLine[] {
  let section = "all";
  const lines: BootLine[] = [];
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const filter = /^\[(.+)\]$/.exec(line)?.[1];
    if (filter !== undefined) section = filter.toLowerCase();
    else if (line !== "" && !line.startsWith("#")) lines.push({ text: line, section });
  }
  return lines;
}

/** Value of a parameter of the overlay, on its line or on a dtparam line after it. */
export function overlayParameter(lines: readonly BootLine[], overlay: BootLine, name: string): string | undefined {
  const of = (text: string): string | undefined => new RegExp(`[,=]${name}=([^,]*)`).exec(text)?.[1];
  const rest = lines.slice(lines.indexOf(overlay) + 1);
  const end = rest.findIndex(({ text }) => text.startsWith("dtoverlay="));
  const own = rest.slice(0, end < 0 ? rest.length : end).filter(({ text }) => text.startsWith("dtparam="));
  return own.map(({ text }) => of(text)).findLast((value) => value !== undefined) ?? of(overlay.text);
}

/** The line that is wired as `docs/wiring.md` says. */
const wiredPin = "25";

export function checkBootConfig(system: System): Finding[] {
  const path = configPaths.find((candidate) => system.read(candidate) !== undefined);
  if (path === undefined) {
    const where = `neither ${configPaths.join(" nor ")} is there`;
    return boardOf(system)
      ? [fail("boot config", where, "is the boot partition mounted? mount /boot/firmware")]
      : [skip("boot config", where)];
  }
  const read = ["all", ...(boardOf(system)?.sections ?? [])];
  const all = bootLines(system.read(path) ?? "");
  const lines = all.filter(({ section }) => read.includes(section));
  return [ok("boot config", path), spi(lines), ...overlay(system, all, lines), ...applied(system)];
}

const spi = (lines: readonly BootLine[]): Finding => {
  const last = lines.findLast(({ text }) => /^dtparam=(.*,)?spi=/.test(text));
  if (last && /spi=(on|yes|1|true)\b/.test(last.text)) return ok("SPI", last.text);
  // The overlay enables the bus itself, so this alone stops nothing.
  return warn("SPI", last ? last.text : "no line dtparam=spi=on", `add dtparam=spi=on: ${setUp}`);
};

function overlay(system: System, all: readonly BootLine[], lines: readonly BootLine[]): Finding[] {
  const isOurs = ({ text }: BootLine): boolean => /^dtoverlay=qca7000(,|$)/.test(text);
  const [ours, ...more] = lines.filter(isOurs);
  if (!ours) {
    const elsewhere = all.find(isOurs);
    const found = elsewhere
      ? `dtoverlay=qca7000 stands under [${elsewhere.section}], which this board does not read`
      : "no line dtoverlay=qca7000";
    return [fail("overlay", found, setUp)];
  }
  if (more.length > 0)
    return [fail("overlay", `${more.length + 1} lines dtoverlay=qca7000`, "keep one of them, then reboot")];
  const pin = overlayParameter(lines, ours, "int_pin");
  const file =
    system.list("/boot/firmware/overlays").length > 0 && !system.exists("/boot/firmware/overlays/qca7000.dtbo");
  if (file)
    return [fail("overlay", "overlays/qca7000.dtbo is not there", "sudo apt install --reinstall raspi-firmware")];
  if (pin === wiredPin) return [ok("overlay", ours.text)];
  return [
    warn(
      "overlay",
      `${ours.text}: interrupt on BCM${pin ?? "23 (the overlay's default)"}`,
      `docs/wiring.md has it on BCM${wiredPin}: int_pin=${wiredPin}, or wire it so`,
    ),
  ];
}

/** Whether the device tree of this boot has the modem. */
function applied(system: System): Finding[] {
  const buses = system.list("/proc/device-tree/soc").filter((name) => name.startsWith("spi@"));
  if (buses.length === 0) return [skip("device tree", "not to be seen here")];
  const has = buses.some((bus) => system.list(`/proc/device-tree/soc/${bus}`).includes("qca7000@0"));
  return [
    has
      ? ok("device tree", "has qca7000@0")
      : fail("device tree", "of this boot has no qca7000@0", "reboot after the overlay line was added"),
  ];
}
