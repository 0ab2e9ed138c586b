import { posix } from "node:path";
import { type Finding, fail, ok, skip, warn } from "./finding";
import type { System } from "./system";

const net = "/sys/class/net";

const driverOf = (system: System, device: string): string | undefined => {
  const link = system.link(`${device}/driver`);
  return link === undefined ? undefined : posix.basename(link);
};

export function checkSpi(system: System): Finding[] {
  const devices = system.list("/sys/bus/spi/devices");
  if (devices.length === 0)
    return [fail("SPI devices", "none", "SPI is off: dtparam=spi=on and the overlay, then reboot")];
  const told = devices
    .map((name) => `${name} (${driverOf(system, `/sys/bus/spi/devices/${name}`) ?? "no driver"})`)
    .join(", ");
  if (told.includes("(qcaspi)")) return [ok("SPI devices", told)];
  if (devices.includes("spi0.0") && told.includes("spi0.0 (spidev)"))
    return [fail("SPI devices", told, "the modem's chip select belongs to spidev: see overlay")];
  return [fail("SPI devices", told, "no device is the modem's: see overlay and kernel log")];
}

/** The interface asked for, else the first that qcaspi drives. */
export function interfaceOf(system: System, wanted: string | undefined): string | undefined {
  const names = system.list(net);
  if (wanted !== undefined) return names.includes(wanted) ? wanted : undefined;
  return names.find((name) => driverOf(system, `${net}/${name}/device`) === "qcaspi");
}

export function checkInterface(system: System, wanted: string | undefined): Finding[] {
  const name = interfaceOf(system, wanted);
  if (name === undefined) {
    const names = system.list(net).join(", ") || "none";
    if (wanted !== undefined)
      return [fail("interface", `no ${wanted} (there are: ${names})`, "--iface takes the name of another one")];
    return [
      fail(
        "interface",
        `none is driven by qcaspi (there are: ${names})`,
        "see kernel log and SPI devices; --iface NAME for a modem on another driver",
      ),
    ];
  }
  const field = (file: string): string | undefined => system.read(`${net}/${name}/${file}`)?.trim();
  const driver = driverOf(system, `${net}/${name}/device`) ?? "no driver of hardware";
  const what = `${name} (${driver}, ${field("address") ?? "no address"})`;
  const IFF_UP = 1;
  if ((Number(field("flags") ?? 0) & IFF_UP) === 0)
    return [fail("interface", `${what} is down`, `sudo ip link set ${name} up`)];
  const told = [ok("interface", `${what} is up`)];
  // qcaspi raises the carrier once it is in step with the modem's processor.
  if (field("carrier") === "1") return [...told, ok("carrier", "the modem is in step with its driver")];
  return [
    ...told,
    fail(
      "carrier",
      "none: the driver is not in step with the modem",
      "interrupt wire and int_pin; power-cycle the modem",
    ),
  ];
}

const SCOPE_LINK = "20";
const DAD_FAILED = 0x08;
const TENTATIVE = 0x40;

export function checkLinkLocal(system: System, wanted: string | undefined): Finding[] {
  const name = interfaceOf(system, wanted);
  if (name === undefined) return [skip("IPv6 link-local", "no interface")];
  if (system.read(`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`)?.trim() === "1")
    return [fail("IPv6 link-local", `IPv6 is off on ${name}`, `sudo sysctl net.ipv6.conf.${name}.disable_ipv6=0`)];
  const rows = (system.read("/proc/net/if_inet6") ?? "").split("\n").map((line) => line.trim().split(/\s+/));
  const row = rows.find(([, , , scope, , device]) => device === name && scope === SCOPE_LINK);
  if (!row)
    return [
      fail(
        "IPv6 link-local",
        `${name} has none`,
        `sudo systemctl restart ccs-hil-link, or sudo ip link set ${name} down, then up`,
      ),
    ];
  const address = groups(row[0] ?? "");
  const flags = Number.parseInt(row[4] ?? "0", 16);
  if (flags & DAD_FAILED)
    return [fail("IPv6 link-local", `another host has ${address} as well`, "give one of them another address")];
  if (flags & TENTATIVE)
    return [warn("IPv6 link-local", `${address} is still being tried`, "look again in two seconds")];
  return [ok("IPv6 link-local", address)];
}

/** 32 hex digits as an address, zeros shortened as the URL standard of the platform does it. */
const groups = (digits: string): string =>
  new URL(`http://[${digits.replace(/(.{4})(?!$)/g, "$1:")}]`).hostname.slice(1, -1);
