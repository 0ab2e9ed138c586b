import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Debian's car and station of the match, by Qualcomm: foreign to ours in every line. */
export type PlcUtil = "pev" | "evse";

/** Seconds until one that goes on for ever is ended; its exit code is 124 then. A match takes less than one. */
const longest = "15";

/** Strict peers take no other identifier than zero; and no time is spent on what comes after the match. */
const keys = {
  "network membership key": "50D3E4933F855B7040784DF815AA8DB7",
  "network identifier": "B0F2E695666B03",
  "attenuation threshold": "40",
  "msound pause": "20",
  "number of sounds": "10",
  "time to sound": "6",
  "charge time": "0",
};
const own: Readonly<Record<PlcUtil, Readonly<Record<string, string>>>> = {
  pev: { "vehicle identifier": "00".repeat(17) },
  evse: { "station identifier": "00".repeat(17), "response type": "1" },
};

/** Why they cannot be had on this machine. */
export function plcUtilsProblem(): string | undefined {
  const missing = Object.keys(own).find((program) => spawnSync(program, ["-v"]).error !== undefined);
  return missing && `the program ${missing} is missing: apt install plc-utils-extra`;
}

/**
 * The command for one match at that interface; its settings are written into `folder`.
 * @param settle seconds that it stays in the network; 0, and it has left before anybody has seen its link
 */
export function plcUtil(program: PlcUtil, iface: string, folder: string, settle = 0): [string, ...string[]] {
  const file = join(folder, `${program}.ini`);
  const lines = Object.entries({ ...keys, ...own[program], "settle time": settle }).map(
    ([key, value]) => `${key} = ${value}`,
  );
  writeFileSync(file, `[default]\n${lines.join("\n")}\n`);
  // `-l` ends the station after one match, and makes the car match for ever.
  return ["timeout", longest, program, "-i", iface, "-p", file, ...(program === "evse" ? ["-l"] : [])];
}
