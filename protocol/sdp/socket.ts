import { hex } from "../../core/bytes";
import type { DatagramSocket, Endpoint, Network } from "../../core/network";
import type { Direction, Node, Trace } from "../../core/trace";
import { readSdpRequest, readSdpResponse, sdpGroup, sdpPort } from ".";

/** One peer's SDP socket; what passes is traced. The station's listens on the multicast group, the car's on a port of its own. */
export class SdpSocket {
  private readonly socket: DatagramSocket;
  private readonly node: Node;
  private readonly trace: Trace;

  constructor(
    network: Network,
    node: "secc" | "evcc",
    trace: Trace,
    listener: (bytes: Uint8Array, from: Endpoint) => void,
  ) {
    this.node = node;
    this.trace = trace;
    const received = (bytes: Uint8Array, from: Endpoint): void => {
      this.record("rx", bytes, from, this.socket.local);
      listener(bytes, from);
    };
    this.socket =
      node === "secc" ? network.datagrams(sdpPort, received, { multicast: sdpGroup }) : network.datagrams(0, received);
  }

  send(bytes: Uint8Array, to: Endpoint = { address: sdpGroup, port: sdpPort }): void {
    this.record("tx", bytes, this.socket.local, to);
    this.socket.send(bytes, to);
  }

  close(): void {
    this.socket.close();
  }

  private record(dir: Direction, bytes: Uint8Array, from: Endpoint, to: Endpoint): void {
    const request = readSdpRequest(bytes);
    const fields = request ?? readSdpResponse(bytes);
    const name = fields === undefined ? "(not SDP)" : request ? "SDPRequest" : "SDPResponse";
    this.trace.record(this.node, { type: "sdp", dir, name, hex: hex(bytes), from, to, ...(fields && { fields }) });
  }
}
