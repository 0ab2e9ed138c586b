"use strict";
// Cucumber imports its formatters as they are; this one is TypeScript.
require("ts-node/register");
module.exports = require("./allure-reporter.ts").default;
