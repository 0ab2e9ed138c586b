/** Exit codes of every command: 0 done, 1 it did not hold, 2 the call is wrong, 3 the machine lacks something, 4 our mistake. */
export const exitCodes = { failed: 1, usage: 2, environment: 3, internal: 4 } as const;

/** Something the person who called can put right; told in one line, without a stack trace. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(kind: keyof typeof exitCodes, text: string) {
    super(text);
    this.exitCode = exitCodes[kind];
  }
}
