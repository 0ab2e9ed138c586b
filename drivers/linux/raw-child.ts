import { Capture, isSelection, type Selection } from "./capture";
import { EnvironmentError } from "./environment";
import { boundedSender, type RawReport, type StampedFrame } from "./raw-channel";

/**
 * Program: raw frames of interface `argv[2]` to and from the parent over its channel. The capture library aborts its process
 * when the interface goes; here it may.
 */
function main(name: string, select: Selection): void {
  // The parent decides when a link ends: a station that is interrupted still has to take leave of its car.
  process.on("SIGINT", () => undefined);
  process.on("SIGHUP", () => undefined);
  // Also when the parent was killed: its end of the channel closes.
  process.on("disconnect", () => process.exit(0));
  const forward = boundedSender<StampedFrame>(
    (frames, sent) => process.send?.({ kind: "frames", frames } satisfies RawReport, undefined, undefined, sent),
    note,
  );
  let capture: Capture;
  try {
    const onFrame = (frame: Uint8Array, at: bigint): void => forward.send({ frame, at });
    capture = new Capture({ interface: name, select, onFrame, onError: ({ message }) => note(message) });
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return tell({ kind: "failed", problem: error.problem });
  }
  process.on("message", (frames: readonly Uint8Array[]) => {
    for (const frame of frames) {
      try {
        capture.send(frame);
      } catch (error) {
        note(`frame of ${frame.length} bytes not sent: ${(error as Error).message}`);
      }
    }
  });
  tell({ kind: "open", mac: capture.mac, index: capture.index });
}

const note = (text: string): void => tell({ kind: "note", text });
// A callback, so that a channel that has just closed is no exception.
const tell = (report: RawReport): void => void process.send?.(report, undefined, undefined, () => undefined);

if (require.main === module) {
  const [, , name = "", select] = process.argv;
  main(name, isSelection(select) ? select : "homeplug");
}
