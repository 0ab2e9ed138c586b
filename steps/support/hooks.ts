import { After, Before, setDefaultTimeout, setWorldConstructor } from "@cucumber/cucumber";
import type { HarnessWorld } from "./world";
import { HarnessWorld as World } from "./world";

setWorldConstructor(World);
// Every wait has its own limit in the bench's time; cucumber's wall clock has no say.
setDefaultTimeout(-1);

Before(function (this: HarnessWorld, { pickle }) {
  const tags = pickle.tags.map(({ name }) => name);
  this.sut = tags.includes("@sut-evcc") ? "evcc" : "secc";
  this.requirements = tags.filter((tag) => /^@(V2G|IEC|HIL-|ISO)/.test(tag)).map((tag) => tag.slice(1));
});

After(function (this: HarnessWorld) {
  this.trace?.record("bench", { type: "log", level: "info", text: `verdict: ${this.verdict}` });
});
