import type { Operator } from "./operator";
import { type Command, command, Declined, declinedBy } from "./routes";
import * as schemas from "./schemas";
import type { StationView } from "./view";

const noSimulation = "this is no simulation";

export const sessionCommands = (view: StationView, operator: Operator): readonly Command[] => [
  command({
    url: "/start_session",
    summary: "Begin a session",
    description:
      "The simulated vehicle plugs in and charges as told. A real vehicle is authorised; it says itself what it takes, and is asked to stop after duration_s.",
    body: schemas.Params,
    answer: schemas.Done("started"),
    act: (params) => {
      const declined = beyondRating(params, view) ?? (view.session.isActive ? new Declined(busy) : undefined);
      const refused = declined ?? declinedBy(operator.start(params));
      if (refused) return refused;
      view.session.requested(params);
      return { status: "started" as const };
    },
  }),
  command({
    url: "/stop_session",
    summary: "End the session in good order",
    answer: schemas.Done("stopping"),
    act: () => {
      operator.stop();
      view.session.stopping();
      return { status: "stopping" as const };
    },
  }),
];

const busy = "Session already in progress";

function beyondRating({ target_voltage, initial_current }: schemas.Params, { limits }: StationView) {
  const { maximumVoltage, maximumCurrent } = limits;
  if (target_voltage > maximumVoltage)
    return new Declined(`target_voltage is above the rating of ${maximumVoltage} V`, 422);
  if (initial_current > maximumCurrent)
    return new Declined(`initial_current is above the rating of ${maximumCurrent} A`, 422);
  return undefined;
}

export const controlCommands = (view: StationView, operator: Operator): readonly Command[] => [
  command({
    url: "/control/contactor",
    summary: "Open the contactor at any time; closing is the session's own business",
    body: schemas.Contactor,
    answer: schemas.ContactorAnswer,
    act: ({ closed }) => {
      const barred = closed ? closingBarred(view) : undefined;
      if (barred !== undefined) return new Declined(barred);
      if (!closed) endAtOnce(view, operator, "contactor opened by hand");
      return { status: "ok" as const, contactor_closed: closed };
    },
  }),
  command({
    url: "/control/pwm",
    summary: "Duty cycle of the idle pilot, 0 to 100 %",
    body: schemas.Pwm,
    answer: schemas.PwmAnswer,
    act: ({ duty }) => {
      if (view.occupied || view.session.isActive) return new Declined("a vehicle is there");
      return declinedBy(operator.pwm(duty)) ?? { status: "ok" as const, duty };
    },
  }),
];

function endAtOnce({ session }: StationView, operator: Operator, reason: string): void {
  session.emergency(reason);
  operator.emergency(reason);
}

/** What stands in the way of a closed contactor; nothing where it is closed. */
function closingBarred({ ports, session, vehicle }: StationView): string | undefined {
  const { contactor, locked, isolation } = ports.power.read();
  const { state } = ports.pilot.read();
  if (!session.isActive || vehicle.iso15118.authorized !== true) return "no session that is authorised";
  if (state !== "C" && state !== "D") return `pilot in state ${state}`;
  if (!locked) return "the plug is not locked";
  if (isolation !== "Valid") return `isolation ${isolation}`;
  return contactor ? undefined : "the session closes it when it is time";
}

export const faultCommands = (view: StationView, operator: Operator): readonly Command[] => [
  command({
    url: "/control/cp_state",
    summary: "Pilot state as the vehicle makes it (simulation only)",
    body: schemas.CpState,
    answer: schemas.CpStateAnswer,
    act: ({ state }) => {
      if (!operator.simulation) return new Declined(noSimulation);
      return declinedBy(operator.simulation.pilot(state)) ?? { status: "ok" as const, state };
    },
  }),
  command({
    url: "/fault",
    summary: "Break something",
    description:
      "A name of the simulated plant's faults breaks that part there, and the station answers as it would. Any other name, such as E_STOP, ends the session at once.",
    body: schemas.Fault,
    answer: schemas.FaultAnswer,
    act: ({ type }) => {
      const { simulation } = operator;
      if (simulation && Object.hasOwn(simulation.faults, type)) {
        view.session.broken(type);
        simulation.fault(type);
      } else endAtOnce(view, operator, type);
      return { status: "fault_injected" as const, type };
    },
  }),
  command({
    url: "/fault/clear",
    summary: "Mend one fault of the simulated plant, or all",
    body: schemas.FaultClear,
    answer: schemas.Done("ok"),
    act: ({ type }) => {
      const { simulation } = operator;
      if (!simulation) return new Declined(noSimulation);
      if (type !== undefined && !Object.hasOwn(simulation.faults, type))
        return new Declined(`there is no fault "${type}"`, 422);
      simulation.clear(type);
      return { status: "ok" as const };
    },
  }),
];
