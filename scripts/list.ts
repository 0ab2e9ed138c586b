import { reasonAgainst } from "../steps/support/applicability";
import { Inconclusive } from "../steps/support/judgement";
import type { RunParameters } from "../steps/support/parameters";
import { Features } from "./features";

/** A scenario of a profile, and why it does not apply. */
interface Listed {
  readonly uri: string;
  readonly line: number;
  readonly name: string;
  readonly requirements: readonly string[];
  readonly reason?: string;
}

/** What `ccs-hil list` prints: which scenarios apply to the side under test of a profile, and why the others do not. */
export async function list(profile: string, given: object, json: boolean): Promise<void> {
  const features = await Features.load(profile, given);
  const parameters = features.worldParameters as RunParameters;
  const listed: Listed[] = (await features.examples()).map(({ uri, line, name, tags }) => {
    const reason = reasonOf(tags, parameters);
    return { uri, line, name, requirements: tags.filter((tag) => !/^@[a-z]/.test(tag)), ...(reason && { reason }) };
  });
  process.stdout.write(json ? `${JSON.stringify(listed, null, 2)}\n` : table(profile, listed));
}

function reasonOf(tags: readonly string[], parameters: RunParameters): string | undefined {
  try {
    return reasonAgainst(tags, parameters);
  } catch (error) {
    if (error instanceof Inconclusive) return error.message;
    throw error;
  }
}

function table(profile: string, listed: readonly Listed[]): string {
  const lines: string[] = [];
  for (const uri of new Set(listed.map((it) => it.uri))) {
    lines.push("", uri);
    for (const { line, name, reason } of listed.filter((it) => it.uri === uri))
      lines.push(
        `  ${String(line).padStart(4)}  ${reason === undefined ? "applies" : "-      "}  ${name}${reason ? `  (${reason})` : ""}`,
      );
  }
  const applying = listed.filter(({ reason }) => reason === undefined).length;
  const reasons = new Map<string, number>();
  for (const { reason } of listed) if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  lines.push("", `profile ${profile}: ${applying} of ${listed.length} scenarios apply`);
  for (const [reason, count] of reasons) lines.push(`  ${count} do not: ${reason}`);
  return `${lines.join("\n").trimStart()}\n`;
}
