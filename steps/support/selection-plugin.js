"use strict";
// Cucumber imports its plugins as they are; the choice is made in TypeScript.
require("ts-node/register");
const { oneOfEachRule } = require("./selection.ts");

module.exports = {
  type: "plugin",
  coordinator: ({ transform }) => transform("pickles:filter", (cases) => oneOfEachRule(cases)),
};
