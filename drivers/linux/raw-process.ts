import { fork } from "node:child_process";
import { extname, join } from "node:path";
import type { Selection } from "./capture";
import type { EnvironmentProblem } from "./environment";
import { frameProblem } from "./interfaces";
import { boundedSender, type RawReport } from "./raw-channel";

export interface RawProcessEvents {
  frame(frame: Uint8Array, at: bigint): void;
  /** @param index of the device that it holds */
  opened(mac: Uint8Array, index: number): void;
  note(text: string): void;
  /** It has ended without having been asked to; `problem` says why as well as can be known. */
  ended(problem: EnvironmentProblem): void;
}

/** One life of the child that holds the raw frames of an interface. */
export interface RawProcess {
  send(frame: Uint8Array): void;
  /** It ends when it has sent what it was given. */
  close(): void;
}

/** Compiled or not, as this file is. */
const program = join(__dirname, `raw-child${extname(__filename)}`);
const loader = extname(__filename) === ".ts" ? ["-r", "ts-node/register"] : [];

export function startRawProcess(name: string, select: Selection, events: RawProcessEvents): RawProcess {
  const child = fork(program, [name, select], {
    execArgv: loader,
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let over = false;
  let lastWords = "";
  let told: EnvironmentProblem | undefined;
  const channel = boundedSender<Uint8Array>(
    (frames, sent) => child.send(frames as Uint8Array[], sent),
    (text) => events.note(text),
  );
  child.stderr?.on("data", (text: Buffer) => {
    lastWords = text.toString().trim().split("\n").at(-1) ?? lastWords;
  });
  const end = (code: string): void => {
    if (over) return;
    over = true;
    const what = `keep ${name} open for raw frames`;
    events.ended(told ?? frameProblem(name) ?? { kind: "Refused", what, code });
  };
  child.on("error", (error) => end(error.message));
  child.on("exit", (code, signal) => end([signal ?? `exit code ${code}`, lastWords].filter(Boolean).join(": ")));
  child.on("message", (message: RawReport) => {
    if (over) return;
    if (message.kind === "frames") for (const { frame, at } of message.frames) events.frame(frame, at);
    else if (message.kind === "open") events.opened(message.mac, message.index);
    else if (message.kind === "note") events.note(message.text);
    else {
      told = message.problem;
      if (child.connected) child.disconnect();
    }
  });
  return {
    send: (frame) => {
      if (!over && child.connected) channel.send(new Uint8Array(frame));
    },
    close: () => {
      channel.flush();
      over = true;
      if (child.connected) child.disconnect();
    },
  };
}
