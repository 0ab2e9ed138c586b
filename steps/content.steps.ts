import { Then } from "@cucumber/cucumber";
import { type Content, judgeContent } from "./support/content";
import type { HarnessWorld } from "./support/world";

Then("all that the {side} says {content}", function (this: HarnessWorld, _side: string, content: Content) {
  judgeContent(this, content);
});
