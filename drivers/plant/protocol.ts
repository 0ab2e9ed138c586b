/** Versions, sizes and times of the plant protocol (firmware/PROTOCOL.md, chapter 5), for both of its ends. */
export const protocol = {
  /** Of the lines (`proto`), and of what goes beyond the helper's (`plant`). */
  proto: 2,
  plant: 1,
  /** Characters of a line without its end; members and levels of its object. */
  line: 4096,
  members: 64,
  depth: 6,
  /** Lines a second from one client. */
  lines: 1000,
  /** Characters that may wait for a slow reader. */
  unread: 1 << 20,
  silenceMs: 1500,
  pingMs: 500,
  /** Bounds and default of a stream's period. */
  period: { least: 20, most: 1000, usual: 100 },
} as const;

export const roles = ["evse", "ev", "observer"] as const;
/** Who is on a socket: the station and its helper, the car, or the harness. */
export type Role = (typeof roles)[number];

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a client holds as long as it was the last to command it, and is there. */
export const things = ["supply", "contactor", "line", "load", "ev_contactor", "lock", "monitor"] as const;
export type Thing = (typeof things)[number];
