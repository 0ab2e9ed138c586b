import type { Machine } from "../../core/machine";

/**
 * Stops the tester's machine at an effect: the effect is held back and nothing more is stepped, so that a step can say what
 * happens instead. The side under test is never gated.
 */
export class Gate<State, Input, Effect extends { do: string }, Seen> {
  private stopAt: ((effect: Effect) => boolean) | undefined;
  private answerer: ((input: Input) => void) | undefined;
  private heldBack: Effect | undefined;

  wrap(machine: Machine<State, Input, Effect, Seen>): Machine<State, Input, Effect, Seen> {
    return {
      start: (seen) => machine.start(seen),
      at: (state) => machine.at(state),
      step: (state, input, seen) => {
        if (this.heldBack) {
          this.answerer?.(input);
          return { state, effects: [] };
        }
        const step = machine.step(state, input, seen);
        const index = step.effects.findIndex((effect) => this.stopAt?.(effect));
        if (index < 0) return step;
        this.heldBack = step.effects[index];
        return { state: step.state, effects: step.effects.slice(0, index) };
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
    this.answerer = undefined;
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
