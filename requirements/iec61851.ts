import { type Registry, registry } from "./requirement";

/** Control pilot of IEC 61851-1, as peers and published tables give it. Ids are ours: the standard numbers clauses, not requirements. */
const part1 = registry("IEC 61851-1:2017", "shall", {
  "IEC61851-1-CP-levels": [
    "both",
    2,
    "State A is +12 V, B +9 V, C +6 V, D +3 V, each ± 1 V at the station; E is 0 V, F −12 V.",
  ],
  "IEC61851-1-CP-frequency": ["SECC", 1, "The oscillator runs at 1 kHz ± 0.5 %."],
  "IEC61851-1-CP-duty": [
    "SECC",
    2,
    "A duty cycle of 3 to 7 % asks for digital communication; outside the defined bands no charging is allowed.",
  ],
  "IEC61851-1-CP-diode": [
    "SECC",
    1,
    "The negative half wave stays at −12 V; a vehicle without its diode is not charged.",
  ],
  "IEC61851-1-A.6-8.1": ["SECC", 1, "When the vehicle goes from C to B the station switches off within 100 ms."],
  "IEC61851-1-A.6-10.2": [
    "SECC",
    1,
    "When the oscillator is off and the vehicle stays in C, the station opens its contactor after 6 s.",
  ],
});

/** DC stations by IEC 61851-23. Ids are clause numbers. */
const part23 = registry("IEC 61851-23:2023", "shall", {
  "IEC61851-23-9.4": ["SECC", 1, "A lost pilot under load: below 5 A in 30 ms and below 60 V in 100 ms."],
  "IEC61851-23-6.3.1.106.2": [
    "SECC",
    1,
    "Over-voltage at the output trips at the level of its class after 9 ms and acts within 1 ms.",
  ],
  "IEC61851-23-6.3.1.106.3": [
    "SECC",
    1,
    "Voltage above the vehicle's limit for more than 400 ms is an error shutdown; less than 200 ms is allowed.",
  ],
  "IEC61851-23-6.3.1.109": [
    "SECC",
    1,
    "A short circuit during the cable check is met by less than 5 A in 1 s and less than 60 V in 2.5 s.",
  ],
  "IEC61851-23-6.3.1.112.2": ["SECC", 1, "Either pole to protective earth stays within its limit."],
  "IEC61851-23-CC.3.4.2": ["SECC", 1, "An error shutdown switches off within 50 ms and is verified by the pilot."],
  "IEC61851-23-CC.4.1.2": [
    "SECC",
    1,
    "The cable check applies the test voltage that follows from the limits of both sides, at no more than 2 A.",
  ],
  "IEC61851-23-CC.4.1.4": [
    "SECC",
    1,
    "Insulation below 100 kΩ, or a monitor that fails its self-test, keeps charging from starting.",
  ],
  "IEC61851-23-CC.5.1": [
    "SECC",
    1,
    "Insulation that fails while charging is an error shutdown with the status of an isolation fault.",
  ],
  "IEC61851-23-CC.5.2": ["SECC", 1, "Contacts that are too hot reduce the current and then stop charging."],
  "IEC61851-23-CC.5.3": [
    "SECC",
    1,
    "The plug is locked before the cable check and stays so until the output is below 60 V.",
  ],
  "IEC61851-23-CC.5.4": [
    "SECC",
    1,
    "A pilot that is lost while charging is an emergency shutdown without any message.",
  ],
  "IEC61851-23-CC.6.2": ["SECC", 1, "A vehicle's limit that is lowered below the present voltage ends charging."],
  "IEC61851-23-CC.6.3": ["SECC", 1, "The output follows its target within 10 V, and within 1.5 % or 0.5 A."],
  "IEC61851-23-CC.7.6.20": ["SECC", 1, "A short circuit at the output during the cable check is survived."],
});

export const iec61851: Registry = { ...part1, ...part23 };
