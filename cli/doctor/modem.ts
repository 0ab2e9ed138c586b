import type { Clock, Millis } from "../../core/clock";
import type { Link } from "../../core/link";
import { decodeMme, encodeMme, LOCALCAST, macOf } from "../../protocol/homeplug";
import { type Finding, fail, ok, skip, warn } from "./finding";

/** What a modem has said when asked. */
export interface ModemSaid {
  /** Firmware as it names itself, such as `MAC-QCA7000-1.1.0.730-04-20140815-CS`. */
  readonly version?: string;
  readonly mac?: string;
  /** A station has joined its network. */
  readonly linked?: boolean;
  /** It asks its host for firmware. */
  readonly unbooted?: boolean;
}

/** A modem answers in a few milliseconds. */
const patience: Millis = 1_000;

/** Asks the own modem for its version and its link; a modem of another maker stays silent. */
export function askModem(link: Link, clock: Clock): Promise<ModemSaid> {
  return new Promise((resolve) => {
    let said: ModemSaid = {};
    const cancel = clock.after(patience, () => resolve(said));
    link.onFrame((frame) => {
      said = { ...said, ...heard(frame) };
      if (said.version === undefined || said.linked === undefined) return;
      cancel();
      resolve(said);
    });
    const head = { da: LOCALCAST, sa: macOf(link.mac) };
    link.send(encodeMme({ ...head, name: "VS_SW_VER.REQ", fields: {} }));
    link.send(encodeMme({ ...head, name: "VS_PL_LNK_STATUS.REQ", fields: {} }));
  });
}

function heard(frame: Uint8Array): ModemSaid {
  const message = decodeMme(frame);
  if (message.kind !== "Mme") return {};
  if (message.name === "VS_SW_VER.CNF") return { version: message.fields.MVERSION, mac: message.sa };
  if (message.name === "VS_PL_LNK_STATUS.CNF") return { linked: message.fields.LinkStatus === 1 };
  return message.name === "VS_HST_ACTION.IND" ? { unbooted: true } : {};
}

/** @param said what the modem said, or why it could not be asked */
export function modemFindings(said: ModemSaid | { readonly why: string }): Finding[] {
  if ("why" in said) return [skip("modem", `not asked: ${said.why}`)];
  if (said.unbooted)
    return [
      fail("modem", "asks its host for firmware: it has not booted", "flash firmware and PIB into the modem's memory"),
    ];
  if (said.version === undefined) {
    const remedy = "power-cycle it; a modem of another maker than Qualcomm does not know the question";
    return [fail("modem", `no answer within ${patience} ms`, remedy)];
  }
  const version = ok("modem", `${said.version}${said.mac === undefined ? "" : `, ${said.mac}`}`);
  if (said.linked === undefined) return [version, warn("link", "no answer about it", "power-cycle the modem")];
  return [version, ok("link", said.linked ? "a station has joined" : "nobody has joined (as it is before a match)")];
}
