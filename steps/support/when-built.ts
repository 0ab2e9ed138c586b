import { HarnessWorld, NoBenchYet } from "./world";

type Definition = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Steps take the bench as something that stands, while building one may take seconds and has to wait for the settings of the steps before:
 * the first step that asks for it is stopped there, and called again when it stands.
 */
export function whenBuilt(definition: Definition): Definition {
  return async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    try {
      return await definition.apply(this, args);
    } catch (error) {
      if (!(error instanceof NoBenchYet && this instanceof HarnessWorld)) throw error;
      await this.build();
      return definition.apply(this, args);
    }
  };
}
