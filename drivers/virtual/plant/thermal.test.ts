import assert from "node:assert/strict";
import { test } from "node:test";
import { plantBench } from "./bench";

test("a contact warms towards ambient + I²·R·Rth with its time constant, and cools again", () => {
  const { plant, wait, charge } = plantBench({ battery: { wattHours: 600_000 } });
  charge(200);
  const { ambientCelsius, kelvinPerWatt, joulesPerKelvin } = plant.config.contacts;
  const rise = 200 ** 2 * plant.config.path.contactOhms * kelvinPerWatt;
  const tau = kelvinPerWatt * joulesPerKelvin;
  wait(tau * 1000);
  const expected = ambientCelsius + rise * (1 - Math.exp(-1));
  assert.ok(
    Math.abs(plant.powerPath.read().temperatures[0] - expected) < 0.5,
    `${plant.powerPath.read().temperatures}`,
  );
  const hot = plant.powerPath.read().temperatures[0];
  plant.powerPath.supply("off");
  plant.inlet.contactor(false);
  wait(tau * 1000);
  const cooled = ambientCelsius + (hot - ambientCelsius) * Math.exp(-1);
  assert.ok(Math.abs(plant.powerPath.read().temperatures[0] - cooled) < 0.5);
});

test("a bad contact gets hot under load while the other does not, and is reported once", () => {
  const { plant, wait, charge } = plantBench();
  const reported: string[] = [];
  plant.powerPath.onChange((_, fault) => fault && reported.push(fault));
  charge(100);
  plant.fault("hotContact", { contact: 1, ohms: 0.02 });
  wait(120_000);
  const [good, bad] = plant.powerPath.read().temperatures;
  assert.ok(good < 40 && bad > 90, `${good} °C, ${bad} °C`);
  assert.deepEqual(reported, ["OverTemperature"]);
});

test("a sensor shows what the fault says; too hot is reported again only after it was below 50 °C", () => {
  const { plant, wait } = plantBench();
  const reported: string[] = [];
  plant.powerPath.onChange((_, fault) => fault && reported.push(fault));
  for (const celsius of [89, 90, 80, 95, 49, 91]) {
    plant.fault("contactTemperature", { contact: 0, celsius });
    wait(10);
    assert.equal(plant.powerPath.read().temperatures[0], celsius);
  }
  assert.deepEqual(reported, ["OverTemperature", "OverTemperature"]);
});
