import type { BenchLine, BenchPlant as Plant } from "./bench";

/** Defects of pilot and power path by the name a feature gives them. */
export const plantFaults: Readonly<Record<string, (plant: Plant) => void>> = {
  "a leak of 50 kΩ at the inlet": (plant) => plant.fault("isolation", { ohms: 50_000, where: "inlet" }),
  "a leak of 50 kΩ in the cable": (plant) => plant.fault("isolation", { ohms: 50_000, where: "cable", pole: "minus" }),
  "a foreign voltage of 600 V against earth": (plant) => plant.fault("earthShift", { volts: 600 }),
  "no insulation monitor": (plant) => plant.fault("imdAbsent"),
  "an insulation monitor that fails its self-test": (plant) => plant.fault("imdSelfTest"),
  "an insulation monitor that gives no samples": (plant) => plant.fault("imdSilent"),
  "a supply that gives nothing": (plant) => plant.fault("supplyDead"),
  "a supply that gives nothing and a meter that shows 350 V": (plant) => {
    plant.fault("supplyDead");
    plant.fault("measurementOffset", { volts: 350 });
  },
  "a supply that gives 40 A too much": (plant) => plant.fault("supplyCurrentOffset", { amperes: 40 }),
  "a supply that gives 10 A too much": (plant) => plant.fault("supplyCurrentOffset", { amperes: 10 }),
  "a supply that gives 4 A too much": (plant) => plant.fault("supplyCurrentOffset", { amperes: 4 }),
  "a supply that gives 20 A too little": (plant) => plant.fault("supplyCurrentOffset", { amperes: -20 }),
  "a supply that gives 250 V too much": (plant) => plant.fault("supplyVoltageOffset", { volts: 250 }),
  "a supply that does not switch off": (plant) => plant.fault("supplyStuckOn"),
  "a vehicle that drops its load": (plant) => plant.inlet.contactor(false),
  "a supply that gives 60 V too little": (plant) => plant.fault("supplyVoltageOffset", { volts: -60 }),
  "a lock that does not engage": (plant) => plant.fault("lockStuck"),
  "a lock that springs open": (plant) => plant.fault("lockLost"),
  "an outlet that does not discharge": (plant) => plant.fault("dischargeLost"),
  "a welded contactor of the SECC": (plant) => plant.fault("evseContactorWelded"),
  "a welded contactor of the EVCC": (plant) => plant.fault("evContactorWelded"),
  "a short circuit in the cable": (plant) => plant.fault("shortCircuit"),
  "a short circuit of 100 Ω in the cable": (plant) => plant.fault("shortCircuit", { ohms: 100 }),
  "a contact at 60 °C": (plant) => plant.fault("contactTemperature", { celsius: 60 }),
  "a contact at 80 °C": (plant) => plant.fault("contactTemperature", { celsius: 80 }),
  "a contact at 95 °C": (plant) => plant.fault("contactTemperature", { celsius: 95 }),
  "a vehicle that shows state C from the start": (plant) => plant.evPilot.present("C"),
  "a vehicle that shows state D from the start": (plant) => plant.evPilot.present("D"),
  "a pilot that is shorted to earth": (plant) => plant.fault("cpPeShort"),
  "a pilot that is whole again": (plant) => plant.clear("cpPeShort"),
  "a vehicle without a diode": (plant) => plant.fault("diodeShort"),
};

/** What can happen to the pilot wire, seen from either end. */
export const pilotFaults: Readonly<Record<string, (plant: Plant) => void>> = {
  "is shorted to earth": (plant) => plant.fault("cpPeShort"),
  "is interrupted": (plant) => plant.fault("cpOpen"),
  "loses its earth": (plant) => plant.fault("peLost"),
  "stops oscillating": (plant) => plant.evsePilot.drive({ out: "x1" }),
  "goes to state E": (plant) => plant.evsePilot.drive({ out: "e" }),
  "goes to state F": (plant) => plant.evsePilot.drive({ out: "f" }),
  "goes to state B": (plant) => plant.evPilot.present("B"),
  "goes to state D": (plant) => plant.evPilot.present("D"),
  "is pulled to −12 V": (plant) => plant.fault("cpForced", { volts: -12 }),
  "is pulled to −20 V": (plant) => plant.fault("cpForced", { volts: -20 }),
  "is pulled to 20 V": (plant) => plant.fault("cpForced", { volts: 20 }),
};

type OfModem = (line: BenchLine, role: "ev" | "evse") => void;
const spoils =
  (fault: Parameters<BenchLine["spoil"]>[1]): OfModem =>
  (line, role) =>
    line.spoil(role, fault);

/** What may be wrong with a modem, or happen to it. */
export const modemFaults: Readonly<Record<string, OfModem>> = {
  "leaves keys unanswered": spoils("keyUnanswered"),
  "refuses keys": spoils("keyRefused"),
  "answers keys after 2 s": spoils("keyAnsweredLate"),
  "answers keys with another nonce": spoils("keyAnsweredWrongly"),
  "reports no attenuation": spoils("noAttenuation"),
  "reports an attenuation of no groups": spoils("noGroups"),
  "asks for its firmware": spoils("notBooted"),
  restarts: (line, role) => line.restart(role),
};
