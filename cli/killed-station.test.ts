import { equipped } from "../scripts/foreign";
import { kill, phases, throughPhases } from "./phases.contract";
import { lack } from "./processes.contract";

/** Power off by the plant's time, and the next start serves the next car (S24). */

equipped("a station that is killed in any phase under power, and started again", lack, (context) =>
  throughPhases(context, phases.power, kill),
);
