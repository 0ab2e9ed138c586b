import { equipped } from "../scripts/foreign";
import { kill, phases, throughPhases } from "./phases.contract";
import { lack } from "./processes.contract";

/** The next start serves the next car, whatever keys and connections the last one has left (S24). */

equipped("a station that is killed in any phase before power, and started again", lack, (context) =>
  throughPhases(context, phases.setUp, kill),
);
