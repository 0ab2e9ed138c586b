import type { Cancel, Clock } from "../core/clock";
import type { Entropy } from "../core/entropy";
import type { Link } from "../core/link";
import type { Unsubscribe } from "../core/listeners";
import type { Machine } from "../core/machine";
import type { Endpoint, Network, Stream } from "../core/network";
import type { EvPilot } from "../core/pilot";
import type { Inlet } from "../core/power";
import { type Performers, Runner } from "../core/runner";
import type { Trace } from "../core/trace";
import { macOf, type TracedLink, tracedLink } from "../protocol/homeplug";
import { SdpSocket } from "../protocol/sdp/socket";
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
  /** The modem's link; not needed where the configuration says `link: "none"`. */
  readonly link?: Link;
  readonly network: Network;
  readonly pilot: EvPilot;
  readonly inlet: Inlet;
}

/** Largest response taken, in bytes. */
const maxPayload = 262_144;

/** A car that runs on its ports. */
export class CarNode {
  private readonly ports: CarPorts;
  private readonly runner: Runner<Car, CarInput, CarEffect, CarSeen>;
  private readonly sdp: SdpSocket;
  private readonly modem: TracedLink | undefined;
  private readonly subscriptions: readonly Unsubscribe[];
  private bound: V2gConnection | undefined;
  /** Gives up the last attempt to connect: what becomes of it later concerns another session. */
  private giveUp: Cancel | undefined;
  private opened = 0;

  /** @param wrap changes the machine, to make a faulty car */
  constructor(ports: CarPorts, config: EvccConfig, wrap: (machine: CarMachine) => CarMachine = (it) => it) {
    const { clock, trace, link, network, pilot } = ports;
    this.ports = ports;
    this.runner = new Runner(wrap(car(config, link ? macOf(link.mac) : "")), {
      node: "evcc",
      clock,
      trace,
      seen: () => this.seen(),
      perform: this.performers(),
    });
    const { runner } = this;
    this.sdp = new SdpSocket(network, "evcc", trace, (bytes, from) =>
      runner.dispatch({ kind: "datagram", bytes, from }),
    );
    const heard = (frame: Uint8Array): void => runner.dispatch({ kind: "mme", frame });
    this.modem = link && tracedLink(link, "evcc", trace, heard);
    this.subscriptions = [
      ...(link ? [link.onState((up) => up && runner.dispatch({ kind: "modemRestarted" }))] : []),
      pilot.onChange((reading) => runner.dispatch({ kind: "pilot", reading })),
    ];
    runner.start();
  }

  get state(): Car {
    return this.runner.state;
  }

  /** What a driver may do. */
  stimulus(what: "stop"): void {
    this.ports.trace.record("evcc", { type: "stimulus", what });
    this.runner.dispatch({ kind: what });
  }

  /** The present connection, for bytes that are wrong on purpose. */
  connection(): V2gConnection | undefined {
    return this.bound;
  }

  /** Sends an SDP datagram, right or wrong. */
  discover(bytes: Uint8Array): void {
    this.sdp.send(bytes);
  }

  /** Sends an Ethernet frame to the modem, right or wrong. */
  transmit(frame: Uint8Array): void {
    this.modem?.send(frame);
  }

  /** As if its process had been killed: nothing of it is left at its ports. */
  kill(): void {
    this.runner.stop();
    for (const unsubscribe of this.subscriptions) unsubscribe();
    this.modem?.close();
    this.sdp.close();
    this.close("reset");
    this.ports.link?.close();
  }

  private seen(): CarSeen {
    const { clock, pilot, inlet, entropy } = this.ports;
    return { now: clock.now(), duty: pilot.read(), inlet: inlet.read(), random: (length) => entropy.bytes(length) };
  }

  private performers(): Performers<CarEffect> {
    const { pilot, inlet } = this.ports;
    return {
      present: ({ load }) => pilot.present(load),
      contactor: ({ closed }) => inlet.contactor(closed),
      mme: ({ frame }) => this.modem?.send(frame),
      discover: ({ bytes }) => this.sdp.send(bytes),
      connect: ({ to }) => this.connect(to),
      send: ({ message }) => this.bound?.send(message),
      close: () => this.close(),
    };
  }

  private close(how?: "reset"): void {
    this.giveUp?.();
    this.bound?.close(how);
  }

  private connect(to: Endpoint): void {
    this.giveUp?.();
    const opened = (stream: Stream): void => {
      this.bound = new V2gConnection(stream, {
        node: "evcc",
        trace: this.ports.trace,
        opener: "local",
        connection: ++this.opened,
        maxPayload,
        grammar: () => (this.state.session ? sessionGrammar(this.state.session) : "app-protocol"),
        tell: (input) => this.runner.dispatch(input),
      });
      this.runner.dispatch({ kind: "connected" });
    };
    this.giveUp = this.ports.network.connect(to, opened, (reason) => this.runner.dispatch({ kind: "refused", reason }));
  }
}
