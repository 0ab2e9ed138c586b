import type { ChargeParameterDiscoveryRes } from "../../protocol/iso15118-2";
import { physical } from "../../protocol/v2g";
import type { StationDeviation } from ".";
import { codeOf, does, onResponse, onSend, recode, says, without, wrapped } from "./wrapping";

const waiting = "Ongoing_WaitingForCustomerInteraction";

/** Leaves a session open that it has refused with this code. */
const staysAfter = (code: string) => without(does("close"), says(code));

type Tuple = NonNullable<ChargeParameterDiscoveryRes["SAScheduleList"]>["SAScheduleTuple"][number];

/** Offers a schedule with these entries: start and duration in seconds. */
const offers = (...intervals: readonly { start: number; duration: number }[]) =>
  onResponse("ChargeParameterDiscoveryRes", {
    SAScheduleList: {
      SAScheduleTuple: [
        {
          SAScheduleTupleID: 1,
          PMaxSchedule: {
            PMaxScheduleEntry: intervals.map((RelativeTimeInterval) => ({
              RelativeTimeInterval,
              PMax: physical(100_000, "W"),
            })),
          },
        } satisfies Tuple,
      ],
    },
  });

/** Hears what a vehicle says in another way. */
const hears = (name: string, change: (body: Record<string, unknown>) => object) =>
  wrapped.inputs((input) =>
    input.kind === "message" && input.message.name === name
      ? ({
          ...input,
          message: { ...input.message, body: { ...input.message.body, ...change(input.message.body as never) } },
        } as typeof input)
      : input,
  );

const usual = {
  DC_EVStatus: { EVReady: true, EVErrorCode: "NO_ERROR", EVRESSSOC: 40 },
  EVMaximumCurrentLimit: physical(200, "A"),
  EVMaximumVoltageLimit: physical(450, "V"),
};

/** Faults from SessionSetup to ChargeParameterDiscovery. */
export const setUp: readonly StationDeviation[] = [
  {
    name: "gives-a-session-id-of-zero",
    gist: "assigns the id that means no session",
    requirement: "V2G2-750",
    scenarios: ["A vehicle without a session"],
    wrap: onSend((message) =>
      message.name === "SessionSetupRes" ? { ...message, header: { SessionID: "0000000000000000" } } : message,
    ),
  },
  {
    name: "gives-every-session-the-same-id",
    gist: "assigns one id for ever",
    requirement: "V2G2-750",
    scenarios: ["One vehicle after the other"],
    wrap: wrapped.seen((seen) => ({ ...seen, random: (length) => new Uint8Array(length).fill(0x5a) })),
  },
  {
    name: "joins-any-old-session",
    gist: "takes whatever SessionID it is told for a session of its own",
    requirement: "V2G2-756",
    wrap: (machine) => {
      let told = "";
      return onSend((message) =>
        message.name === "SessionSetupRes" && told !== ""
          ? { ...message, header: { SessionID: told }, body: { ...message.body, ResponseCode: "OK_OldSessionJoined" } }
          : message,
      )(
        wrapped.inputs((input) => {
          if (input.kind === "message" && input.message.name === "SessionSetupReq")
            told = input.message.header?.SessionID ?? "";
          return input;
        })(machine),
      );
    },
  },
  {
    name: "offers-a-contract-first",
    gist: "offers payment by contract although it has no TLS",
    requirement: "V2G2-196",
    scenarios: ["A station for direct current without contracts"],
    wrap: onResponse("ServiceDiscoveryRes", { PaymentOptionList: { PaymentOption: ["Contract", "ExternalPayment"] } }),
  },
  {
    name: "has-another-charge-service",
    gist: "numbers its charge service 2",
    requirement: "V2G2-196",
    wrap: onResponse("ServiceDiscoveryRes", (body: { ChargeService: object }) => ({
      ChargeService: { ...body.ChargeService, ServiceID: 2 },
    })),
  },
  {
    name: "details-any-service",
    gist: "answers OK to a request for details of an unknown service",
    requirement: "V2G2-464",
    wrap: recode("FAILED_ServiceIDInvalid", "OK"),
  },
  {
    name: "stays-after-an-unknown-service",
    gist: "goes on after FAILED_ServiceIDInvalid",
    requirement: "V2G2-464",
    wrap: staysAfter("FAILED_ServiceIDInvalid"),
  },
  {
    name: "refuses-every-selection",
    gist: "refuses what it has offered",
    requirement: "V2G2-550",
    wrap: onResponse("PaymentServiceSelectionRes", { ResponseCode: "FAILED_ServiceSelectionInvalid" }),
  },
  {
    name: "accepts-any-payment",
    gist: "accepts a contract that it has not offered",
    requirement: "V2G2-465",
    wrap: hears("PaymentServiceSelectionReq", () => ({ SelectedPaymentOption: "ExternalPayment" })),
  },
  {
    name: "stays-after-a-wrong-payment",
    gist: "goes on after FAILED_PaymentSelectionInvalid",
    requirement: "V2G2-465",
    wrap: staysAfter("FAILED_PaymentSelectionInvalid"),
  },
  {
    name: "does-without-the-charge-service",
    gist: "accepts a selection without the charge service",
    requirement: "V2G2-804",
    wrap: hears("PaymentServiceSelectionReq", () => ({ SelectedServiceList: { SelectedService: [{ ServiceID: 1 }] } })),
  },
  {
    name: "has-one-code-for-wrong-selections",
    gist: "calls a missing charge service an invalid selection",
    requirement: "V2G2-804",
    wrap: recode("FAILED_NoChargeServiceSelected", "FAILED_ServiceSelectionInvalid"),
  },
  {
    name: "accepts-unknown-services",
    gist: "accepts services it has not offered besides the charge service",
    requirement: "V2G2-467",
    wrap: hears("PaymentServiceSelectionReq", () => ({ SelectedServiceList: { SelectedService: [{ ServiceID: 1 }] } })),
  },
  {
    name: "keeps-the-customer-waiting",
    gist: "waits for a customer whom nobody has to ask, or who is authorised",
    requirement: "V2G2-562",
    config: { authorisation: "external" },
  },
  {
    name: "does-not-ask-the-customer",
    gist: "is free although it is set to ask",
    requirement: "V2G2-684",
    scenarios: ["The first request"],
    config: { authorisation: "free" },
  },
  {
    name: "goes-on-without-the-customer",
    gist: "serves a vehicle that does not wait for the customer",
    requirement: "V2G2-684",
    scenarios: ["A vehicle that does not wait for it"],
    wrap: recode("FAILED_SequenceError", "OK"),
  },
  {
    name: "does-not-say-for-whom-it-waits",
    gist: "answers plainly Ongoing while it waits for the customer",
    requirement: "V2G2-684",
    scenarios: ["The first request", "Many requests later"],
    wrap: onResponse("AuthorizationRes", (body: { EVSEProcessing: string }) =>
      body.EVSEProcessing === waiting ? { EVSEProcessing: "Ongoing" } : {},
    ),
  },
  {
    name: "forgets-the-authorisation",
    gist: "does not hear that the customer is authorised",
    requirement: "V2G2-856",
    wrap: wrapped.inputs((input) => (input.kind === "authorise" ? undefined : input)),
  },
  {
    name: "hears-of-the-customer-too-late",
    gist: "does not hear that the customer is authorised until the vehicle asks",
    requirement: "V2G2-856",
    scenarios: ["The customer is authorised early in the session", "The customer is authorised before the plug is in"],
    wrap: wrapped.inputs((input, { session }) =>
      input.kind === "authorise" && session?.at !== "AwaitAuthorizationReq" ? undefined : input,
    ),
  },
  {
    name: "does-not-tell-a-refused-customer",
    gist: "answers Ongoing to a customer who was refused",
    requirement: "V2G2-854",
    wrap: onResponse("AuthorizationRes", (body: { ResponseCode: string }) =>
      body.ResponseCode === "FAILED" ? { ResponseCode: "OK", EVSEProcessing: waiting } : {},
    ),
  },
  {
    name: "charges-on-without-authorisation",
    gist: "does not hear that an authorisation is withdrawn",
    requirement: "HIL-R06",
    wrap: wrapped.inputs((input) => (input.kind === "deauthorise" ? undefined : input)),
  },
  {
    name: "offers-an-hour",
    gist: "offers a schedule of one hour",
    requirement: "V2G2-761",
    wrap: offers({ start: 0, duration: 3_599 }),
  },
  {
    name: "offers-nothing",
    gist: "leaves the list of schedules out",
    requirement: "V2G2-761",
    wrap: onResponse("ChargeParameterDiscoveryRes", { SAScheduleList: undefined }),
  },
  {
    name: "begins-its-schedule-later",
    gist: "offers a schedule that begins in ten minutes",
    requirement: "V2G2-304",
    wrap: offers({ start: 600, duration: 85_800 }),
  },
  {
    name: "overstates-its-limits",
    gist: "announces more current and voltage than it has",
    requirement: "V2G2-373",
    wrap: onResponse("ChargeParameterDiscoveryRes", (body: ChargeParameterDiscoveryRes) => ({
      DC_EVSEChargeParameter: { ...body.DC_EVSEChargeParameter, EVSEMaximumCurrentLimit: physical(500, "A") },
    })),
  },
  {
    name: "takes-any-energy-transfer-mode",
    gist: "accepts a mode it has not offered",
    requirement: "V2G2-476",
    wrap: hears("ChargeParameterDiscoveryReq", () => ({ RequestedEnergyTransferMode: "DC_extended" })),
  },
  {
    name: "calls-a-wrong-mode-a-wrong-parameter",
    gist: "answers FAILED_WrongChargeParameter to a mode it has not offered",
    requirement: "V2G2-476",
    wrap: recode("FAILED_WrongEnergyTransferMode", "FAILED_WrongChargeParameter"),
  },
  {
    name: "takes-any-charge-parameter",
    gist: "accepts parameters that cannot be",
    requirement: "V2G2-477",
    scenarios: [
      "a negative current",
      "no current",
      "a negative voltage",
      "no voltage",
      "a voltage just below the lowest of the supply",
      "a negative power",
      "a current in volts",
      "a voltage in watts",
      "a power in amperes",
      "Parameters for alternating current",
    ],
    wrap: hears("ChargeParameterDiscoveryReq", () => ({ DC_EVChargeParameter: usual })),
  },
  {
    name: "stays-after-wrong-parameters",
    gist: "goes on after FAILED_WrongChargeParameter",
    requirement: "V2G2-477",
    scenarios: ["a negative current", "Parameters for alternating current"],
    wrap: staysAfter("FAILED_WrongChargeParameter"),
  },
  {
    name: "refuses-its-lowest-voltage",
    gist: "refuses a vehicle at the lowest voltage it has announced",
    requirement: "V2G2-477",
    scenarios: ["The lowest voltage of the supply"],
    wrap: onSend((message) =>
      message.name === "ChargeParameterDiscoveryRes" && codeOf(message) === "OK"
        ? { ...message, body: { ...message.body, ResponseCode: "FAILED_WrongChargeParameter" } }
        : message,
    ),
  },
];
