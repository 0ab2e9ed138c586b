import { defaultConfig as defaultCar, type EvccConfig } from "../../../evcc/config";
import { defaultConfig as defaultStation, type SeccConfig } from "../../../secc/config";

/** How a side under test is started: words in braces are filled in by the bench. */
export interface Launch {
  readonly command: readonly string[];
  /** In a line of its output: it is ready. */
  readonly ready: string;
}

/** Places that the bench fills in. */
export type Places = Readonly<Record<"iface" | "plant" | "stimuli" | "node" | "ccs-hil" | "port", string>>;

/** @throws RangeError for a place that nobody fills in */
export const filled = ({ command }: Launch, places: Places): string[] =>
  command.map((word) =>
    word.replace(/\{([\w-]+)\}/g, (whole, name: string) => {
      const value = (places as Readonly<Record<string, string>>)[name];
      if (value === undefined) throw new RangeError(`a command of a profile has ${whole}: nobody knows it`);
      return value;
    }),
  );

const flag = (value: boolean): string => (value ? "1" : "0");

/** Settings of a station as the variables of its environment. */
export function stationEnvironment(given: Partial<SeccConfig>): Record<string, string> {
  const config: SeccConfig = { ...defaultStation, ...given };
  const { enabled, window, max } = config.duplicateResend;
  return {
    EVSE_ID: config.EVSEID,
    V2G_MAX_DECODE_ERRORS: String(config.maxDecodeErrors),
    V2G_MAX_EXI_BYTES: String(config.maxExiBytes),
    V2G_STRICT_BOUNDS: flag(config.strictBounds),
    V2G_SEQUENCE_TIMEOUT_S: String(config.sequenceTimeout / 1000),
    V2G_DUPLICATE_RESEND_ENABLED: flag(enabled),
    V2G_DUPLICATE_RESEND_WINDOW_S: String(window / 1000),
    V2G_DUPLICATE_RESEND_MAX: String(max),
    FREE_CHARGING_SERVICE: flag(config.authorisation === "free"),
  };
}

/** Settings of a car as options of its command. A car that is to charge without end is one that wants to be full. */
export function carOptions(given: Partial<EvccConfig>): string[] {
  const { stopAt, maximumVoltage, tls }: EvccConfig = { ...defaultCar, ...given };
  const { soc = stopAt.loops === undefined ? 100 : undefined, loops } = stopAt;
  return [
    ...(loops === undefined ? [] : ["--loops", String(loops)]),
    ...(soc === undefined ? [] : ["--soc", String(soc)]),
    "--max-voltage",
    String(maximumVoltage),
    "--tls",
    tls,
  ];
}
