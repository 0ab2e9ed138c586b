import { content } from "./own-content";
import { operation, robustness } from "./own-robustness";
import { type Registry, type Row, registry } from "./requirement";

/** Times that the documents list in tables without an id of their own; seconds as peers implement them. */
const times: Record<string, Row> = {
  "HIL-TM01": ["EVCC", 3, "The EVCC waits 2 s for the response to a request without a longer time of its own."],
  "HIL-TM02": ["EVCC", 3, "The EVCC waits 5 s for ServiceDetailRes and certificate responses."],
  "HIL-TM03": ["EVCC", 2, "The EVCC waits 5 s for PaymentDetailsRes."],
  "HIL-TM04": ["EVCC", 3, "The EVCC waits 5 s for PowerDeliveryRes."],
  "HIL-TM05": ["EVCC", 3, "The EVCC waits 250 ms for CurrentDemandRes."],
  "HIL-TM06": ["SECC", 1, "The SECC answers a request without a longer time of its own within 1.5 s."],
  "HIL-TM07": ["SECC", 1, "The SECC answers PowerDeliveryReq and requests for certificates within 4.5 s."],
  "HIL-TM08": ["SECC", 0, "The SECC answers CurrentDemandReq within 25 ms."],
  "HIL-TM09": ["EVCC", 1, "The EVCC sends its next request within 40 s of a response."],
  "HIL-TM10": ["EVCC", 3, "The EVCC gives up without SessionSetupRes 20 s after plugging in."],
  "HIL-TM11": ["EVCC", 3, "The EVCC gives up after 60 s of Ongoing in authorisation or charge parameters."],
  "HIL-TM12": ["SECC", 2, "The SECC finishes an Ongoing phase within 55 s."],
  "HIL-TM13": ["EVCC", 2, "The EVCC gives up a cable check after 40 s."],
  "HIL-TM14": ["SECC", 1, "The SECC finishes its cable check within 38 s."],
  "HIL-TM15": ["EVCC", 3, "The EVCC gives up pre-charge after 7 s."],
  "HIL-TM16": ["SECC", 0, "The SECC finishes pre-charge within 5 s."],
  "HIL-TM17": ["SECC", 2, "The SECC allows the pilot 1.5 s to reach the state a message needs."],
  "HIL-TM18": ["SECC", 3, "The connection is closed within 5 s of a FAILED response."],
  "HIL-TM19": ["EVCC", 2, "SDP requests are 250 ms apart, 50 at most."],
  "HIL-TM20": ["SECC", 2, "TT_EVSE_SLAC_init is 20 to 50 s."],
  "HIL-TM21": ["both", 3, "TT_match_sequence is 400 ms."],
  "HIL-TM22": ["both", 3, "TT_match_response is 200 ms."],
  "HIL-TM23": ["both", 3, "TP_match_response is at most 100 ms."],
  "HIL-TM24": ["SECC", 3, "TT_EVSE_match_MNBC is 600 ms."],
  "HIL-TM25": ["SECC", 3, "TT_EVSE_match_session is 10 s."],
  "HIL-TM26": ["both", 3, "TT_match_join is 12 s."],
  "HIL-TM27": ["SECC", 2, "T_step_EF is 4 s and T_step_X1 is 3 s."],
  "HIL-TM29": ["EVCC", 2, "AC only: after a lost link at a nominal duty cycle matching waits T_conn_resetup (15 s)."],
  "HIL-TM28": ["SECC", 2, "The modem is ready for matching T_conn_max_comm (8 s) after plugging in."],
};

/** What the power path must do, whatever is said. */
const safety: Record<string, Row> = {
  "HIL-S01": ["SECC", 2, "A pilot lost under load: below 5 A in 30 ms, below 60 V in 100 ms."],
  "HIL-S02": ["SECC", 3, "A pilot that goes to B, E or F while charging opens the contactor within 100 ms."],
  "HIL-S03": ["both", 1, "A normal stop ramps down before power delivery is stopped; the vehicle opens below 1 A."],
  "HIL-S04": ["SECC", 1, "An emergency stop ramps down by at least 200 A/s."],
  "HIL-S05": ["both", 1, "A stop that does not work is followed by the next stronger one."],
  "HIL-S06": ["SECC", 2, "A station that wants to stop says so in its status and leaves the vehicle time."],
  "HIL-S07": ["SECC", 1, "A message that cannot be processed while charging is an emergency shutdown."],
  "HIL-S08": ["SECC", 1, "With more than 60 V at the output no cable check starts."],
  "HIL-S09": ["SECC", 1, "The cable check applies its test voltage with no more than 2 A."],
  "HIL-S10": ["SECC", 1, "A short circuit during the cable check ends it within its limits."],
  "HIL-S11": ["both", 1, "Pre-charge follows only a cable check that was valid."],
  "HIL-S13": ["SECC", 1, "Insulation below 100 kΩ, or no sample of it, prevents or ends charging."],
  "HIL-S14": ["SECC", 1, "Neither pole leaves its limit against protective earth."],
  "HIL-S15": ["both", 2, "Pre-charge stays below 2 A, and the vehicle closes only within 20 V of its battery."],
  "HIL-S16": ["SECC", 1, "Over-voltage trips at the level of its class."],
  "HIL-S17": ["SECC", 1, "Voltage above the vehicle's limit for 400 ms ends charging."],
  "HIL-S18": ["SECC", 1, "Over-current, or a current that does not fit, ends charging."],
  "HIL-S19": ["SECC", 2, "Responses carry measured values, accurate within 10 V and 1.5 % or 0.5 A."],
  "HIL-S20": [
    "SECC",
    1,
    "Without a confirmed lock there is no cable check; a lock lost while charging is an emergency.",
  ],
  "HIL-S21": ["SECC", 1, "The plug is unlocked only below 60 V."],
  "HIL-S22": ["SECC", 1, "Hot contacts reduce the current and then stop charging."],
  "HIL-S23": ["SECC", 1, "Voltage that stays after the vehicle has opened keeps the plug locked."],
  "HIL-S24": ["SECC", 1, "A station whose process dies opens its contactor."],
  "HIL-S25": [
    "EVCC",
    2,
    "A vehicle that a station asks to stop ends charging in good order and in the time it is given.",
  ],
  "HIL-S26": ["SECC", 1, "The meter counts the energy that the vehicle takes."],
  "HIL-S27": [
    "SECC",
    1,
    "The outlet is fed only to a vehicle that is authorised, locked, in C or D, checked, and in a session.",
  ],
  "HIL-S28": ["SECC", 1, "An emergency is shown on the pilot: state F for 4 s at least, and no call before."],
};

/** Requirements without a number in any standard, under our own prefix. */
export const own: Registry = registry("ccs-hil", "derived", {
  ...robustness,
  ...operation,
  ...content,
  ...times,
  ...safety,
});
