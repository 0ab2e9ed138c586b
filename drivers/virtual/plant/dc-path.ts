import type { Battery } from "./battery";
import type { PlantConfig } from "./config";
import type { ActiveFaults } from "./faults";
import { Node } from "./node";
import { Supply } from "./supply";

/** Joules since the start, for the balance: what the supply gave is delivered, stored or lost, and so on down to the battery. */
export interface Ledger {
  supplied: number;
  /** Through the outlet into the cable, as the meter counts. */
  delivered: number;
  /** Into the battery's open-circuit voltage. */
  battery: number;
  /** In all resistances, the short circuit, and where capacitors meet. */
  lost: number;
}

/** Below this nothing moves any more. */
const negligibleVolts = 0.05;
/** Siemens of a node that nothing discharges. */
const leak = 1e-9;

/**
 * The circuit from the converter to the battery: output capacitor, output diode, station contactor, outlet and cable, inlet,
 * car contactor, battery. Between two changes of the topology every node is one capacitor with one conductance, so each
 * step is the exact solution, however stiff the circuit is; charges and energies are integrated exactly as well.
 */
export class DcPath {
  readonly supply: Supply;
  readonly ledger: Ledger = { supplied: 0, delivered: 0, battery: 0, lost: 0 };
  /** Amperes through the outlet, and into the battery. */
  current = 0;
  batteryCurrent = 0;
  /** ∫ i² dt through the connector since `takeSquares`, A²s. */
  private squares = 0;
  private evse = false;
  private ev = false;
  private plugged = false;
  private discharge = true;
  private shortSiemens = 0;
  private extraOhms = 0;
  /** The output capacitor, the outlet, and the inlet while it is not plugged in. */
  private readonly near = new Node();
  private readonly far = new Node();
  private readonly stub = new Node();
  /** Capacitor and outlet while the diode conducts. */
  private readonly whole = new Node();
  private joined = false;
  private drains = true;
  // Conductances and capacitance of the present topology.
  private nearSiemens = 0;
  private farSiemens = 0;
  private bleedSiemens = 0;
  /** From the outlet, and from the inlet of an unplugged car, to the battery. */
  private branchSiemens = 0;
  private stubSiemens = 0;
  private farFarads = 0;

  private readonly config: PlantConfig;
  private readonly battery: Battery;

  constructor(config: PlantConfig, battery: Battery) {
    this.config = config;
    this.battery = battery;
    this.supply = new Supply(config.supply);
    this.refresh();
  }

  setEvse(closed: boolean): void {
    this.evse = closed;
    this.rewire();
  }

  setEv(closed: boolean): void {
    this.ev = closed;
    this.rewire();
  }

  setPlugged(plugged: boolean): void {
    if (plugged === this.plugged) return;
    const { outletFarads, inletFarads } = this.config.path;
    if (!plugged) this.stub.volts = this.outlet;
    else this.setOutlet(this.meet(outletFarads, this.outlet, inletFarads, this.stub.volts));
    this.plugged = plugged;
    this.rewire();
  }

  /** Defects of the circuit itself. */
  setFlaws({ shortCircuit, dischargeLost, hotContact }: ActiveFaults): void {
    this.shortSiemens = shortCircuit ? 1 / shortCircuit.ohms : 0;
    this.discharge = !dischargeLost;
    this.extraOhms = hotContact?.ohms ?? 0;
    this.rewire();
  }

  /** The supply was switched. */
  switched(): void {
    this.rewire();
  }

  /** Volts over the supply's output capacitor. */
  get capacitor(): number {
    return this.joined ? this.whole.volts : this.near.volts;
  }

  get outlet(): number {
    return this.joined ? this.whole.volts : this.far.volts;
  }

  /** Volts at the car's inlet, before its contactor. */
  get inlet(): number {
    if (!this.plugged) return this.stub.volts;
    return this.outlet - this.batteryCurrent * this.cableOhms;
  }

  /** Volts at the battery's terminals. */
  get terminal(): number {
    return this.battery.volts + this.batteryCurrent * this.config.battery.ohms;
  }

  /** Joules in the capacitors. */
  get stored(): number {
    const { supply, path } = this.config;
    const stub = this.plugged ? 0 : 0.5 * path.inletFarads * this.stub.volts ** 2;
    return 0.5 * supply.farads * this.capacitor ** 2 + 0.5 * this.farFarads * this.outlet ** 2 + stub;
  }

  /** Nothing changes any more, or only by exponentials towards where it nearly stands. */
  get quiet(): boolean {
    if (this.supply.active || (!this.plugged && moves(this.stub))) return false;
    return this.joined ? !moves(this.whole) : !moves(this.near) && !moves(this.far);
  }

  takeSquares(): number {
    const squares = this.squares;
    this.squares = 0;
    return squares;
  }

  /** One step: of at most a millisecond while not `quiet`, of any length otherwise. */
  step(seconds: number): void {
    this.supply.ramp(seconds);
    if (this.supply.discharges(this.capacitor) !== this.drains) this.refresh();
    this.meetAtDiode();
    if (!this.joined || !this.stepJoined(seconds)) this.stepApart(seconds);
    if (this.plugged) return;
    this.stub.step(this.stubSiemens * this.battery.volts, seconds);
    this.book(this.stub, 1 / this.config.path.inletBleedOhms, this.stubSiemens, seconds);
  }

  private get cableOhms(): number {
    const { cableOhms, contactOhms } = this.config.path;
    return cableOhms + 2 * contactOhms + this.extraOhms;
  }

  /** Answers false when the diode would have to carry current backwards: then it blocks, and nothing has moved. */
  private stepJoined(seconds: number): boolean {
    const { whole, supply, battery } = this;
    const injected = this.branchSiemens * battery.volts;
    const given = supply.regulate(whole.needed(supply.reference, seconds) - injected, whole.volts);
    this.observeJoined(given);
    if (this.current < 0) {
      this.part();
      return false;
    }
    whole.step(given + injected, seconds);
    this.observeJoined(given);
    const share = this.farFarads / (this.farFarads + this.config.supply.farads);
    const factor = this.farSiemens - share * (this.farSiemens + this.nearSiemens);
    const offset = share * (given + injected) - injected;
    this.squares += factor ** 2 * whole.square + 2 * factor * offset * whole.integral + offset ** 2 * seconds;
    this.ledger.supplied += given * whole.integral;
    this.ledger.delivered += factor * whole.square + offset * whole.integral;
    this.ledger.lost += this.nearSiemens * whole.square;
    this.book(whole, this.bleedSiemens, this.branchSiemens, seconds);
    return true;
  }

  private stepApart(seconds: number): void {
    const { near, far, supply, battery } = this;
    const given = supply.active ? supply.regulate(near.needed(supply.reference, seconds), near.volts) : 0;
    near.step(given, seconds);
    this.ledger.supplied += given * near.integral;
    this.ledger.lost += this.nearSiemens * near.square;
    far.step(this.branchSiemens * battery.volts, seconds);
    this.book(far, this.bleedSiemens, this.branchSiemens, seconds);
    this.observeApart();
    if (near.volts < 0.001 && given === 0) near.volts = 0;
    if (far.volts < 0.001 && this.branchSiemens === 0) far.volts = 0;
  }

  /** What the conductances of a node and the battery behind its branch took during its last step. */
  private book(node: Node, bleed: number, branch: number, seconds: number): void {
    const { ledger, battery } = this;
    ledger.lost += bleed * node.square;
    if (branch === 0) return;
    const volts = battery.volts;
    const charge = branch * (node.integral - volts * seconds);
    ledger.lost += branch * (node.square - 2 * volts * node.integral + volts * volts * seconds);
    ledger.battery += volts * charge;
    battery.take(charge);
  }

  /** Currents at this instant: what the outlet draws, and the share of the current that charges its capacitance. */
  private observeJoined(given: number): void {
    const { whole, battery, branchSiemens, farFarads } = this;
    const injected = branchSiemens * battery.volts;
    const charging = given + injected - (this.farSiemens + this.nearSiemens) * whole.volts;
    const share = farFarads / (farFarads + this.config.supply.farads);
    this.current = this.farSiemens * whole.volts - injected + share * charging;
    this.observeBattery();
    whole.observe(given + injected);
  }

  private observeApart(): void {
    this.current = 0;
    this.observeBattery();
  }

  private observeBattery(): void {
    const volts = this.plugged ? this.outlet : this.stub.volts;
    this.batteryCurrent = (this.branchSiemens + this.stubSiemens) * (volts - this.battery.volts);
  }

  /** Two capacitors are connected: charge stays, energy is lost. */
  private meet(aFarads: number, aVolts: number, bFarads: number, bVolts: number): number {
    this.ledger.lost += (0.5 * aFarads * bFarads * (aVolts - bVolts) ** 2) / (aFarads + bFarads);
    return (aFarads * aVolts + bFarads * bVolts) / (aFarads + bFarads);
  }

  private setOutlet(volts: number): void {
    if (this.joined) this.whole.volts = volts;
    else this.far.volts = volts;
  }

  /** The diode blocks, or the contactor opens. */
  private part(): void {
    this.near.volts = this.far.volts = this.whole.volts;
    this.joined = false;
  }

  private meetAtDiode(): void {
    if (!this.evse || this.joined || this.near.volts <= this.far.volts) return;
    const before = this.far.volts;
    this.whole.volts = this.meet(this.config.supply.farads, this.near.volts, this.farFarads, before);
    this.ledger.delivered += 0.5 * this.farFarads * (this.whole.volts ** 2 - before ** 2);
    this.joined = true;
  }

  /** After a change of the topology; shows the currents of this very instant, so an inrush can be seen. */
  private rewire(): void {
    if (this.joined && !this.evse) this.part();
    this.refresh();
    this.meetAtDiode();
    this.near.observe(this.supply.amperes);
    this.far.observe(this.branchSiemens * this.battery.volts);
    this.stub.observe(this.stubSiemens * this.battery.volts);
    if (this.joined) this.observeJoined(this.supply.amperes);
    if (this.joined && this.current < 0) this.part();
    if (!this.joined) this.observeApart();
  }

  private refresh(): void {
    const { path, supply, battery } = this.config;
    const idle = !this.supply.on || !this.evse;
    this.drains = this.supply.discharges(this.capacitor);
    this.nearSiemens = this.discharge ? 1 / (this.drains ? supply.dischargeOhms : supply.bleedOhms) : leak;
    const bleed = this.discharge ? 1 / path.bleedOhms + (idle ? 1 / path.dischargeOhms : 0) : leak;
    this.bleedSiemens = bleed + this.shortSiemens;
    this.branchSiemens = this.ev && this.plugged ? 1 / (this.cableOhms + battery.ohms) : 0;
    this.stubSiemens = this.ev && !this.plugged ? 1 / battery.ohms : 0;
    this.farSiemens = this.bleedSiemens + this.branchSiemens;
    this.farFarads = path.outletFarads + (this.plugged ? path.inletFarads : 0);
    this.near.set(supply.farads, this.nearSiemens);
    this.far.set(this.farFarads, this.farSiemens);
    this.whole.set(supply.farads + this.farFarads, this.nearSiemens + this.farSiemens);
    this.stub.set(path.inletFarads, 1 / path.inletBleedOhms + this.stubSiemens);
  }
}

const moves = (node: Node): boolean => node.volts > negligibleVolts && Math.abs(node.slope) > 1;
