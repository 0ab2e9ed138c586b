import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Trace } from "../../core/trace";
import { phases } from "./schemas";
import type { StationView } from "./view";

/** What Prometheus may ask for. @param ofProcess also memory, event loop and handles of this process */
export function metricsOf(view: StationView, trace: Trace, ofProcess: boolean) {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name: `ccs_hil_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  const { pilot, power } = view.ports;
  gauge("outlet_volts", "Voltage at the outlet", () => power.read().voltage);
  gauge("outlet_amperes", "Current at the outlet", () => power.read().current);
  gauge("session_energy_watthours", "Energy of the session under way", () => view.meter.energy_Wh);
  gauge("contactor_closed", "1 while the contactor is closed", () => Number(power.read().contactor));
  gauge("plug_locked", "1 while the plug is locked", () => Number(power.read().locked));
  gauge("pilot_volts", "Positive plateau of the control pilot", () => pilot.read().high);
  gauge("vehicle_connected", "1 in pilot states B, C and D", () => Number(/[BCD]/.test(pilot.read().state)));
  new Gauge({
    name: "ccs_hil_phase",
    help: "1 for the phase that the station is in",
    labelNames: ["phase"],
    registers,
    collect() {
      const { phase } = view.status;
      for (const each of phases) this.set({ phase: each }, Number(each === phase));
    },
  });
  countMessages(trace, registers);
  const requests = new Counter({
    name: "ccs_hil_http_requests_total",
    help: "HTTP requests by method and status",
    labelNames: ["method", "status"],
    registers,
  });
  return {
    contentType: registry.contentType,
    text: (): Promise<string> => registry.metrics(),
    answered: (method: string, status: number): void => requests.inc({ method, status }),
  };
}

function countMessages(trace: Trace, registers: Registry[]): void {
  const messages = new Counter({
    name: "ccs_hil_v2g_messages_total",
    help: "V2G messages by name and direction",
    labelNames: ["name", "dir"],
    registers,
  });
  const undecodable = new Counter({ name: "ccs_hil_v2g_faulty_total", help: "V2G frames not understood", registers });
  const sessions = new Counter({ name: "ccs_hil_sessions_total", help: "Connections that were opened", registers });
  trace.onEvent((event) => {
    if (event.node !== "secc") return;
    if (event.type === "connection" && event.op === "open") sessions.inc();
    if (event.type !== "v2g") return;
    if (event.error !== undefined) undecodable.inc();
    else messages.inc({ name: event.name, dir: event.dir });
  });
}
