import type { Entropy } from "../core/entropy";
import type { Network, Stream } from "../core/network";

/** A network whose host loses each of its answers with a probability (V2G_DROP_TX_PROB): how a car repeats itself can be seen then. */
export function lossy(network: Network, probability: number, entropy: Entropy): Network {
  const lost = (): boolean => Buffer.from(entropy.bytes(4)).readUInt32BE() / 2 ** 32 < probability;
  return {
    address: network.address,
    datagrams: (...args) => network.datagrams(...args),
    connect: (...args) => network.connect(...args),
    listen: (port, accept) => network.listen(port, (stream) => accept(losing(stream, lost))),
  };
}

const losing = (stream: Stream, lost: () => boolean): Stream => ({
  peer: stream.peer,
  local: stream.local,
  secure: stream.secure,
  send: (bytes) => {
    if (!lost()) stream.send(bytes);
  },
  onBytes: (listener) => stream.onBytes(listener),
  onClose: (listener) => stream.onClose(listener),
  reading: (on) => stream.reading(on),
  close: (how) => stream.close(how),
});
