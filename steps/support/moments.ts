import * as view from "./power-view";
import type { HarnessWorld } from "./world";

type Moment = ReturnType<typeof view.moments>[number];

/** Each time that the moment came has to be right, and it has to have come. */
export function judgeMoments(
  world: HarnessWorld,
  name: string,
  required: string,
  look: (at: Moment) => [string, boolean],
): void {
  const found = view.moments(world, name);
  const seen = found.map(look);
  const wrong = seen.find(([, right]) => !right);
  world.judge({
    text: `when ${name}`,
    required,
    measured: found.length === 0 ? "it did not come to that" : ((wrong ?? seen[0])?.[0] ?? ""),
    passed: found.length > 0 && !wrong,
    silent: found.length === 0,
  });
}
