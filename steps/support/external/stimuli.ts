import { spawn } from "node:child_process";
import { createInterface } from "node:readline/promises";
import { Inconclusive, NotApplicable } from "../judgement";

/** What has to be done so that a person's act reaches the side under test. */
export type Stimulus =
  | { readonly command: readonly string[] }
  | { readonly http: { readonly url: string; readonly method?: string; readonly body?: unknown } }
  /** Asks the operator, who answers with the Enter key. */
  | { readonly prompt: string };

/** One that a profile's author has written, of whatever type it is. */
export function isStimulus(given: unknown): given is Stimulus {
  const { command, http, prompt } = (given ?? {}) as { command?: unknown; http?: { url?: unknown }; prompt?: unknown };
  const ways = [
    Array.isArray(command) && command.length > 0 && command.every((word) => typeof word === "string"),
    typeof http?.url === "string" && URL.canParse(http.url),
    typeof prompt === "string",
  ];
  return ways.filter(Boolean).length === 1;
}

const patience = 30_000;

/** @throws NotApplicable where nobody is there to be asked; Inconclusive when it could not be done */
export async function give(name: string, stimulus: Stimulus): Promise<void> {
  const failed = (why: string): never => {
    throw new Inconclusive(`the stimulus "${name}" failed: ${why}`);
  };
  if ("prompt" in stimulus) return asked(stimulus.prompt);
  if ("http" in stimulus) {
    const { url, method = "POST", body } = stimulus.http;
    const content =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const answer = await fetch(url, { method, ...content, signal: AbortSignal.timeout(patience) }).catch(
      (error: Error) => failed(error.message),
    );
    if (!answer.ok) failed(`${url} answers ${answer.status}`);
    return;
  }
  const [program = "", ...words] = stimulus.command;
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(program, words, { stdio: ["ignore", "ignore", "inherit"], timeout: patience });
    child.once("error", (error) => reject(new Inconclusive(`the stimulus "${name}" failed: ${error.message}`)));
    child.once("exit", resolve);
  });
  if (code !== 0) failed(`${program} ends with ${code ?? "a signal"}`);
}

async function asked(prompt: string): Promise<void> {
  if (!process.stdin.isTTY) throw new NotApplicable(`nobody is at the terminal to be asked: ${prompt}`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  await terminal.question(`\n>> ${prompt} [Enter] `);
  terminal.close();
}
