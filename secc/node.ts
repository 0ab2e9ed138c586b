import { hex } from "../core/bytes";
import type { Clock } from "../core/clock";
import type { Entropy } from "../core/entropy";
import type { Link } from "../core/link";
import type { Machine } from "../core/machine";
import type { Network, Stream } from "../core/network";
import type { EvsePilot } from "../core/pilot";
import type { PowerPath } from "../core/power";
import { Runner } from "../core/runner";
import type { Trace } from "../core/trace";
import { macOf, reportMme } from "../protocol/homeplug";
import { readSdpRequest, readSdpResponse, sdpGroup, sdpPort } from "../protocol/sdp";
import { V2gConnection } from "../protocol/v2g";
import type { SeccConfig } from "./config";
import { sessionGrammar } from "./session";
import { type Station, type StationEffect, type StationInput, type StationSeen, station } from "./station";

export type StationMachine = Machine<Station, StationInput, StationEffect, StationSeen>;

/** The world of a station: what its machine's effects act on and its inputs come from. */
export interface StationPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly trace: Trace;
  readonly link: Link;
  readonly network: Network;
  readonly pilot: EvsePilot;
  readonly power: PowerPath;
}

/** A running station. */
export interface StationNode {
  readonly state: () => Station;
  /** What a person may do to it. */
  stimulus(what: "authorise" | "deauthorise" | "stop"): void;
  /** As if its process had been killed. */
  kill(): void;
  runningTimers(): string[];
}

/**
 * Runs a station on its ports; it listens from the start, before any match.
 * @param wrap changes the machine, to make a faulty station
 */
export function startStation(
  ports: StationPorts,
  config: SeccConfig,
  wrap: (machine: StationMachine) => StationMachine = (machine) => machine,
): StationNode {
  const { clock, entropy, trace, link, network, pilot, power } = ports;
  const connections = new Map<number, V2gConnection>();
  let opened = 0;
  const local = network.datagrams(
    sdpPort,
    (bytes, from) => {
      traceSdp("rx", bytes, from);
      runner.dispatch({ kind: "datagram", bytes, from });
    },
    { multicast: sdpGroup },
  );
  const traceSdp = (dir: "rx" | "tx", bytes: Uint8Array, peer: { address: string; port: number }): void => {
    const us = { address: network.address, port: sdpPort };
    const fields = dir === "rx" ? readSdpRequest(bytes) : readSdpResponse(bytes);
    const name = fields === undefined ? "(not SDP)" : dir === "rx" ? "SDPRequest" : "SDPResponse";
    const ends = dir === "rx" ? { from: peer, to: us } : { from: us, to: peer };
    trace.record("secc", { type: "sdp", dir, name, hex: hex(bytes), ...ends, ...(fields && { fields }) });
  };
  const runner = new Runner<Station, StationInput, StationEffect, StationSeen>(wrap(station(config, macOf(link.mac))), {
    node: "secc",
    clock,
    trace,
    seen: () => ({
      now: clock.now(),
      pilot: pilot.read(),
      power: power.read(),
      random: (length) => entropy.bytes(length),
    }),
    perform: {
      drive: ({ drive }) => pilot.drive(drive),
      mme: ({ frame }) => {
        trace.record("secc", { type: "mme", dir: "tx", ...reportMme(frame), hex: hex(frame) });
        link.send(frame);
      },
      answer: ({ bytes, to }) => {
        traceSdp("tx", bytes, to);
        local.send(bytes, to);
      },
      send: ({ connection, message }) => connections.get(connection)?.send(message),
      close: ({ connection }) => connections.get(connection)?.close(),
      supply: ({ target }) => power.supply(target),
      contactor: ({ closed }) => power.contactor(closed),
      isolation: ({ on }) => power.measureIsolation(on),
      lock: ({ locked }) => power.lock(locked),
      metrics: ({ counters }) =>
        trace.record("secc", { type: "log", level: "info", text: "metrics", fields: counters }),
    },
  });
  const accept = (stream: Stream): void => {
    const connection = ++opened;
    const bound = new V2gConnection(stream, {
      node: "secc",
      trace,
      connection,
      maxPayload: config.maxExiBytes,
      grammar: () => (runner.state.session ? sessionGrammar(runner.state.session) : "app-protocol"),
      tell: (input) => {
        if (input.kind === "closed") connections.delete(connection);
        runner.dispatch({ ...input, connection });
      },
    });
    connections.set(connection, bound);
    runner.dispatch({ kind: "accepted", connection });
  };
  const listener = network.listen(config.port, accept);
  link.onFrame((frame) => {
    trace.record("secc", { type: "mme", dir: "rx", ...reportMme(frame), hex: hex(frame) });
    runner.dispatch({ kind: "mme", frame });
  });
  pilot.onChange((reading) => runner.dispatch({ kind: "pilot", reading }));
  power.onChange((reading, fault) => runner.dispatch({ kind: "power", reading, ...(fault && { fault }) }));
  runner.start();
  return {
    state: () => runner.state,
    stimulus: (what) => {
      trace.record("secc", { type: "stimulus", what });
      runner.dispatch({ kind: what });
    },
    kill: () => {
      runner.stop();
      listener.close();
      local.close();
      for (const connection of connections.values()) connection.close("reset");
    },
    runningTimers: () => runner.runningTimers(),
  };
}
