import { posix } from "node:path";
import { type Finding, ok, skip, warn } from "./finding";
import type { System } from "./system";

/** The line to the pilot helper. Only warnings: a bench may do without a helper. */
export function checkSerial(system: System, path: string): Finding[] {
  const target = system.link(path);
  if (target === undefined && !system.exists(path))
    return [warn("serial line", `no ${path}`, "setup-rpi.sh --uart (enable_uart=1), or ESP_CP_PORT for another line")];
  const device = target === undefined ? posix.basename(path) : posix.basename(target);
  const named = target === undefined ? path : `${path} → ${device}`;
  if (consoleOn(system, device))
    return [
      warn(
        "serial line",
        `${named} is the kernel's console`,
        "setup-rpi.sh --uart takes the console off it, then reboot",
      ),
    ];
  if (!system.running) return [skip("serial line", named)];
  if (!system.writable(path))
    return [warn("serial line", `${named}: not permitted`, "sudo usermod -aG dialout $USER, then log in again")];
  return [ok("serial line", named)];
}

/** `serial0` in cmdline.txt stands for its target in /proc/cmdline. */
const consoleOn = (system: System, device: string): boolean =>
  new RegExp(`(^|\\s)console=(${device}|serial0)(,|\\s|$)`).test(
    system.read("/proc/cmdline") ?? system.read("/boot/firmware/cmdline.txt") ?? "",
  );
