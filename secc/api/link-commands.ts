import type { Helper, Operator } from "./operator";
import { type Command, command, Declined, declinedBy } from "./routes";
import * as schemas from "./schemas";
import type { StationView } from "./view";

/** The steps before a session: match and dialogue. */
export const linkCommands = (view: StationView, operator: Operator): readonly Command[] => [
  command({
    url: "/slac/start_matching",
    summary: "Begin to match, unless it is under way or done",
    answer: schemas.Slac,
    act: () => {
      const { state } = view.vehicle.slac;
      const idle = state === "IDLE" || state === "FAILED";
      return (idle && declinedBy(operator.match())) || view.vehicle.slac;
    },
  }),
  command({
    url: "/slac/matched",
    summary: "Another matcher has found the vehicle",
    body: schemas.Matched,
    answer: schemas.MatchedAnswer,
    act: (match) => {
      const { state } = view.vehicle.slac;
      if (state === "MATCHING" || state === "MATCHED") return new Declined("the station matches by itself");
      const declined = declinedBy(operator.open());
      if (declined) return declined;
      view.vehicle.matched(match);
      return { slac: view.vehicle.slac, hlc: view.hlc };
    },
  }),
  command({
    url: "/hlc/start",
    summary: "Begin high-level communication; the station listens from its start in any case",
    body: schemas.HlcStart,
    answer: schemas.HlcAnswer,
    act: () => declinedBy(operator.open()) ?? { status: view.hlc },
  }),
  command({
    url: "/hlc/stop",
    summary: "End the dialogue in good order",
    answer: schemas.HlcAnswer,
    act: () => {
      operator.stop();
      view.session.stopping();
      return { status: view.hlc };
    },
  }),
];

/** What the pilot's helper can be asked. */
export const helperCommands = (view: StationView, { helper }: Operator): readonly Command[] => {
  const ask = (act: (helper: Helper) => Promise<object>, idleOnly = false): Declined | Promise<object | Declined> => {
    if (!helper) return new Declined("there is no pilot helper");
    if (idleOnly && view.occupied) return new Declined("a vehicle is there");
    return act(helper).catch((error: Error) => new Declined(`the pilot helper does not do that: ${error.message}`));
  };
  return [
    command({
      url: "/esp/ping",
      summary: "Is the pilot's helper there?",
      answer: schemas.EspAnswer,
      act: () => ask(async (it) => ({ ...(await it.ping()), pong: true })),
    }),
    command({
      url: "/esp/restart_slac",
      summary: "Leave 5 % for a moment, so that the vehicle matches again",
      body: schemas.RestartSlac,
      answer: schemas.EspAnswer,
      act: ({ reset_ms }) => ask((it) => it.restartSlac(reset_ms)),
    }),
    command({
      url: "/esp/mode",
      summary: "Who decides on the duty cycle",
      body: schemas.Mode,
      answer: schemas.EspAnswer,
      act: ({ mode }) => ask((it) => it.mode(mode), true),
    }),
    command({
      url: "/esp/pwm",
      summary: "Duty cycle in manual mode",
      body: schemas.EspPwm,
      answer: schemas.EspAnswer,
      act: ({ duty, enable }) => ask((it) => it.pwm(duty, enable), true),
    }),
  ];
};
