export { defaultConfig, type PlantConfig, type PlantOptions } from "./config";
export { type ActiveFaults, type FaultFigures, type FaultName, faults, isFault } from "./faults";
export { Plant, type PlantPorts } from "./plant";
