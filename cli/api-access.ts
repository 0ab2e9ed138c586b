import { readFileSync, statSync } from "node:fs";
import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";
import type { Access, Token } from "../secc/api";
import { CommandError } from "./errors";

/** Where the interface listens. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly loopback: boolean;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** @throws CommandError for a host that is no address */
export function placeOf(host: string, port: number): Place {
  const address = host === "localhost" ? "127.0.0.1" : host.replace(/^\[(.*)\]$/, "$1");
  const kind = isIP(address.split("%", 1)[0] ?? "");
  if (kind === 0)
    throw new CommandError("usage", `"${host}" is no address: name one of this machine's, such as 127.0.0.1`);
  return { host: address, port, loopback: loopback.check(address, kind === 6 ? "ipv6" : "ipv4") };
}

/** `HOST:PORT`, `PORT` or nothing as `--api` takes it. @throws CommandError */
export function placeOfText(text: string | true): Place {
  if (text === true) return placeOf("127.0.0.1", 8000);
  const [, host, port] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined || Number(port) > 65_535)
    throw new CommandError("usage", `--api ${text}: HOST:PORT or PORT is needed`);
  return placeOf(host ?? "127.0.0.1", Number(port));
}

/** Shorter ones are guessed. */
const shortest = 16;

/**
 * Who may call: tokens of a file, or one of EVSE_API_TOKEN.
 * @throws CommandError for a file that others may read, for lines that are none, and for a place beyond this machine without a token
 */
export function accessOf(
  { host, loopback: here }: Place,
  options: { readonly tokenFile?: string; readonly name?: readonly string[] },
  environment: Readonly<Record<string, string | undefined>>,
): Access {
  const { EVSE_API_TOKEN } = environment;
  const tokens = [
    ...(options.tokenFile === undefined ? [] : tokensOf(options.tokenFile)),
    ...(EVSE_API_TOKEN ? [tokenOf([EVSE_API_TOKEN, "write"], "EVSE_API_TOKEN")] : []),
  ];
  if (!here && tokens.length === 0)
    throw new CommandError(
      "usage",
      `${host} can be reached from other machines: name a --token-file, or set EVSE_API_TOKEN (16 characters at least)`,
    );
  return { tokens, loopback: here, names: (options.name ?? []).map((name) => name.toLowerCase()) };
}

function tokensOf(file: string): Token[] {
  const lines = contentOf(file).split("\n");
  return lines.flatMap((line, index) => {
    const words = line.replace(/#.*/, "").trim().split(/\s+/);
    return words[0] ? [tokenOf(words, `${file}:${index + 1}`)] : [];
  });
}

function contentOf(file: string): string {
  try {
    if ((statSync(file).mode & 0o077) !== 0)
      throw new CommandError("usage", `${file} can be read by others: chmod 600 ${file}`);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError("environment", `${file}: cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

function tokenOf([text = "", may = "write", until]: readonly string[], where: string): Token {
  if (!/^[\x21-\x7e]+$/.test(text) || text.length < shortest)
    throw new CommandError("usage", `${where}: a token has ${shortest} visible characters at least`);
  if (may !== "read" && may !== "write")
    throw new CommandError("usage", `${where}: "${may}" is neither read nor write`);
  if (until === undefined) return { text, may };
  const date = new Date(until);
  if (Number.isNaN(date.getTime()))
    throw new CommandError("usage", `${where}: "${until}" is no date such as 2030-12-31`);
  return { text, may, until: date };
}

interface ApiOptions {
  readonly api?: string | true;
  readonly apiTokenFile?: string;
  readonly apiName?: readonly string[];
}

/**
 * Where the HTTP interface of a station listens, if it has one: never where a vehicle could reach it.
 * @param iface the interface of the charging cable
 * @throws CommandError
 */
export function apiChoice(options: ApiOptions, iface: string): { place: Place; access: Access } | undefined {
  if (options.api === undefined) return undefined;
  const place = placeOfText(options.api);
  const { host } = place;
  const exposed = networkInterfaces()[iface]?.some(({ address }) => address === host.split("%", 1)[0]);
  if (/^(0\.0\.0\.0|::)$/.test(host) || exposed || host.endsWith(`%${iface}`))
    throw new CommandError("usage", `--api ${host}: a vehicle on ${iface} could reach it; name another address`);
  const { apiTokenFile: tokenFile, apiName: name } = options;
  const given = { ...(tokenFile !== undefined && { tokenFile }), ...(name && { name }) };
  return { place, access: accessOf(place, given, process.env) };
}
