import type { Row } from "./requirement";

/** What messages say against each other, against what a profile states, and against what there is. */
export const content: Record<string, Row> = {
  "HIL-CT01": ["both", 1, "Every message of a session is valid by its schema, in a right frame, and ends with it."],
  "HIL-CT02": ["SECC", 1, "A station names itself with one EVSEID, its own, in every response that has one."],
  "HIL-CT03": ["SECC", 1, "A station offers the payment options, services and energy transfer modes that it has."],
  "HIL-CT04": ["SECC", 1, "The schedules a station offers have ids of their own, and carry the power it delivers."],
  "HIL-CT05": ["SECC", 2, "A station states its own limits, and none of them rises in the course of a session."],
  "HIL-CT06": ["SECC", 1, "Without a reason to stop, the status of a station fits what goes on, and asks for nothing."],
  "HIL-CT07": ["SECC", 1, "A limit of the station is said to be reached only where it is."],
  "HIL-CT08": ["SECC", 1, "A station has one MeterID, and its reading never falls."],
  "HIL-CT09": [
    "EVCC",
    2,
    "A vehicle asks for no more than its limits, and none of them rises in the course of a session.",
  ],
  "HIL-CT10": ["EVCC", 1, "A vehicle tells the state of charge that its battery has."],
  "HIL-CT11": ["EVCC", 1, "Without an error, the status of a vehicle says ready, and complete only when it stops."],
  "HIL-CT12": ["EVCC", 1, "A vehicle chooses of what it was offered: payment, services, mode, schedule and its power."],
};
