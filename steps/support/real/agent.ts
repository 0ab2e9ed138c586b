import type { Stream } from "../../../core/network";
import { SystemClock } from "../../../drivers/linux/clock";
import { LinuxNetwork } from "../../../drivers/linux/network";
import { RawLink } from "../../../drivers/linux/raw-link";
import type { Command, Report } from "./agent-protocol";

/**
 * The tester's hands in its namespace: `agent INTERFACE ORIGIN [none]` opens sockets there as the harness says over the process channel,
 * and stamps what comes with the monotonic clock. It knows no protocol and ends with its parent.
 */
type Unstamped = Report extends infer R ? (R extends { at: number } ? Omit<R, "at"> : never) : never;
type Closable = { close(how?: "fin" | "reset"): void };

const [interfaceName = "", origin = "0", layer] = process.argv.slice(2);
const clock = new SystemClock(BigInt(origin));
const handles = new Map<number, Closable>();
const streams = new Map<number, Stream>();
let accepted = 1_000_000;

const tell = (report: Unstamped): void => {
  if (process.connected) process.send?.({ at: clock.now(), ...report });
};

function serve(handle: number, stream: Stream): void {
  streams.set(handle, stream);
  handles.set(handle, stream);
  stream.onBytes((bytes) => tell({ tell: "bytes", handle, bytes }));
  stream.onClose((reason) => {
    streams.delete(handle);
    handles.delete(handle);
    tell({ tell: "closed", handle, reason });
  });
}

type Sockets = Map<number, ReturnType<LinuxNetwork["datagrams"]>>;

function bindDatagrams(
  network: LinuxNetwork,
  sockets: Sockets,
  { handle, port, multicast }: Extract<Command, { do: "datagrams" }>,
): void {
  const heard = (bytes: Uint8Array, from: { address: string; port: number }): void =>
    tell({ tell: "datagram", handle, bytes, from });
  const socket = network.datagrams(port, heard, multicast === undefined ? {} : { multicast });
  sockets.set(handle, socket);
  handles.set(handle, socket);
  tell({ tell: "bound", handle, local: socket.local });
}

function connect(network: LinuxNetwork, { handle, to }: Extract<Command, { do: "connect" }>): void {
  const opened = (stream: Stream): void => {
    tell({ tell: "connected", handle, local: stream.local, peer: stream.peer });
    serve(handle, stream);
  };
  const failed = (reason: string): void => {
    handles.delete(handle);
    tell({ tell: "refused", handle, reason });
  };
  handles.set(handle, { close: network.connect(to, opened, failed) });
}

async function main(): Promise<void> {
  const network = await LinuxNetwork.open({ interface: interfaceName, clock });
  const link = layer === "none" ? undefined : await RawLink.open({ interface: interfaceName, clock });
  const sockets: Sockets = new Map();
  const perform = (command: Command): void => {
    switch (command.do) {
      case "frame":
        return link?.send(command.bytes);
      case "datagrams":
        return bindDatagrams(network, sockets, command);
      case "datagram":
        return sockets.get(command.handle)?.send(command.bytes, command.to);
      case "listen": {
        const listener = network.listen(command.port, (stream) => {
          const handle = accepted++;
          tell({ tell: "accepted", listener: command.handle, handle, local: stream.local, peer: stream.peer });
          serve(handle, stream);
        });
        handles.set(command.handle, listener);
        return tell({ tell: "bound", handle: command.handle, local: listener.local });
      }
      case "connect":
        return connect(network, command);
      case "write":
        return streams.get(command.handle)?.send(command.bytes);
      case "reading":
        return streams.get(command.handle)?.reading(command.on);
      case "reset":
        for (const it of handles.values()) it.close("reset");
        handles.clear();
        return;
      case "close":
        handles.get(command.handle)?.close(command.how);
        handles.delete(command.handle);
    }
  };
  link?.onFrame((bytes) => tell({ tell: "frame", bytes }));
  link?.onState((up) => tell({ tell: "link", up }));
  process.on("message", (command) => perform(command as Command));
  tell({ tell: "ready", mac: link?.mac ?? new Uint8Array(6), address: network.address });
}

process.on("disconnect", () => process.exit(0));
main().catch((error: unknown) => {
  tell({ tell: "failed", what: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});
