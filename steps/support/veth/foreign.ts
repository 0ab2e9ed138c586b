import type { ChildProcess } from "node:child_process";
import type { ForeignMatch } from "../bench";
import { Inconclusive } from "../judgement";

/** By this it tells that its own modem has not taken a key in the 50 ms that it gives it: it has not asked the other side for anything. */
const modemWasLate = "CM_SET_KEY.REQ ?";

/** A foreign program as it was started, with its output in pipes. */
export function foreignMatch(program: string, child: ChildProcess): ForeignMatch {
  let said = "";
  let code: number | undefined;
  let failed: string | undefined;
  const hear = (text: Buffer): void => {
    said += text.toString();
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  child.once("error", ({ message }) => {
    failed = message;
  });
  // An end by a signal is nobody's success.
  child.once("close", (status) => {
    code = status ?? 255;
  });
  return {
    get code() {
      if (failed !== undefined) throw new Inconclusive(`${program} could not be started: ${failed}`);
      return code;
    },
    get waits() {
      return said.includes("Listening");
    },
    get hasNoModem() {
      return said.includes(modemWasLate);
    },
    get lastWords() {
      return said.trim().split("\n").slice(-3).join("; ");
    },
  };
}
