import { hex } from "../../core";
import { decode, Undecodable } from "../../protocol/exi";
import { messageSets } from "../../protocol/message-sets";
import type { SchemaSet } from "../../protocol/schema";
import { type Found, FrameAssembler } from "../../protocol/v2gtp";
import type { Segment } from "./packet";
import { Reassembly } from "./reassembly";

/** One V2GTP frame of a connection, or what cannot be read of it. */
export interface Heard {
  readonly name: string;
  readonly fields?: object;
  readonly error?: string;
  readonly hex: string;
}

/** Largest payload taken; what claims more is no session of any known car. */
const largest = 1_048_576;
/** Message sets of the payload types of ISO 15118-20; 0x8001 is the handshake's, DIN's and ISO 15118-2's. */
const setOfType: ReadonlyMap<number, string> = new Map([
  [0x8002, "iso20-common"],
  [0x8003, "iso20-ac"],
  [0x8004, "iso20-dc"],
  [0x8005, "iso20-acdp"],
  [0x8006, "iso20-wpt"],
]);
const exi = 0x8001;
const setOfNamespace: readonly (readonly [RegExp, string])[] = [
  [/^urn:iso:15118:2:2013:MsgDef$/, "iso2"],
  [/^urn:din:70121:2012:MsgDef$/, "din"],
];

interface Offer {
  readonly AppProtocol: readonly { readonly ProtocolNamespace: string; readonly SchemaID: number }[];
}

/** Both directions of one TCP connection between car and station, as an onlooker reads it. */
export class Conversation {
  private readonly ways = new Map<string, Way>();
  private offer: Offer | undefined;
  /** Of payload type 0x8001, once the handshake is over. */
  private agreed: string | undefined;
  private handshaking = true;
  private secured = false;

  /** @param from whichever end has sent the segment */
  push(from: string, segment: Segment): Heard[] {
    if (this.secured) return [];
    const way = this.ways.get(from) ?? new Way();
    this.ways.set(from, way);
    const heard: Heard[] = [];
    const { bytes, gap } = way.order.push(segment);
    if (gap) heard.push({ name: "(gap)", error: "bytes of the connection are missing", hex: "" });
    for (const chunk of bytes) {
      if (this.secured) break;
      if (!way.begun && isTls(chunk)) {
        this.secured = true;
        heard.push({ name: "(TLS)", hex: hex(chunk.subarray(0, 5)) });
      } else if (way.begun || isV2gtp(chunk)) {
        way.begun = true;
        way.frames.push(chunk, (found) => heard.push(this.read(found)));
      }
    }
    return heard;
  }

  private read(found: Found): Heard {
    const bytes = hex(found.bytes);
    if (found.kind === "skipped") return { name: "(skipped)", error: `wrong header: ${found.fault}`, hex: bytes };
    if (found.kind === "oversize")
      return { name: "(oversize)", error: `payload length ${found.header.payloadLength}`, hex: bytes };
    const refusals: string[] = [];
    for (const name of this.setsOf(found.header.payloadType)) {
      try {
        const { root, value } = decode(messageSets[name] as SchemaSet, found.payload);
        return { ...this.told(name, root, value as object), hex: bytes };
      } catch (error) {
        if (!(error instanceof Undecodable)) throw error;
        refusals.push(error.message);
      }
    }
    return { name: "(undecodable)", error: refusals[0] ?? "no known message set", hex: bytes };
  }

  /** Which sets to try: the agreed one; while nothing is agreed the handshake, and, in a recording that began later, the others. */
  private setsOf(payloadType: number): readonly string[] {
    const known = setOfType.get(payloadType);
    if (known !== undefined) return [known];
    if (this.agreed !== undefined && !this.handshaking) return [this.agreed];
    return ["sap", ...new Set([this.agreed ?? "iso2", "iso2", "din"])];
  }

  private told(set: string, root: string, value: object): Omit<Heard, "hex"> {
    if (root === "supportedAppProtocolReq") this.offer = value as Offer;
    if (root === "supportedAppProtocolRes") this.agree(value as { SchemaID?: number });
    else if (set === "iso2" || set === "din") this.agreed = set;
    if (root !== "V2G_Message") return { name: root, fields: value };
    const { Header, Body } = value as { Header: object; Body: Readonly<Record<string, object>> };
    const [name = "(empty body)"] = Object.keys(Body);
    return { name, fields: { Header, ...Body[name] } };
  }

  private agree({ SchemaID }: { SchemaID?: number }): void {
    const chosen = this.offer?.AppProtocol.find((it) => it.SchemaID === SchemaID)?.ProtocolNamespace ?? "";
    const [, set] = setOfNamespace.find(([pattern]) => pattern.test(chosen)) ?? [];
    this.agreed = set;
    this.handshaking = set === undefined;
  }
}

class Way {
  readonly order = new Reassembly();
  readonly frames = new FrameAssembler(largest, [exi, ...setOfType.keys()]);
  /** The beginning of a frame has been seen. */
  begun = false;
}

const isTls = ([first, second]: Uint8Array): boolean => (first === 0x16 || first === 0x17) && second === 0x03;
const isV2gtp = ([first, second]: Uint8Array): boolean => first === 0x01 && second === 0xfe;
