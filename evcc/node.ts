import { hex } from "../core/bytes";
import type { Clock } from "../core/clock";
import type { Entropy } from "../core/entropy";
import type { Link } from "../core/link";
import type { Machine } from "../core/machine";
import type { Endpoint, Network } from "../core/network";
import type { EvPilot } from "../core/pilot";
import type { Inlet } from "../core/power";
import { Runner } from "../core/runner";
import type { Trace } from "../core/trace";
import { macOf, reportMme } from "../protocol/homeplug";
import { readSdpRequest, readSdpResponse, sdpGroup, sdpPort } from "../protocol/sdp";
import { V2gConnection } from "../protocol/v2g";
import { type Car, type CarEffect, type CarInput, type CarSeen, car } from "./car";
import type { EvccConfig } from "./config";
import { sessionGrammar } from "./session";

export type CarMachine = Machine<Car, CarInput, CarEffect, CarSeen>;

/** The world of a car: what its machine's effects act on and its inputs come from. */
export interface CarPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly trace: Trace;
  readonly link: Link;
  readonly network: Network;
  readonly pilot: EvPilot;
  readonly inlet: Inlet;
}

/** A running car. */
export interface CarNode {
  readonly state: () => Car;
  stimulus(what: "stop"): void;
  /** Its present connection, for bytes that are wrong on purpose. */
  connection(): V2gConnection | undefined;
  /** As if its process had been killed. */
  kill(): void;
  runningTimers(): string[];
}

/** Largest response taken, in bytes. */
const maxPayload = 262_144;

/**
 * Runs a car on its ports.
 * @param wrap changes the machine, to make a faulty car
 */
export function startCar(
  ports: CarPorts,
  config: EvccConfig,
  wrap: (machine: CarMachine) => CarMachine = (machine) => machine,
): CarNode {
  const { clock, entropy, trace, link, network, pilot, inlet } = ports;
  let connection: V2gConnection | undefined;
  let opened = 0;
  const socket = network.datagrams(0, (bytes, from) => {
    traceSdp("rx", bytes, from);
    runner.dispatch({ kind: "datagram", bytes, from });
  });
  const traceSdp = (dir: "rx" | "tx", bytes: Uint8Array, peer: Endpoint): void => {
    const fields = dir === "rx" ? readSdpResponse(bytes) : readSdpRequest(bytes);
    const name = fields === undefined ? "(not SDP)" : dir === "rx" ? "SDPResponse" : "SDPRequest";
    const ends = dir === "rx" ? { from: peer, to: socket.local } : { from: socket.local, to: peer };
    trace.record("evcc", { type: "sdp", dir, name, hex: hex(bytes), ...ends, ...(fields && { fields }) });
  };
  const connect = (to: Endpoint): void =>
    network.connect(
      to,
      (stream) => {
        connection = new V2gConnection(stream, {
          node: "evcc",
          trace,
          connection: ++opened,
          maxPayload,
          grammar: () => (runner.state.session ? sessionGrammar(runner.state.session) : "app-protocol"),
          tell: (input) => runner.dispatch(input),
        });
        runner.dispatch({ kind: "connected" });
      },
      (reason) => runner.dispatch({ kind: "refused", reason }),
    );
  const runner = new Runner<Car, CarInput, CarEffect, CarSeen>(wrap(car(config, macOf(link.mac))), {
    node: "evcc",
    clock,
    trace,
    seen: () => ({
      now: clock.now(),
      duty: pilot.read(),
      inlet: inlet.read(),
      random: (length) => entropy.bytes(length),
    }),
    perform: {
      present: ({ load }) => pilot.present(load),
      contactor: ({ closed }) => inlet.contactor(closed),
      mme: ({ frame }) => {
        trace.record("evcc", { type: "mme", dir: "tx", ...reportMme(frame), hex: hex(frame) });
        link.send(frame);
      },
      discover: ({ bytes }) => {
        const to = { address: sdpGroup, port: sdpPort };
        traceSdp("tx", bytes, to);
        socket.send(bytes, to);
      },
      connect: ({ to }) => connect(to),
      send: ({ message }) => connection?.send(message),
      close: () => connection?.close(),
    },
  });
  link.onFrame((frame) => {
    trace.record("evcc", { type: "mme", dir: "rx", ...reportMme(frame), hex: hex(frame) });
    runner.dispatch({ kind: "mme", frame });
  });
  pilot.onChange((reading) => runner.dispatch({ kind: "pilot", reading }));
  runner.start();
  return {
    state: () => runner.state,
    stimulus: (what) => {
      trace.record("evcc", { type: "stimulus", what });
      runner.dispatch({ kind: what });
    },
    connection: () => connection,
    kill: () => {
      runner.stop();
      socket.close();
      connection?.close("reset");
    },
    runningTimers: () => runner.runningTimers(),
  };
}
