export { PlantCar } from "./client/car";
export { PlantError, PlantLink, type PlantLinkOptions } from "./client/link";
export {
  type Failsafe,
  type PlantCommand,
  type PlantHappening,
  PlantObserver,
  type PlantObserverOptions,
  type PlantSample,
} from "./client/observer";
export { PlantStation } from "./client/station";
export { type Role, roles, type Thing } from "./protocol";
export { readPlantOptions } from "./server/config";
export { type HelperPorts, VirtualHelper } from "./server/helper";
export { PlantServer, type PlantServerOptions } from "./server/server";
export { openPlantSockets, type PlantSockets } from "./server/sockets";
