import type { Session, SessionSeen } from "../session";
import type { Handler } from "./table";

/** The session that was paused goes on for a car that names it (V2G2-740); else a fresh id, never zero (V2G2-750, V2G2-756). */
export const setUpSession: Handler<"SessionSetupReq"> = (session, { EVCCID }, seen, _, SessionID) => {
  const { config, old, authorised } = session;
  const joined = old !== undefined && old.SessionID === SessionID;
  return {
    body: { ResponseCode: joined ? "OK_OldSessionJoined" : "OK_NewSessionEstablished", EVSEID: config.EVSEID },
    next: "AwaitServiceDiscoveryReq",
    session: joined
      ? { SessionID: old.SessionID, EVCCID, authorised: authorised || old.authorised }
      : { SessionID: freshId(session, seen), EVCCID },
  };
};

function freshId(session: Session, seen: SessionSeen): string {
  const id = seen.random(8);
  return /^0*$/.test(id) ? freshId(session, seen) : id;
}
