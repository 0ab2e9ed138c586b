/** What the machine lacks, or has too much of, so that a driver cannot work. */
export type EnvironmentProblem =
  | { readonly kind: "NotLinux"; readonly what: string }
  | { readonly kind: "NoInterface"; readonly interface: string }
  | { readonly kind: "InterfaceDown"; readonly interface: string }
  /** Another virtual modem is behind it. */
  | { readonly kind: "InterfaceInUse"; readonly interface: string }
  | { readonly kind: "NoLinkLocal"; readonly interface: string }
  | { readonly kind: "DuplicateAddress"; readonly interface: string; readonly address: string }
  | { readonly kind: "AddressInUse"; readonly address: string; readonly port: number }
  | { readonly kind: "NotPermitted"; readonly what: string; readonly needs: string }
  | { readonly kind: "NoCaptureLibrary" }
  | { readonly kind: "NoSerialLibrary" }
  | { readonly kind: "NoSerialPort"; readonly path: string; readonly why: string }
  /** The line is there, but nothing on it speaks our protocol. */
  | { readonly kind: "NoHelper"; readonly path: string; readonly ms: number }
  /** Nothing on the socket speaks the plant protocol for this role. */
  | { readonly kind: "NoPlant"; readonly path: string; readonly why: string }
  /** Nothing on the socket is the control of a virtual modem. */
  | { readonly kind: "NoModem"; readonly path: string; readonly why: string }
  /** A Unix socket cannot be made there. */
  | { readonly kind: "NoSocket"; readonly path: string; readonly why: string }
  | { readonly kind: "MissingProgram"; readonly program: string; readonly install: string }
  /** The kernel refused otherwise; `code` is its own, such as `EMFILE`. */
  | { readonly kind: "Refused"; readonly what: string; readonly code: string };

type Texts = { [K in EnvironmentProblem["kind"]]: (problem: Extract<EnvironmentProblem, { kind: K }>) => string };

const texts: Texts = {
  NotLinux: ({ what }) => `${what} needs Linux`,
  NoInterface: (it) => `there is no network interface ${JSON.stringify(it.interface)}`,
  InterfaceDown: (it) => `network interface ${it.interface} is down: ip link set ${it.interface} up`,
  InterfaceInUse: (it) => `another process has its virtual modem at ${it.interface} already`,
  NoLinkLocal: (it) => `network interface ${it.interface} has no IPv6 link-local address (fe80::)`,
  DuplicateAddress: (it) => `another host on ${it.interface} has the address ${it.address} as well`,
  AddressInUse: ({ address, port }) => `port ${port} of ${address} is in use by another socket`,
  NotPermitted: ({ what, needs }) =>
    `not permitted to ${what}: needs ${needs}${needs === "root" ? "" : ", which root has"}`,
  NoCaptureLibrary: () =>
    "raw frames need the optional package cap: apt install libpcap-dev build-essential, then npm install",
  NoSerialLibrary: () =>
    "a pilot helper on a serial line needs the optional package serialport: npm install serialport@13",
  NoSerialPort: ({ path, why }) => `cannot open the serial line ${path}: ${why}`,
  NoHelper: ({ path, ms }) =>
    `no pilot helper answers on ${path} within ${ms} ms: is it powered, flashed and wired to this line?`,
  NoPlant: ({ path, why }) => `no plant on ${path}: ${why}`,
  NoModem: ({ path, why }) => `no virtual modem on ${path}: ${why}`,
  NoSocket: ({ path, why }) => `cannot listen on ${path}: ${why}`,
  MissingProgram: ({ program, install }) => `the program ${program} is missing: ${install}`,
  Refused: ({ what, code }) => `cannot ${what} (${code})`,
};

/** The person at the machine can put this right; its text is one line. Nobody matches on the text. */
export class EnvironmentError extends Error {
  readonly problem: EnvironmentProblem;

  constructor(problem: EnvironmentProblem) {
    super((texts[problem.kind] as (problem: EnvironmentProblem) => string)(problem));
    this.problem = problem;
  }
}
