import { Command, InvalidArgumentError } from "commander";
import { CommandError } from "./errors";
import { numberBetween } from "./options";

interface Options {
  readonly base: string;
  readonly timeout: number;
  readonly token?: string;
  readonly plug?: true;
}

interface Live {
  readonly cp: { readonly state: string | null };
  readonly slac: { readonly state: string };
}

const between = 250;

/** `ccs-hil smoke`: is the station there, does it see a vehicle, does the match come about? */
export const smokeCommand = (): Command =>
  new Command("smoke")
    .description("try a running station over HTTP: helper, pilot, SLAC, and what is known of the vehicle")
    .option("--base <url>", "where its interface is", httpAddress, "http://localhost:8000")
    .option("--timeout <s>", "seconds for the vehicle, and again for each match", numberBetween(0.1, 3600), 30)
    .option("--token <text>", "token of the interface (default: EVSE_API_TOKEN)")
    .option("--plug", "plug the vehicle in (simulation only)")
    .action(run);

function httpAddress(text: string): string {
  if (!/^https?:\/\/[^/]/.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError("an address such as http://localhost:8000 is needed.");
  return text;
}

async function run(options: Options): Promise<void> {
  const ask = asker(options);
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const live = async (): Promise<Live> => {
    const seen = await ask<Partial<Live>>("GET", "/vehicle/live");
    return seen.cp && seen.slac ? (seen as Live) : strange("/vehicle/live");
  };
  const began = process.hrtime.bigint();
  const seconds = (): string => (Number(process.hrtime.bigint() - began) / 1e9).toFixed(2);
  say(`[1/5] the pilot's helper at ${options.base}`);
  await ask("POST", "/esp/ping").then(
    () => say("      pong"),
    (error: CommandError) => {
      if (error instanceof Unreachable) throw error;
      say(`      ${error.message}`);
    },
  );
  if (options.plug) await ask("POST", "/control/cp_state", { state: "B" });
  say("[2/5] a vehicle on the pilot (B, C or D)");
  const seen = await until(live, ({ cp }) => /^[BCD]$/.test(cp.state ?? ""), options.timeout);
  if (!seen)
    throw new CommandError("failed", `no vehicle within ${options.timeout} s (--plug plugs a simulated one in)`);
  say(`      ${JSON.stringify(seen.cp)}`);
  say("[3/5] asking for a match");
  await ask("POST", "/slac/start_matching");
  say("[4/5] waiting for MATCHED");
  const matched = (await match(live, options.timeout, say)) ?? (await again(ask, live, options.timeout, say));
  say("[5/5] what is known");
  say(JSON.stringify(await live(), undefined, 2));
  if (!matched) throw new CommandError("failed", `no match within ${options.timeout} s, and again`);
  say(`done in ${seconds()} s`);
}

type Ask = <T>(method: "GET" | "POST", path: string, body?: object) => Promise<T>;
type Say = (text: string) => void;

async function match(live: () => Promise<Live>, timeout: number, say: Say): Promise<Live | undefined> {
  const from = process.hrtime.bigint();
  const matched = await until(live, ({ slac }) => slac.state === "MATCHED", timeout);
  if (matched) say(`      matched after ${(Number(process.hrtime.bigint() - from) / 1e9).toFixed(2)} s`);
  return matched;
}

async function again(ask: Ask, live: () => Promise<Live>, timeout: number, say: Say): Promise<Live | undefined> {
  say("      not matched: leaving 5 % for a moment, and once more");
  await ask("POST", "/esp/restart_slac", { reset_ms: 400 });
  return match(live, timeout, say);
}

async function until(
  live: () => Promise<Live>,
  done: (live: Live) => boolean,
  timeout: number,
): Promise<Live | undefined> {
  const deadline = Date.now() + timeout * 1000;
  for (;;) {
    const now = await live();
    if (done(now)) return now;
    if (Date.now() >= deadline) return undefined;
    await new Promise((resolve) => setTimeout(resolve, between));
  }
}

/** Something else listens there. */
function strange(path: string): never {
  throw new CommandError("failed", `${path} was not answered as a station answers: is --base right?`);
}

class Unreachable extends CommandError {}

/** @throws CommandError for whatever is not 200 */
function asker({ base, token = process.env.EVSE_API_TOKEN }: Options): Ask {
  const authorization = token ? { authorization: `Bearer ${token}` } : {};
  return async <T>(method: "GET" | "POST", path: string, body?: object): Promise<T> => {
    const url = base.replace(/\/+$/, "") + path;
    const json = body && { body: JSON.stringify(body) };
    const headers = { ...authorization, ...(body && { "content-type": "application/json" }) };
    const answer = await fetch(url, { method, headers, ...json, signal: AbortSignal.timeout(5_000) }).catch((error) => {
      const { cause = error } = error as { cause?: { code?: string; message: string } };
      throw new Unreachable("environment", `${url}: ${cause.code ?? cause.message}`);
    });
    if (answer.ok) return (await answer.json().catch(() => strange(path))) as T;
    const { message = "" } = (await answer.json().catch(() => ({}))) as { message?: string };
    throw new CommandError("failed", `${method} ${path} was answered ${answer.status}: ${message}`);
  };
}
