import { type Finding, fail, ok, skip, warn } from "./finding";
import type { System } from "./system";

/** A Pi has no clock that survives a power cut: without a server it wakes in the past. */
const plausibleYear = 2025;

export function checkClock(system: System): Finding[] {
  if (!system.running) return [skip("clock", "a file tree has none")];
  const now = system.today();
  if (now.getUTCFullYear() < plausibleYear)
    return [
      fail(
        "clock",
        `says ${now.toISOString().slice(0, 10)}`,
        "sudo timedatectl set-ntp true with a network, else sudo date -s '…'",
      ),
    ];
  const synchronised =
    system.exists("/run/systemd/timesync/synchronized") ||
    system.run("timedatectl", "show", "-p", "NTPSynchronized", "--value")?.output.trim() === "yes";
  const at = `${now.toISOString().slice(0, 19)}Z`;
  return synchronised
    ? [ok("clock", `${at}, synchronised`)]
    : [
        warn(
          "clock",
          `${at}, not synchronised`,
          "times in logs and of certificates may be wrong: sudo timedatectl set-ntp true",
        ),
      ];
}

export function checkMonotonic(system: System): Finding[] {
  if (!system.running) return [skip("monotonic clock", "a file tree has none")];
  const samples = Array.from({ length: 1000 }, () => system.monotonic());
  const steps = samples.slice(1).map((sample, at) => sample - (samples[at] ?? sample));
  const source =
    system.read("/sys/devices/system/clocksource/clocksource0/current_clocksource")?.trim() ?? "unknown source";
  if (steps.some((step) => step < 0n))
    return [fail("monotonic clock", `goes back (${source})`, "no timer can be trusted: another kernel or clocksource")];
  if (steps.every((step) => step === 0n))
    return [
      fail("monotonic clock", `stands still (${source})`, "no timer can be trusted: another kernel or clocksource"),
    ];
  return [ok("monotonic clock", source)];
}
