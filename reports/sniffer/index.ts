import { hex, type Millis } from "../../core";
import { reportMme } from "../../protocol/homeplug";
import { readSdpRequest, readSdpResponse, sdpPort } from "../../protocol/sdp";
import { Conversation, type Heard } from "./conversation";
import { type Packet, readPacket } from "./packet";

export { type CapturedFrame, readCapture, UnreadableCapture } from "./capture-reader";

/** One message as it passed. */
export interface Sniffed extends Heard {
  readonly t: Millis;
  readonly layer: "mme" | "sdp" | "tcp" | "v2g";
  /** MAC addresses. */
  readonly from: string;
  readonly to: string;
}

/** Connections held; of more the oldest are forgotten. */
const mostConnections = 256;

/** Reads what passes on a link between cars, stations and modems, whoever they are. Sends nothing, and needs no memory that grows. */
export class Sniffer {
  /** MAC addresses of those who have shown themselves to be a car or a station. */
  readonly cars = new Set<string>();
  readonly stations = new Set<string>();
  private readonly conversations = new Map<string, Conversation>();

  /** What this frame says or completes, in order. */
  hear(t: Millis, frame: Uint8Array): Sniffed[] {
    const packet = readPacket(frame);
    const { from, to } = packet;
    const told =
      (layer: Sniffed["layer"]) =>
      (heard: Heard): Sniffed => ({ t, layer, from, to, ...heard });
    if (packet.kind === "mme") return [told("mme")(this.mme(packet))];
    if (packet.kind === "udp") return this.sdp(packet).map(told("sdp"));
    if (packet.kind === "tcp") return this.tcp(packet).map(({ layer, ...heard }) => told(layer)(heard));
    return [];
  }

  private mme({ from, frame }: Extract<Packet, { kind: "mme" }>): Heard {
    const report = reportMme(frame);
    const { type } = (report.fields ?? {}) as { type?: number };
    const unknown = report.name === "UnknownType" && type !== undefined;
    const name = unknown ? `MME 0x${type.toString(16).toUpperCase().padStart(4, "0")}` : report.name;
    const heard: Heard = { ...(!unknown && report), name, hex: hex(frame) };
    if (carsMessages.test(heard.name)) this.know(this.cars, from);
    if (stationsMessages.test(heard.name)) this.know(this.stations, from);
    return heard;
  }

  private sdp({ from, sides, payload }: Extract<Packet, { kind: "udp" }>): Heard[] {
    const request = sides.targetPort === sdpPort ? readSdpRequest(payload) : undefined;
    const response = sides.sourcePort === sdpPort ? readSdpResponse(payload) : undefined;
    if (request) this.know(this.cars, from);
    if (response) this.know(this.stations, from);
    const fields = request ?? response;
    if (!fields) return [];
    return [{ name: request ? "SDP request" : "SDP response", fields, hex: hex(payload) }];
  }

  private tcp({ sides, segment }: Extract<Packet, { kind: "tcp" }>): (Heard & { layer: "tcp" | "v2g" })[] {
    const { source, target, sourcePort, targetPort } = sides;
    const [here, there] = [`[${source}]:${sourcePort}`, `[${target}]:${targetPort}`];
    const key = [here, there].sort().join(" ");
    const said = (name: string) => ({ layer: "tcp" as const, name, fields: { from: here, to: there }, hex: "" });
    const conversation = this.conversation(key);
    const heard = conversation.push(here, segment).map((it) => ({ layer: "v2g" as const, ...it }));
    if (segment.reset) this.conversations.delete(key);
    return [
      ...(segment.syn ? [said("SYN")] : []),
      ...heard,
      ...(segment.fin ? [said("FIN")] : []),
      ...(segment.reset ? [said("RST")] : []),
    ];
  }

  private conversation(key: string): Conversation {
    const known = this.conversations.get(key) ?? new Conversation();
    this.conversations.delete(key);
    this.conversations.set(key, known);
    const [oldest] = this.conversations.keys();
    if (this.conversations.size > mostConnections && oldest !== undefined) this.conversations.delete(oldest);
    return known;
  }

  /** A flood of invented addresses fills no memory. */
  private know(set: Set<string>, mac: string): void {
    if (set.size < mostConnections) set.add(mac);
  }
}

const carsMessages = /^CM_(SLAC_PARM\.REQ|START_ATTEN_CHAR\.IND|MNBC_SOUND\.IND|ATTEN_CHAR\.RSP|SLAC_MATCH\.REQ)$/;
const stationsMessages = /^CM_(SLAC_PARM\.CNF|ATTEN_CHAR\.IND|SLAC_MATCH\.CNF)$/;
