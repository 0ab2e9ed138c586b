import { Command } from "commander";
import { defaultConfig } from "../evcc/config";
import { Undecodable } from "../protocol/exi";
import {
  decodeMessage,
  encodeMessage,
  type Grammar,
  message,
  type RequestName,
  responseTo,
  type V2gMessage,
} from "../protocol/v2g";
import { frame, payloadTypes } from "../protocol/v2gtp";
import { CommandError } from "./errors";
import { numberBetween } from "./options";
import { TcpClient } from "./tcp-client";

interface Options {
  readonly host: string;
  readonly port: number;
  readonly duplicateSd: boolean;
  readonly corruptAfterSap: boolean;
  readonly pauseBeforeSd?: number;
}

const patience = 5_000;

/** `ccs-hil handshake`: supportedAppProtocol, SessionSetup and ServiceDiscovery against a running station. */
export const handshakeCommand = (): Command =>
  new Command("handshake")
    .description("drive supportedAppProtocol, SessionSetup and ServiceDiscovery against a running station")
    .requiredOption("--host <address>", "address of the station, e.g. ::1 or fe80::1%eth0")
    .requiredOption("--port <n>", "its TCP port", numberBetween(1, 65_535, true))
    .option("--duplicate-sd", "send ServiceDiscoveryReq twice, byte for byte", false)
    .option("--corrupt-after-sap", "send an undecodable frame after supportedAppProtocolRes", false)
    .option("--pause-before-sd <s>", "seconds to wait before ServiceDiscoveryReq", numberBetween(0, 3600))
    .action(handshake);

async function handshake(options: Options): Promise<void> {
  const client = await TcpClient.open(options.host, options.port);
  try {
    await ask(
      client,
      message("supportedAppProtocolReq", { AppProtocol: [...defaultConfig.protocols] }),
      "app-protocol",
    );
    if (options.corruptAfterSap) {
      client.send(frame(payloadTypes.exi, Uint8Array.of(0xff, 0xff, 0xff, 0xff)));
      tell("sent", "an undecodable payload");
    }
    const setUp = message("SessionSetupReq", { EVCCID: defaultConfig.EVCCID }, { SessionID: "0000000000000000" });
    const { header } = await ask(client, setUp);
    if (options.pauseBeforeSd !== undefined)
      await new Promise((resolve) => setTimeout(resolve, (options.pauseBeforeSd ?? 0) * 1000));
    const discovery = message("ServiceDiscoveryReq", {}, header);
    const first = await ask(client, discovery);
    if (options.duplicateSd) {
      const second = await ask(client, discovery);
      if (JSON.stringify(second) !== JSON.stringify(first))
        throw new CommandError("failed", "the repeated ServiceDiscoveryReq got another response");
    }
    tell("done", "the handshake is complete");
  } finally {
    client.close();
  }
}

/** Sends a request and shows its answer. @throws CommandError when there is none, none that is understood, or a refusal */
async function ask(client: TcpClient, request: V2gMessage, grammar: Grammar = "iso15118-2"): Promise<V2gMessage> {
  client.send(frame(payloadTypes.exi, encodeMessage(request)));
  tell("sent", request.name);
  const found = await client.next(patience);
  if (!found)
    throw new CommandError(
      "failed",
      `${request.name}: ${client.closed ? "the station closed the connection" : "no answer"}`,
    );
  if (found.kind !== "frame") throw new CommandError("failed", `${request.name}: answered with a wrong V2GTP header`);
  try {
    const answer = decodeMessage(grammar, found.payload);
    tell("received", `${answer.name} ${JSON.stringify(answer.body)}`);
    return expected(request, answer);
  } catch (error) {
    if (error instanceof Undecodable)
      throw new CommandError("failed", `${request.name}: undecodable answer: ${error.message}`);
    throw error;
  }
}

function expected(request: V2gMessage, answer: V2gMessage): V2gMessage {
  const wanted = responseTo(request.name as RequestName);
  if (answer.name !== wanted) throw new CommandError("failed", `${request.name}: ${answer.name} instead of ${wanted}`);
  const { ResponseCode } = answer.body as { ResponseCode: string };
  if (!ResponseCode.startsWith("OK")) throw new CommandError("failed", `${request.name}: refused with ${ResponseCode}`);
  return answer;
}

const tell = (what: string, of: string): boolean => process.stdout.write(`${what.padEnd(8)} ${of}\n`);
