import type { Network, Stream } from "./network";

/** A network whose connections are taken in another way. */
export const listening =
  (accepting: (accept: (stream: Stream) => void) => (stream: Stream) => void) =>
  (network: Network): Network => ({
    address: network.address,
    datagrams: (port, listener, options) => network.datagrams(port, listener, options),
    connect: (to, opened, failed) => network.connect(to, opened, failed),
    listen: (port, accept) => network.listen(port, accepting(accept)),
  });

/** A network that opens connections of another kind. */
export const connecting =
  (change: (stream: Stream) => Stream) =>
  (network: Network): Network => ({
    ...listening((accept) => accept)(network),
    connect: (to, opened, failed) => network.connect(to, (stream) => opened(change(stream)), failed),
  });

/** A stream that does some things in another way. */
export const wrappedStream = (stream: Stream, change: Partial<Stream>): Stream => ({
  peer: stream.peer,
  local: stream.local,
  secure: stream.secure,
  send: (bytes) => stream.send(bytes),
  onBytes: (listener) => stream.onBytes(listener),
  onClose: (listener) => stream.onClose(listener),
  reading: (on) => stream.reading(on),
  close: (how) => stream.close(how),
  ...change,
});
