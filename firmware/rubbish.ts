/** A number from 0 to below the limit; the same ones each time (xorshift). */
export type Below = (limit: number) => number;

/** @param seed whole, not 0 */
export function randomly(seed: number): Below {
  let state = seed;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

/** Every command and request (PROTOCOL.md, chapters 2 and 3) but `reset`, which ends the helper; arguments as somebody means them. */
const meant: readonly object[] = [
  { cmd: "ping" },
  { cmd: "get_status" },
  { cmd: "set_mode", mode: "manual" },
  { cmd: "set_mode", mode: "dc" },
  { cmd: "set_pwm", duty: 50, enable: true },
  { cmd: "enable_pwm", enable: false },
  { cmd: "set_freq", hz: 1000 },
  { cmd: "cp.set_thresholds", t12: 2400, t9: 2000, t6: 1700, t3: 1450, t0: 625, hys: 150, hys_ab: 100 },
  { cmd: "cp.auto_cal" },
  { cmd: "cp.scan" },
  { cmd: "cp.drive", out: "x2", duty: 5 },
  { cmd: "cp.drive", out: "auto" },
  { cmd: "restart_slac_hint", ms: 50 },
  ...[
    { method: "sys.ping" },
    { method: "sys.info" },
    { method: "sys.arm" },
    { method: "sys.set_mode", params: { mode: "sim" } },
    { method: "sys.set_mode", params: { mode: "hw" } },
    { method: "contactor.set", params: { on: true } },
    { method: "contactor.set", params: { on: false } },
    { method: "contactor.check" },
    { method: "temps.read" },
    { method: "temps.stream_start", params: { period_ms: 20 } },
    { method: "temps.stream_stop" },
    { method: "meter.read" },
    { method: "meter.stream_start", params: { period_ms: 20 } },
    { method: "meter.stream_stop" },
  ].map((request, id) => ({ type: "req", id, ...request })),
];

/** In the place of a value: JSON, or nearly. */
const odd: readonly string[] = [
  ..."null true false 0 -0 -1 1.5 1e308 -1e308 1e999 1e-320 9007199254740993 20.0 1E3 NaN Infinity 01 +1 .5".split(" "),
  "9".repeat(150),
  '""',
  '"x2"',
  '"\\u0000\\ud800\\n"',
  '"\\x"',
  `"${"é".repeat(40)}"`,
  "[]",
  "{}",
  '[[[[[["deep"]]]]]]',
  '{"a":{"b":{"c":{"d":{"e":{"f":{}}}}}}}',
  '{"on":true,"on":1}',
  "",
];

/** What a line may end with. */
const ends = ["\n", "\n", "\r\n", "\n\r", "\r\r\n", "\n\n", ""] as const;

/** Bytes that may come down a serial line, kind after kind, at random. */
export function rubbish(below: Below): () => Buffer {
  const of = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const bytes = (most: number): Buffer => Buffer.from(Array.from({ length: below(most) }, () => below(256)));
  const text = (): string => JSON.stringify(of(meant));
  const line = (content: string): Buffer => Buffer.from(`${content}${of(ends)}`, "latin1");
  const kinds: readonly (() => Buffer)[] = [
    () => bytes(400),
    () => line(of(['"', "{", "[", "\\", "x", '{"a":'] as const).repeat(below(300))),
    () => line("x".repeat(238 + below(6))),
    () => line("y".repeat(of([641, 4096, 65_536] as const))),
    () => line(text().slice(0, below(60))),
    () => line(text().repeat(1 + below(8))),
    () => line(`{${Array.from({ length: 14 + below(5) }, (_, at) => `"m${at}":${at}`).join(",")},"cmd":"ping"}`),
    () => line(text().replaceAll(/(?<=:)("[^"]*"|[\d.]+|true|false)/g, (value) => (below(2) === 0 ? of(odd) : value))),
    () => {
      const whole = line(text());
      if (whole.length > 0) whole[below(whole.length)] = below(256);
      return whole;
    },
    () => Buffer.concat([line(text()), bytes(20)]),
    () => line(text()),
    () => line(text()),
  ];
  return () => of(kinds)();
}

/** What happens at the pins meanwhile: stimuli of a script (chapter 6). */
const happenings: readonly object[] = [
  { car: "none" },
  { car: "B" },
  { car: "C" },
  { car: "C" },
  { car: "D" },
  { aux: "follows" },
  { aux: "stuck" },
  { aux: "welded" },
  { volts: [12, 12] },
  { volts: [1e9, -1e9] },
  { mv: 0 },
  { mv: 65_535 },
  { burst: "3300*1" },
  { burst: "0*200 65535*184" },
  { temps: [-273.15, 1e9] },
  { meter: [1e15, -1e15, 1e30, -1] },
];

export const happening = (below: Below): object => happenings[below(happenings.length)] as object;
