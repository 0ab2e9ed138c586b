import { randomBytes } from "node:crypto";
import { Command, InvalidArgumentError, Option } from "commander";
import { hex, unhex } from "../core/bytes";
import { frame } from "../protocol/v2gtp";
import { CommandError } from "./errors";
import { numberBetween } from "./options";
import { TcpClient } from "./tcp-client";

const modes = ["corrupt-exi", "duplicate", "bad-header"] as const;

interface Options {
  readonly host: string;
  readonly port: number;
  readonly mode: (typeof modes)[number];
  readonly protocol: "iso2" | "v20";
  readonly payloadType?: number;
  readonly payloadHex?: Uint8Array;
  readonly size: number;
  readonly count: number;
  readonly interval: number;
  readonly readTimeout: number;
}

/** Payload type of the main stream of each protocol. */
const payloadTypeOf = { iso2: 0x8001, v20: 0x8002 } as const;

/** `ccs-hil inject`: malformed frames and duplicates against a running station. */
export const injectCommand = (): Command =>
  new Command("inject")
    .description("send malformed frames or duplicates to a running station and show what it answers")
    .requiredOption("--host <address>", "address of the station, e.g. ::1 or fe80::1%eth0")
    .requiredOption("--port <n>", "its TCP port", numberBetween(1, 65_535, true))
    .addOption(new Option("--mode <mode>", "what is wrong").choices(modes).default("corrupt-exi"))
    .addOption(new Option("--protocol <name>", "whose payload type is used").choices(["iso2", "v20"]).default("iso2"))
    .option("--payload-type <type>", "payload type instead of the protocol's, e.g. 0x8001", payloadType)
    .option("--payload-hex <hex>", "payload instead of random bytes", payloadHex)
    .option("--size <n>", "bytes of random payload", numberBetween(0, 1_048_576, true), 32)
    .option("--count <n>", "frames to send", numberBetween(1, 1_000_000, true), 1)
    .option("--interval <s>", "seconds between frames", numberBetween(0, 3600), 0.1)
    .option("--read-timeout <s>", "seconds to wait for an answer to each", numberBetween(0, 3600), 0.5)
    .action(inject);

function payloadType(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 0xffff)
    throw new InvalidArgumentError("0x0000 to 0xFFFF is needed.");
  return value;
}

function payloadHex(text: string): Uint8Array {
  try {
    return unhex(text);
  } catch {
    throw new InvalidArgumentError("pairs of hex digits are needed.");
  }
}

async function inject(options: Options): Promise<void> {
  const client = await TcpClient.open(options.host, options.port);
  try {
    const repeated = frameOf(options);
    for (let sent = 1; sent <= options.count; sent++) {
      if (client.closed)
        throw new CommandError(
          "failed",
          `the station closed the connection after ${sent - 1} of ${options.count} frames`,
        );
      const bytes = options.mode === "corrupt-exi" ? frameOf(options) : repeated;
      client.send(bytes);
      process.stdout.write(
        `sent     ${sent}/${options.count} ${hex(bytes.subarray(0, 40))}${bytes.length > 40 ? "…" : ""}\n`,
      );
      const answer = await client.next(options.readTimeout * 1000);
      process.stdout.write(
        `${answer ? `received ${hex(answer.bytes)}` : client.closed ? "closed by the station" : "no answer"}\n`,
      );
      if (sent < options.count) await new Promise((resolve) => setTimeout(resolve, options.interval * 1000));
    }
  } finally {
    client.close();
  }
}

function frameOf({ mode, protocol, payloadType: type, payloadHex: given, size }: Options): Uint8Array {
  const payload = given ?? new Uint8Array(randomBytes(size));
  return frame(type ?? payloadTypeOf[protocol], payload, mode === "bad-header" ? { version: 0x02, inverse: 0x00 } : {});
}
