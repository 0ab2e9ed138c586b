import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Node } from "./node";

const close = (a: number, b: number, relative: number, what: string): void =>
  assert.ok(Math.abs(a - b) <= relative * Math.max(1e-9, Math.abs(b)), `${what}: ${a}, not ${b}`);

test("a capacitor discharges into a resistor as exp(−t/RC)", () => {
  const node = new Node();
  node.volts = 400;
  node.set(500e-6, 1 / 600);
  for (let ms = 1; ms <= 1000; ms++) {
    node.step(0, 0.001);
    close(node.volts, 400 * Math.exp(-ms / 1000 / 0.3), 1e-9, `after ${ms} ms`);
  }
});

test("a constant current charges a capacitor by I t / C", () => {
  const node = new Node();
  node.set(500e-6, 1e-9);
  for (let ms = 0; ms < 100; ms++) node.step(0.25, 0.001);
  close(node.volts, (0.25 * 0.1) / 500e-6, 1e-6, "volts");
});

test("the current that was asked for brings the node to its target, from stiff to slow", () => {
  for (const siemens of [1e-9, 1e-5, 1, 20]) {
    const node = new Node();
    node.volts = 350;
    node.set(500e-6, siemens);
    node.step(node.needed(351, 0.001), 0.001);
    close(node.volts, 351, 1e-9, `${siemens} S`);
  }
});

/** The same equation in ten thousand small steps of the midpoint rule, without any closed form. */
function brute(farads: number, siemens: number, from: number, amperes: number, seconds: number) {
  const steps = 10_000;
  const dt = seconds / steps;
  let volts = from;
  let integral = 0;
  let square = 0;
  for (let at = 0; at < steps; at++) {
    const half = volts + ((amperes - siemens * volts) / farads) * (dt / 2);
    integral += half * dt;
    square += half * half * dt;
    volts += ((amperes - siemens * half) / farads) * dt;
  }
  return { volts, integral, square };
}

test("volts and integrals agree with a brute-force solution", () => {
  const figures = fc.record({
    volts: fc.double({ min: 1, max: 1000, noNaN: true }),
    amperes: fc.double({ min: 0, max: 200, noNaN: true }),
    // From far below to well above one time constant in the step, on both sides of the series' threshold.
    steepness: fc.double({ min: -5, max: 1, noNaN: true }),
    ms: fc.double({ min: 0.01, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(figures, ({ volts, amperes, steepness, ms }) => {
      const seconds = ms / 1000;
      const farads = 500e-6;
      const siemens = (10 ** steepness * farads) / seconds;
      const node = new Node();
      node.volts = volts;
      node.set(farads, siemens);
      node.step(amperes, seconds);
      const expected = brute(farads, siemens, volts, amperes, seconds);
      close(node.volts, expected.volts, 1e-5, "volts");
      close(node.integral, expected.integral, 1e-5, "∫ v");
      close(node.square, expected.square, 1e-5, "∫ v²");
    }),
    {
      numRuns: 50,
      // Just below the threshold of the series, where its terms weigh most.
      examples: [
        [{ volts: 1, amperes: 200, steepness: -3.001, ms: 1 }],
        [{ volts: 1, amperes: 200, steepness: -2.999, ms: 1 }],
      ],
    },
  );
});

test("one long step is the same as many short ones", () => {
  const long = new Node();
  const short = new Node();
  let integral = 0;
  for (const node of [long, short]) {
    node.volts = 500;
    node.set(3e-6, 1 / 5000);
  }
  long.step(0.01, 0.05);
  for (let at = 0; at < 50; at++) {
    short.step(0.01, 0.001);
    integral += short.integral;
  }
  close(short.volts, long.volts, 1e-9, "volts");
  close(integral, long.integral, 1e-9, "∫ v");
});
