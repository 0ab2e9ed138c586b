import type { Machine } from "../../core/machine";

/**
 * Stops the tester's machine at an effect: the effect is held back and nothing more is stepped, so that a step can say what
 * happens instead. The side under test is never gated.
 */
export class Gate<State, Input, Effect extends { do: string }, Seen> {
  private stopAt: ((effect: Effect) => boolean) | undefined;
  private answerer: ((input: Input) => void) | undefined;
  private heldBack: Effect | undefined;
  private rest: readonly Effect[] = [];
  private owed: readonly Effect[] = [];
  private deafTo: (input: Input) => boolean = () => false;
  private alterations: ((effect: Effect) => readonly Effect[])[] = [];

  wrap(machine: Machine<State, Input, Effect, Seen>): Machine<State, Input, Effect, Seen> {
    return {
      start: (seen) => {
        const { state, effects } = machine.start(seen);
        return { state, effects: this.altered(effects) };
      },
      at: (state) => machine.at(state),
      step: (state, input, seen) => {
        if (this.heldBack) {
          this.answerer?.(input);
          return { state, effects: [] };
        }
        if (this.deafTo(input)) return { state, effects: [] };
        const step = machine.step(state, input, seen);
        const effects = [...this.owed, ...this.altered(step.effects)];
        this.owed = [];
        const index = effects.findIndex((effect) => this.stopAt?.(effect));
        if (index < 0) return { state: step.state, effects };
        this.heldBack = effects[index];
        this.rest = effects.slice(index + 1);
        return { state: step.state, effects: effects.slice(0, index) };
      },
    };
  }

  /** Stops before the next effect for which `stopAt` holds. */
  close(stopAt: (effect: Effect) => boolean): void {
    this.stopAt = stopAt;
  }

  /** Everything goes its way again; the effect that was held back is not made up for. */
  open(): void {
    this.stopAt = undefined;
    this.heldBack = undefined;
    this.rest = [];
    this.answerer = undefined;
  }

  /** As `open`, where the step has done what was held back: the machine does the rest of it with its next step. */
  goOn(): void {
    this.owed = this.rest;
    this.open();
  }

  /** From now on the machine does not hear such inputs. */
  ignore(deafTo: (input: Input) => boolean): void {
    this.deafTo = deafTo;
  }

  /** From now on the machine does something else, or nothing, in the place of an effect. */
  alter(change: (effect: Effect) => readonly Effect[]): void {
    this.alterations.push(change);
  }

  /** Nothing is altered any more. */
  straighten(): void {
    this.alterations = [];
  }

  private altered(effects: readonly Effect[]): readonly Effect[] {
    return this.alterations.reduce((list, change) => list.flatMap(change), effects);
  }

  /** What the stopped machine would have done; undefined while it runs. */
  get held(): Effect | undefined {
    return this.heldBack;
  }

  /** Called with every input while the machine stands still. */
  onInput(answerer: (input: Input) => void): void {
    this.answerer = answerer;
  }
}
