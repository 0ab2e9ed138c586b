/** `skip`: could not be looked at, which says nothing about what is wrong. */
export type Level = "ok" | "warn" | "fail" | "skip";

/** One line of the doctor's. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string;
  readonly level: Level;
  readonly found: string;
  /** What a person does about it. */
  readonly remedy?: string;
}

export const ok = (check: string, found: string): Finding => ({ check, level: "ok", found });
export const warn = (check: string, found: string, remedy: string): Finding => ({
  check,
  level: "warn",
  found,
  remedy,
});
export const fail = (check: string, found: string, remedy: string): Finding => ({
  check,
  level: "fail",
  found,
  remedy,
});
export const skip = (check: string, found: string, remedy?: string): Finding => ({
  check,
  level: "skip",
  found,
  ...(remedy !== undefined && { remedy }),
});
