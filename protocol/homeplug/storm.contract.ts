import assert from "node:assert/strict";
import type { Entropy } from "../../core";
import { encodeMme, mmeNames, mmes } from "./index";
import type { Layout } from "./layout";
import type { Probe } from "./probe.contract";

/** One byte of chance, and a choice. */
const octet = (entropy: Entropy): number => entropy.bytes(1)[0] ?? 0;
const pick = <T>(entropy: Entropy, from: readonly T[]): T => from[octet(entropy) % from.length] as T;

/** A frame as a confused or hostile neighbour might send it: of any known type, cut, bent, tagged or mere noise. */
function badFrame(entropy: Entropy, addresses: readonly string[]): Uint8Array {
  if (octet(entropy) < 16) return entropy.bytes(octet(entropy) % 90);
  const name = pick(entropy, mmeNames);
  const body = pick(entropy, [0, 10, 52, 66, 110, 300, 1490]);
  const head = encodeMme({
    name,
    da: pick(entropy, addresses),
    sa: pick(entropy, addresses),
    fields: fieldsFor(mmes[name].fields) as never,
    trailing: Buffer.from(entropy.bytes(body)).toString("hex"),
    ...(octet(entropy) < 20 && { vlan: 1 }),
  });
  const frame = Uint8Array.from(head);
  for (let bent = octet(entropy) % 4; bent > 0; bent--)
    frame[12 + (octet(entropy) % (frame.length - 12))] = octet(entropy);
  return octet(entropy) < 40 ? frame.subarray(0, octet(entropy) % frame.length) : frame;
}

/** Something of each field's own size. */
const fieldsFor = (layout: Layout): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(layout).map(([name, field]) => {
      const size = Math.max(0, field.size({ NumGroups: 58, AMLEN: 8, MVERLENGTH: 9 }) || 0);
      return [name, field.usual ?? field.get(new Uint8Array(size))];
    }),
  );

/**
 * `steps` bad frames, expiries and pilot changes in a row, with steps of the good path between them so that every state is
 * reached. No input may throw, and nothing may grow: that is what the machines promise of whatever comes over the line.
 * @param forward takes the good path's next step from where the machine stands
 * @returns the states that were visited
 */
export function storm<S extends { ignored: object }>(
  probe: Probe<S>,
  entropy: Entropy,
  mac: string,
  forward: () => unknown,
  steps: number,
): Set<string> {
  const addresses = [mac, "FF:FF:FF:FF:FF:FF", "02:00:00:00:AA:01", "02:00:00:00:AA:02", "00:B0:52:00:00:01"];
  const happenings = [
    { kind: "plugged" },
    { kind: "unplugged" },
    { kind: "leave" },
    { kind: "toggled", lasted: 300 },
    { kind: "modemRestarted" },
    { kind: "reset" },
  ] as const;
  const strangers = ["TT_match_join", "no timer", "TT_match_sequence#3"];
  const visited = new Set<string>();
  for (let step = 0; step < steps; step++) {
    const dice = octet(entropy);
    const running = probe.running();
    if (dice < 90) forward();
    else if (dice < 100 && running.length > 0) probe.expire(pick(entropy, running));
    else if (dice < 102) probe.take(pick(entropy, happenings));
    else if (dice < 104) probe.take({ kind: "expired", timer: `slac.${pick(entropy, strangers)}` });
    else probe.hear(badFrame(entropy, addresses));
    visited.add(probe.at);
    assert.ok(probe.timers.size <= 20, `${probe.timers.size} timers run`);
    assert.ok(Object.keys(probe.state.ignored).length <= 16);
    assert.ok(probe.sent.length <= 4, `${probe.names()} at once`);
  }
  return visited;
}
