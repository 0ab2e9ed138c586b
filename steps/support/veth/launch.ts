import { defaultConfig as defaultCar, type EvccConfig } from "../../../evcc/config";
import { defaultConfig as defaultStation, type SeccConfig } from "../../../secc/config";

/** How a side under test is started: words in braces are filled in by the bench. */
export interface Launch {
  readonly command: readonly string[];
  /** In a line of its output: it is ready. */
  readonly ready: string;
  /** With pilot and contactor behind a helper's serial line: where scenarios ask for one, or always. */
  readonly helper?: Helped;
  /** With an HTTP interface: where scenarios ask for one. */
  readonly http?: Serving;
}

export interface Helped {
  /** Every scenario has it, not only one that asks for it. */
  readonly always?: boolean;
  /** Further words of the command, and variables of its environment. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface Serving {
  /** Further words of the command. */
  readonly command: readonly string[];
  /** In a line of its output: it answers. */
  readonly ready: string;
  /** Port of the loopback interface in its namespace. */
  readonly port: number;
}

/** Places that the bench fills in. */
export type Places = Readonly<
  Record<"iface" | "plant" | "stimuli" | "node" | "ccs-hil" | "port" | "config", string> &
    Partial<Record<"tokens" | "serial", string>>
>;

/** Whether the side under test can be given settings. */
export const isConfigurable = ({ command }: Launch): boolean => command.some((word) => word.includes("{config}"));

/** @throws RangeError for a place that nobody fills in */
export const filled = (command: readonly string[], places: Places): string[] =>
  command.map((word) =>
    word.replace(/\{([\w-]+)\}/g, (whole, name: string) => {
      const value = (places as Readonly<Record<string, string>>)[name];
      if (value === undefined) throw new RangeError(`a command of a profile has ${whole}: nobody knows it`);
      return value;
    }),
  );

/** All settings of a station that a scenario may set, as its command takes them; what is not there is taken away. */
export function stationConfig(given: Partial<SeccConfig>): string {
  const { address: _address, port: _port, link: _link, ...config } = { ...defaultStation, ...given };
  return JSON.stringify({ slac: null, slacWait: null, wakesAfter: null, ...config });
}

export function carConfig(given: Partial<EvccConfig>): string {
  const { link: _link, ...config } = { ...defaultCar, ...given };
  return JSON.stringify({ slac: null, pause: null, ...config });
}
