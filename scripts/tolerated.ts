/** Mutations that make no faulty peer of a good one, and why; `*` stands for any text. */
const tolerated: Readonly<Record<string, string>> = {};

const patterns = Object.entries(tolerated).map(([text, reason]) => ({
  text,
  reason,
  matches: new RegExp(`^${text.replaceAll(/[.+#%[\]]/g, "\\$&").replaceAll("*", ".*")}$`),
}));

export const reasonToTolerate = (name: string): string | undefined =>
  patterns.find(({ matches }) => matches.test(name))?.reason;

/** Rows that match none of the mutations. */
export const staleReasons = (names: readonly string[]): string[] =>
  patterns.filter(({ matches }) => !names.some((name) => matches.test(name))).map(({ text }) => text);
