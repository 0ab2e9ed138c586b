import type { Session, SessionSeen } from "../session";
import type { Handler } from "./table";

/** A fresh id, never zero (V2G2-750); pauses are not kept, so no old session is joined (V2G2-756). */
export const setUpSession: Handler<"SessionSetupReq"> = (session, { EVCCID }, seen) => ({
  body: { ResponseCode: "OK_NewSessionEstablished", EVSEID: session.config.EVSEID },
  next: "AwaitServiceDiscoveryReq",
  session: { SessionID: freshId(session, seen), EVCCID },
});

function freshId(session: Session, seen: SessionSeen): string {
  const id = seen.random(8);
  return /^0*$/.test(id) ? freshId(session, seen) : id;
}
