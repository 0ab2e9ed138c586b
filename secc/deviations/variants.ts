import { listening, wrappedStream } from "../../core/wrapped-network";
import type { ChargeParameterDiscoveryRes, DC_EVSEStatus } from "../../protocol/iso15118-2";
import { physical, type V2gMessage } from "../../protocol/v2g";
import type { defaultConfig } from "../config";
import type { StationMachine } from "../node";
import type { StationDeviation } from ".";
import { all, onResponse, onSend, wrapped } from "./wrapping";

/** A station that is right in another way than ours. No scenario may fail against it, told what its makers would tell: PICS and PIXIT. */
export interface StationVariant extends Omit<StationDeviation, "requirement" | "scenarios"> {
  readonly pics?: object;
  readonly pixit?: object;
}

type Wrap = (machine: StationMachine) => StationMachine;
const supply = (limits: typeof defaultConfig.limits) => ({ config: { limits }, pixit: limits });

/** Every DC_EVSEStatus of its responses with these fields. */
const statuses = (change: (status: DC_EVSEStatus, message: V2gMessage) => object): Wrap =>
  onSend((message) => {
    const { DC_EVSEStatus, DC_EVSEChargeParameter } = message.body as Partial<ChargeParameterDiscoveryRes> & {
      DC_EVSEStatus?: DC_EVSEStatus;
    };
    const status = (given: DC_EVSEStatus) => ({ DC_EVSEStatus: { ...given, ...change(given, message) } });
    const body = DC_EVSEStatus
      ? status(DC_EVSEStatus)
      : DC_EVSEChargeParameter && {
          DC_EVSEChargeParameter: { ...DC_EVSEChargeParameter, ...status(DC_EVSEChargeParameter.DC_EVSEStatus) },
        };
    return body ? ({ ...message, body: { ...message.body, ...body } } as V2gMessage) : message;
  });

/** Is Ongoing so often before it does what is asked. */
const ongoing =
  (request: string, times: number, left: object): Wrap =>
  (machine) => {
    let asked = 0;
    return {
      ...machine,
      step: (state, input, seen) => {
        const step = machine.step(state, input, seen);
        if (input.kind !== "message" || input.message.name !== request) return step;
        const sent = step.effects.find((effect) => effect.do === "send");
        const granted =
          sent?.do === "send" && String((sent.message.body as { ResponseCode: string }).ResponseCode) === "OK";
        if (!granted || asked++ % (times + 1) === times) return step;
        const effects = step.effects.map((effect) =>
          effect.do === "send"
            ? {
                ...effect,
                message: {
                  ...effect.message,
                  body: { ...effect.message.body, EVSEProcessing: "Ongoing", ...left },
                } as V2gMessage,
              }
            : effect,
        );
        return { state, effects };
      },
    };
  };

const ids = [7, 200];
const entries = [
  { RelativeTimeInterval: { start: 0 }, PMax: physical(100_000, "W") },
  { RelativeTimeInterval: { start: 43_200, duration: 43_200 }, PMax: physical(100_000, "W") },
];

/** Offers two schedules of two entries, and takes either. */
const twoSchedules: Wrap = (machine) => {
  let chosen = 7;
  return all(
    wrapped.inputs((input) => {
      if (input.kind !== "message" || input.message.name !== "PowerDeliveryReq") return input;
      const { body } = input.message;
      const known = ids.includes(body.SAScheduleTupleID);
      if (known) chosen = body.SAScheduleTupleID;
      return { ...input, message: { ...input.message, body: { ...body, SAScheduleTupleID: known ? 1 : 99 } } };
    }),
    onSend((message) =>
      message.name === "CurrentDemandRes"
        ? { ...message, body: { ...message.body, SAScheduleTupleID: chosen } }
        : message,
    ),
    onResponse("ChargeParameterDiscoveryRes", ({ SAScheduleList }: ChargeParameterDiscoveryRes) =>
      SAScheduleList
        ? {
            SAScheduleList: {
              SAScheduleTuple: ids.map((SAScheduleTupleID) => ({
                SAScheduleTupleID,
                PMaxSchedule: { PMaxScheduleEntry: entries },
              })),
            },
          }
        : {},
    ),
  )(machine);
};

const ready = ["PowerDeliveryRes", "WeldingDetectionRes", "ChargeParameterDiscoveryRes"];
const noLimits = {
  EVSEMaximumVoltageLimit: undefined,
  EVSEMaximumCurrentLimit: undefined,
  EVSEMaximumPowerLimit: undefined,
  ReceiptRequired: undefined,
};

export const stationVariants: readonly StationVariant[] = [
  {
    name: "has-another-evseid",
    gist: "an EVSEID without separators",
    config: { EVSEID: "FRA23E45B78C" },
    pixit: { evseId: "FRA23E45B78C" },
  },
  {
    name: "has-a-small-supply",
    gist: "500 V, 130 A, 60 kW",
    ...supply({
      maximumVoltage: 500,
      minimumVoltage: 200,
      maximumCurrent: 130,
      minimumCurrent: 5,
      maximumPower: 60_000,
    }),
  },
  {
    name: "has-a-large-supply",
    gist: "1000 V, 500 A, 350 kW",
    ...supply({
      maximumVoltage: 1000,
      minimumVoltage: 50,
      maximumCurrent: 500,
      minimumCurrent: 0,
      maximumPower: 350_000,
    }),
  },
  {
    name: "has-one-mode",
    gist: "DC_core only",
    config: { energyTransferModes: ["DC_core"] },
    pics: { energyModes: ["DC_core"] },
  },
  {
    name: "has-all-modes",
    gist: "every energy transfer mode of direct current",
    config: { energyTransferModes: ["DC_core", "DC_extended", "DC_combo_core", "DC_unique"] },
    pics: { energyModes: ["DC_core", "DC_extended", "DC_combo_core", "DC_unique"] },
  },
  {
    name: "tells-all-it-may",
    gist: "every optional field of a good session",
    wrap: all(
      onResponse("SessionSetupRes", { EVSETimeStamp: 1_790_000_000 }),
      onResponse("ServiceDiscoveryRes", ({ ChargeService }: { ChargeService: object }) => ({
        ChargeService: { ...ChargeService, ServiceName: "charging", ServiceScope: "here", FreeService: false },
      })),
      onResponse("ChargeParameterDiscoveryRes", ({ DC_EVSEChargeParameter }: ChargeParameterDiscoveryRes) => ({
        DC_EVSEChargeParameter: {
          ...DC_EVSEChargeParameter,
          EVSECurrentRegulationTolerance: physical(1, "A"),
          EVSEEnergyToBeDelivered: physical(20_000, "Wh"),
        },
      })),
      onResponse("CurrentDemandRes", ({ MeterInfo }: { MeterInfo?: object }) =>
        MeterInfo ? { MeterInfo: { ...MeterInfo, MeterStatus: 1, TMeter: 1_790_000_000 } } : {},
      ),
    ),
  },
  {
    name: "tells-no-more-than-it-must",
    gist: "no optional field of a good session",
    wrap: all(
      statuses(() => ({ EVSEIsolationStatus: undefined })),
      onResponse("CurrentDemandRes", noLimits),
    ),
  },
  {
    name: "tells-other-codes",
    gist: "ready as soon, and as long, as it may be; a delay that means nothing",
    wrap: statuses((_, { name }) => ({
      NotificationMaxDelay: 30,
      ...(ready.includes(name) && { EVSEStatusCode: "EVSE_Ready" }),
    })),
  },
  {
    name: "listens-elsewhere",
    gist: "another port",
    config: { port: 49_200 },
  },
  {
    name: "offers-two-schedules",
    gist: "two schedules of two entries each, with ids of their own",
    wrap: twoSchedules,
  },
  {
    name: "thinks-about-parameters",
    gist: "is Ongoing twice before it has its parameters",
    wrap: ongoing("ChargeParameterDiscoveryReq", 2, { SAScheduleList: undefined }),
  },
  {
    name: "has-short-session-ids",
    gist: "four octets of SessionID",
    wrap: wrapped.seen((seen) => ({ ...seen, random: (length) => seen.random(length === 8 ? 4 : length) })),
  },
  {
    name: "says-it-in-pieces",
    gist: "every frame in two segments",
    network: listening(
      (accept) => (stream) =>
        accept(
          wrappedStream(stream, {
            send: (bytes) => {
              stream.send(bytes.subarray(0, 5));
              stream.send(bytes.subarray(5));
            },
          }),
        ),
    ),
  },
];
