import { NotApplicable } from "./judgement";
import { HarnessWorld, NoBenchYet } from "./world";

type Definition = (this: unknown, ...args: unknown[]) => unknown;

/** What every step and hook is wrapped in. */
export const asStep = (definition: Definition): Definition => orSkipped(whenBuilt(definition));

/**
 * Steps take the bench as something that stands, while building one may take seconds and has to wait for the settings of the steps before:
 * the first step that asks for it is stopped there, and called again when it stands. A step is over when what it asked of others is done.
 */
function whenBuilt(definition: Definition): Definition {
  return async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    const world = this instanceof HarnessWorld ? this : undefined;
    const perform = async (): Promise<unknown> => {
      const result = await definition.apply(this, args);
      await world?.settled();
      return result;
    };
    try {
      return await perform();
    } catch (error) {
      if (!(error instanceof NoBenchYet && world)) throw error;
      await world.build();
      return perform();
    }
  };
}

/** A scenario that turns out not to be applicable is left out from there on, with the reason. */
function orSkipped(definition: Definition): Definition {
  return async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    try {
      return await definition.apply(this, args);
    } catch (error) {
      if (!(error instanceof NotApplicable && this instanceof HarnessWorld)) throw error;
      this.reason = error.message;
      return "skipped";
    }
  };
}
