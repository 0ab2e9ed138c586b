import type { HarnessWorld } from "./world";

/** Values nobody knows beforehand have names in a table; anything else stands for itself. */
export function named(world: HarnessWorld, text: string): string {
  const assigned = world.SessionID;
  const values: Record<string, () => string> = {
    zero: () => "0000000000000000",
    "not zero": () => "not 0000000000000000",
    "the assigned one": () => assigned,
    "another one": () => assigned.replace(/^./, (digit) => (Number.parseInt(digit, 16) ^ 8).toString(16).toUpperCase()),
    "the assigned one without its last byte": () => assigned.slice(0, -2),
    "the one of SessionSetupRes": () => EVSEID(world),
  };
  return values[text]?.() ?? text;
}

const EVSEID = ({ bench, sut }: HarnessWorld): string => {
  const setUp = bench.trace.of("v2g", sut).findLast(({ name }) => name === "SessionSetupRes");
  return String((setUp?.fields as { EVSEID?: string } | undefined)?.EVSEID);
};
