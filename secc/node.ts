import type { Clock } from "../core/clock";
import type { Entropy } from "../core/entropy";
import type { Link } from "../core/link";
import type { Unsubscribe } from "../core/listeners";
import type { Machine } from "../core/machine";
import type { Endpoint, Listener, Network, Stream } from "../core/network";
import type { EvsePilot } from "../core/pilot";
import type { PowerPath } from "../core/power";
import { type Performers, Runner } from "../core/runner";
import type { Trace } from "../core/trace";
import { macOf, type TracedLink, tracedLink } from "../protocol/homeplug";
import { SdpSocket } from "../protocol/sdp/socket";
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
  /** The modem's link; not needed where the configuration says `link: "none"`. */
  readonly link?: Link;
  readonly network: Network;
  readonly pilot: EvsePilot;
  readonly power: PowerPath;
}

export type StationStimulus = "authorise" | "deauthorise" | "stop" | "shutdown";

/** A station that runs on its ports; it listens from the start, before any match. */
export class StationNode {
  private readonly ports: StationPorts;
  private readonly config: SeccConfig;
  private readonly runner: Runner<Station, StationInput, StationEffect, StationSeen>;
  private readonly sdp: SdpSocket;
  private readonly listener: Listener;
  private readonly modem: TracedLink | undefined;
  private readonly subscriptions: readonly Unsubscribe[];
  private readonly connections = new Map<number, V2gConnection>();
  private opened = 0;

  /** @param wrap changes the machine, to make a faulty station */
  constructor(ports: StationPorts, config: SeccConfig, wrap: (machine: StationMachine) => StationMachine = (it) => it) {
    const { clock, trace, link, network, pilot, power } = ports;
    this.ports = ports;
    this.listener = network.listen(config.port, (stream) => this.accept(stream));
    this.config = { ...config, port: this.listener.local.port };
    this.runner = new Runner(wrap(station(this.config, link ? macOf(link.mac) : "")), {
      node: "secc",
      clock,
      trace,
      seen: () => this.seen(),
      perform: this.performers(),
    });
    const { runner } = this;
    this.sdp = new SdpSocket(network, "secc", trace, (bytes, from) =>
      runner.dispatch({ kind: "datagram", bytes, from }),
    );
    const heard = (frame: Uint8Array): void => runner.dispatch({ kind: "mme", frame });
    this.modem = link && tracedLink(link, "secc", trace, heard);
    this.subscriptions = [
      ...(link ? [link.onState((up) => up && runner.dispatch({ kind: "modemRestarted" }))] : []),
      pilot.onChange((reading) => runner.dispatch({ kind: "pilot", reading })),
      power.onChange((reading, fault) => runner.dispatch({ kind: "power", reading, ...(fault && { fault }) })),
    ];
    runner.start();
  }

  get state(): Station {
    return this.runner.state;
  }

  /** TCP port it listens on. */
  get port(): number {
    return this.config.port;
  }

  /** IPv6 address of its host. */
  get address(): string {
    return this.ports.network.address;
  }

  /** What a person may do to a station. */
  stimulus(what: StationStimulus): void {
    this.ports.trace.record("secc", { type: "stimulus", what });
    this.runner.dispatch({ kind: what });
  }

  /** Power off at once, and the session is over. */
  emergency(reason: string): void {
    this.ports.trace.record("secc", { type: "stimulus", what: `emergency: ${reason}` });
    this.runner.dispatch({ kind: "emergency", reason });
  }

  /** Duty cycle by hand, 0 to 100 %; without effect while a vehicle is there. */
  drive(dutyPercent: number): void {
    this.ports.trace.record("secc", { type: "stimulus", what: `pwm ${dutyPercent} %` });
    this.runner.dispatch({ kind: "pwm", dutyPercent });
  }

  /** The connection that is served now, for bytes that are wrong on purpose. */
  connection(): V2gConnection | undefined {
    return this.connections.get(this.state.connection ?? -1);
  }

  /** Sends an SDP datagram, right or wrong. */
  announce(bytes: Uint8Array, to: Endpoint): void {
    this.sdp.send(bytes, to);
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
    this.listener.close();
    this.sdp.close();
    for (const connection of this.connections.values()) connection.close("reset");
    this.ports.link?.close();
  }

  private seen(): StationSeen {
    const { clock, pilot, power, entropy } = this.ports;
    return { now: clock.now(), pilot: pilot.read(), power: power.read(), random: (length) => entropy.bytes(length) };
  }

  private performers(): Performers<StationEffect> {
    const { pilot, power, trace } = this.ports;
    return {
      drive: ({ drive }) => pilot.drive(drive),
      mme: ({ frame }) => this.modem?.send(frame),
      answer: ({ bytes, to }) => this.sdp.send(bytes, to),
      send: ({ connection, message }) => this.connections.get(connection)?.send(message),
      close: ({ connection }) => this.close(connection),
      supply: ({ target }) => power.supply(target),
      contactor: ({ closed }) => power.contactor(closed),
      isolation: ({ on }) => power.measureIsolation(on),
      lock: ({ locked }) => power.lock(locked),
      metrics: ({ counters }) =>
        trace.record("secc", { type: "log", level: "info", text: "metrics", fields: counters }),
    };
  }

  /** Of its own accord: its stream is told of no more, so it is forgotten here (whoever is refused may come again for ever). */
  private close(connection: number): void {
    this.connections.get(connection)?.close();
    this.connections.delete(connection);
  }

  private accept(stream: Stream): void {
    const connection = ++this.opened;
    const bound = new V2gConnection(stream, {
      node: "secc",
      trace: this.ports.trace,
      opener: "peer",
      connection,
      maxPayload: this.config.maxExiBytes,
      maxDecoded: this.config.maxDecodedBytes,
      grammar: () => (this.state.session ? sessionGrammar(this.state.session) : "app-protocol"),
      tell: (input) => {
        if (input.kind === "closed") this.connections.delete(connection);
        this.runner.dispatch({ ...input, connection });
      },
    });
    this.connections.set(connection, bound);
    this.runner.dispatch({ kind: "accepted", connection });
  }
}
