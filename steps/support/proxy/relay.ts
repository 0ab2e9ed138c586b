import type { Clock } from "../../../core/clock";
import type { Endpoint, Network, Stream } from "../../../core/network";
import { readSdpResponse, sdpGroup, sdpPort, sdpResponse } from "../../../protocol/sdp";
import type { Grammar } from "../../../protocol/v2g";
import { FrameAssembler } from "../../../protocol/v2gtp";
import type { Speech } from "./speech";
import { turns } from "./turns";

export interface RelayOptions {
  readonly clock: Clock;
  /** Where the car is, and where the station. */
  readonly car: Network;
  readonly station: Network;
  /** What becomes of what the station says; undefined: nothing. */
  readonly speech: Speech | undefined;
}

/** Its own port. */
const port = 61342;

/** Stands in a station's place: hands on SDP, under its own address, and every connection, and changes what the station says. */
export function relay({ clock, car, station, speech }: RelayOptions): void {
  let behind: Endpoint | undefined;
  let asker: Endpoint | undefined;
  car.listen(port, (stream) => {
    if (!behind) return stream.close("reset");
    stream.reading(false);
    station.connect(
      behind,
      (other) => join(stream, other, clock, speech),
      () => stream.close("reset"),
    );
  });
  const asked = car.datagrams(
    sdpPort,
    (bytes, from) => {
      asker = from;
      asking.send(bytes, { address: sdpGroup, port: sdpPort });
    },
    { multicast: sdpGroup },
  );
  const asking = station.datagrams(0, (bytes) => {
    const answer = readSdpResponse(bytes);
    if (!answer || !asker) return;
    behind = { address: answer.address, port: answer.port };
    const own = sdpResponse({ ...answer, address: car.address, port });
    for (const each of speech?.datagram(own, "SDPResponse") ?? [own]) asked.send(each, asker);
  });
}

const largest = 262_144;

function join(car: Stream, station: Stream, clock: Clock, speech: Speech | undefined): void {
  const inTurn = turns(clock);
  let grammar: Grammar = "app-protocol";
  const frames = new FrameAssembler(largest);
  station.onBytes((chunk) =>
    frames.push(chunk, (found) => {
      const whole = found.kind === "frame" ? speech?.change(found.bytes, grammar) : undefined;
      grammar = "iso15118-2";
      for (const { after, bytes } of whole ?? [{ after: 0, bytes: found.bytes }]) inTurn(after, () => car.send(bytes));
    }),
  );
  station.onClose((reason) => inTurn(0, () => car.close(reason === "fin" ? "fin" : "reset")));
  car.onBytes((bytes) => station.send(bytes));
  car.onClose((reason) => station.close(reason === "fin" ? "fin" : "reset"));
  car.reading(true);
}
