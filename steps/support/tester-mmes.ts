import type { Millis } from "../../core/clock";
import { decodeMme, encodeMme, type Mme } from "../../protocol/homeplug";
import { Inconclusive } from "./judgement";
import { changed, strangeRunID, strangers } from "./mme-values";
import type { HarnessWorld } from "./world";

type Rows = Readonly<Record<string, string>>;
type Sending = { do: "mme"; frame: Uint8Array };
type Change = (message: Mme, sending: Sending) => readonly Sending[];

const sendingOf = (message: Mme): Sending => ({
  do: "mme",
  frame: encodeMme(message as Parameters<typeof encodeMme>[0]),
});

/** Changes what the tester's machine sends to other hosts by SLAC; what it says to its own modem stays as it is. */
function onSending(world: HarnessWorld, side: string, change: Change): void {
  const tester = world.sut === "secc" ? "EVCC" : "SECC";
  if (side !== tester) throw new Inconclusive(`the ${side} is under test and sends what it likes`);
  const through = <Effect extends { do: string }>(effect: Effect): readonly Effect[] => {
    const sending = effect as unknown as Sending;
    const message = effect.do === "mme" ? decodeMme(sending.frame) : undefined;
    if (message?.kind !== "Mme" || !/^CM_(?!SET_KEY)/.test(message.name)) return [effect];
    return change(message, sending) as unknown as readonly Effect[];
  };
  if (tester === "EVCC") world.carGate.alter(through);
  else world.stationGate.alter(through);
}

const durations = /^(\d+(?:\.\d+)?) (ms|s)$/;
export function millis(text: string): Millis {
  const [, value, unit] = durations.exec(text) ?? [];
  if (value === undefined) throw new Inconclusive(`"${text}" is no duration`);
  return Number(value) * (unit === "s" ? 1_000 : 1);
}

export interface Span {
  readonly least: Millis;
  readonly most: Millis;
}

/** `any`, `3 s` at least, or `4 s to 8 s`. */
export function span(text: string): Span {
  const [least = "0 s", most] = text === "any" ? [] : text.split(" to ");
  return { least: millis(least), most: most === undefined ? Number.POSITIVE_INFINITY : millis(most) };
}

/**
 * Each message of that name with other fields; also `delay`, `times`, and `octets`, after which the frame is cut. With `number`,
 * `2` or `6 to 10`, only those of them are changed.
 */
export function alter(world: HarnessWorld, side: string, name: string, rows: Rows): void {
  const { delay, times = "1", octets, number, ...fields } = rows;
  const [first = "1", last = first] = number?.split(" to ") ?? ["1", "Infinity"];
  let sent = 0;
  onSending(world, side, (message, sending) => {
    if (message.name !== name) return [sending];
    if (++sent < Number(first) || sent > Number(last)) return [sending];
    const { frame } = sendingOf(changed(world, message, fields));
    const cut = octets === undefined ? frame : frame.subarray(0, Number(octets));
    const all = Array.from({ length: Number(times) }, (): Sending => ({ do: "mme", frame: cut }));
    if (delay === undefined) return all;
    const { bench, sut } = world;
    const node = sut === "secc" ? bench.evcc : bench.secc;
    bench.clock.after(millis(delay), () => {
      for (const late of all) node.transmit(late.frame);
    });
    return [];
  });
}

/**
 * Hosts that say what the tester says, just before it, under addresses of their own (and RunIDs, if they are vehicles).
 * @param rows what differs, as `CM_ATTEN_CHAR.IND.AAG`
 */
export function accompany(world: HarnessWorld, side: string, count: number, rows: Rows): void {
  const role = side === "SECC" ? "secc" : "evcc";
  onSending(world, side, (message, sending) => {
    const own = Object.fromEntries(
      Object.entries(rows).flatMap(([path, text]) =>
        path.startsWith(`${message.name}.`) ? [[path.slice(message.name.length + 1), text]] : [],
      ),
    );
    const others = Array.from({ length: count }, (_, index) => {
      const mac = strangers[role].replace(/..$/, (99 - index).toString());
      return sendingOf(changed(world, as(message, mac, role, index), own));
    });
    return [...others, sending];
  });
}

/** The message as another host would have it. */
function as(message: Mme, mac: string, role: "secc" | "evcc", index: number): Mme {
  const fields = Object.entries(message.fields).map(([name, value]) => {
    if (value === message.sa) return [name, mac];
    return role === "evcc" && name === "RunID" ? [name, strangeRunID.replace(/..$/, `${10 + index}`)] : [name, value];
  });
  return { ...message, sa: mac, fields: Object.fromEntries(fields) } as Mme;
}
