import type { supportedAppProtocolReq, supportedAppProtocolRes } from "../protocol/app-protocol";
import type { SupportedProtocol } from "./config";

/**
 * Chooses among the car's protocols by its own priority, 1 first; of equal ones the first (V2G2-167, V2G2-169). The major
 * version has to match, a different minor one is a minor deviation (V2G2-170, V2G2-172).
 */
export function chooseProtocol(
  request: supportedAppProtocolReq,
  supported: readonly SupportedProtocol[],
): { response: supportedAppProtocolRes; chosen?: SupportedProtocol } {
  const byPriority = [...request.AppProtocol].sort((a, b) => a.Priority - b.Priority);
  for (const offered of byPriority) {
    const chosen = supported.find(
      (ours) =>
        ours.ProtocolNamespace === offered.ProtocolNamespace && ours.VersionNumberMajor === offered.VersionNumberMajor,
    );
    if (!chosen) continue;
    const ResponseCode =
      chosen.VersionNumberMinor === offered.VersionNumberMinor
        ? "OK_SuccessfulNegotiation"
        : "OK_SuccessfulNegotiationWithMinorDeviation";
    return { response: { ResponseCode, SchemaID: offered.SchemaID }, chosen };
  }
  return { response: { ResponseCode: "Failed_NoNegotiation" } };
}
