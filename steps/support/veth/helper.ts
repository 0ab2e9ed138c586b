import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Clock } from "../../../core/clock";
import { hostBuild, missingForSerial } from "../../../firmware/build";
import { Inconclusive } from "../judgement";
import { HelperCable } from "../serial/cable";

/** Why no station of this machine can have its pilot behind the firmware's host build; undefined where it can. */
export const helperProblem: string | undefined = missingForSerial;

/** Between what a helper stands. */
export interface HelperEnds {
  /** The plant's socket for a station and its helper. */
  readonly plant: string;
  /** Where the station finds its serial line. */
  readonly serial: string;
}

/** A helper as a process of its own: the firmware's core, its ADC in the plant, its serial line where the station looks for it. */
export interface Helper {
  /** Its line, where it is in the tester's hands. */
  readonly cable?: HelperCable;
  end(): Promise<void>;
}

/** It sits at the station's serial line by itself. @throws Inconclusive when it does not start */
export async function helperAt({ plant, serial }: HelperEnds, onLost: () => void): Promise<Helper> {
  const child = await started(["--plant", plant, "--link", serial]);
  child.once("exit", onLost);
  const end = (): Promise<void> => {
    child.off("exit", onLost);
    return ended(child);
  };
  return { end };
}

/** Its line goes through the harness, which may do to it what it likes; a helper that is pulled out is gone with its end of the line. */
export async function cabledHelper(clock: Clock, { plant, serial }: HelperEnds): Promise<Helper> {
  let pair: { readonly helper: ChildProcess; readonly end: ChildProcess } | undefined;
  let changing = Promise.resolve();
  const insert = async (): Promise<void> => {
    const end = await started(["--cable", "--link", serial]);
    const helper = spawn(await hostBuild(), ["--plant", plant, "--serial", "-", "--die-with-parent"], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    for (const { stdin } of [end, helper]) stdin?.on("error", () => undefined);
    pair = { helper, end };
    createInterface(helper.stdout).on("line", (line) => cable.fromHelper(line));
    if (end.stdout) createInterface(end.stdout).on("line", (line) => cable.fromStation(line));
  };
  const pull = async (): Promise<void> => {
    const gone = pair;
    pair = undefined;
    if (gone) await Promise.all([ended(gone.helper), ended(gone.end)]);
  };
  const cable: HelperCable = new HelperCable(clock, {
    toStation: (text) => void pair?.end.stdin?.write(text, "latin1"),
    toHelper: (line) => void pair?.helper.stdin?.write(`${line}\n`),
    connect: (connected) => {
      changing = changing.then(connected ? insert : pull);
    },
  });
  await insert();
  return { cable, end: () => changing.then(pull) };
}

/** When it has told where its pseudo-terminal is. @throws Inconclusive */
async function started(words: readonly string[]): Promise<ChildProcess> {
  const child = spawn(await hostBuild(), [...words, "--die-with-parent"], { stdio: ["pipe", "pipe", "pipe"] });
  const [told] = await Promise.race([once(child.stderr, "data"), once(child, "exit")]);
  if (!Buffer.isBuffer(told)) throw new Inconclusive("the pilot helper does not start");
  child.stderr.resume();
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}
