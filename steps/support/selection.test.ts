import assert from "node:assert/strict";
import { test } from "node:test";
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from "@cucumber/gherkin";
import { IdGenerator } from "@cucumber/messages";
import { oneOfEachRule } from "./selection";

const text = `
Feature: f
  Scenario: without a rule
    Given a
  Rule: first
    Scenario Outline: <n>
      Given a
      Examples:
        | n |
        | 1 |
        | 2 |
    Scenario: another
      Given a
  Rule: second
    @boundary
    Scenario: just before
      Given a
    @boundary
    Scenario Outline: after <n>
      Given a
      Examples:
        | n |
        | 1 |
        | 2 |
    Scenario: long after
      Given a
`;

test("a rule is tried once, a limit from both sides", () => {
  const newId = IdGenerator.incrementing();
  const gherkinDocument = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher()).parse(text);
  const pickles = compile(gherkinDocument, "f.feature", newId);
  const kept = oneOfEachRule(pickles.map((pickle) => ({ pickle, gherkinDocument })));
  assert.deepEqual(
    kept.map(({ pickle }) => pickle.name),
    ["without a rule", "1", "just before", "after 1"],
  );
});
