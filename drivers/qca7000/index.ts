export { ModemError, type ModemIdentity, type ModemProblem, Qca7000Link, type Qca7000Options } from "./link";
