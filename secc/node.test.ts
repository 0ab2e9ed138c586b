import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Listeners } from "../core/listeners";
import type { Stream } from "../core/network";
import type { PilotReading } from "../core/pilot";
import type { PowerReading } from "../core/power";
import { Trace } from "../core/trace";
import { defaultConfig } from "./config";
import { StationNode } from "./node";
import { powerOff } from "./power-off.contract";

/** Ports on which nothing happens by itself. */
function ports() {
  const frames = new Listeners<[Uint8Array]>();
  const states = new Listeners<[boolean]>();
  const pilot = new Listeners<[PilotReading]>();
  const power = new Listeners<[PowerReading]>();
  const vacant: PilotReading = { state: "A", high: 12, low: 12 };
  const nothing = (): void => undefined;
  const endpoint = { address: "fe80::1", port: 1 };
  const closing = { local: endpoint, close: nothing, send: nothing };
  let accept: (stream: Stream) => void = nothing;
  const listen = (_: number, accepting: typeof accept) => {
    accept = accepting;
    return closing;
  };
  return {
    tell: () => {
      frames.tell(new Uint8Array(60));
      states.tell(true);
      pilot.tell({ state: "B", high: 9, low: -12 });
      power.tell(powerOff);
    },
    world: {
      clock: { now: () => 0, after: () => nothing },
      entropy: { bytes: (length: number) => new Uint8Array(length) },
      trace: new Trace(() => 0),
      link: {
        mac: Uint8Array.of(2, 0, 0, 0, 0, 1),
        send: nothing,
        close: nothing,
        onFrame: (listener: (frame: Uint8Array) => void) => frames.add(listener),
        onState: (listener: (up: boolean) => void) => states.add(listener),
      },
      network: { address: "fe80::1", datagrams: () => closing, listen, connect: () => nothing },
      pilot: { drive: nothing, read: () => vacant, onChange: (hear: (it: PilotReading) => void) => pilot.add(hear) },
      power: {
        supply: nothing,
        contactor: nothing,
        measureIsolation: nothing,
        lock: nothing,
        read: () => powerOff,
        onChange: (hear: (it: PowerReading) => void) => power.add(hear),
      },
    },
    /** A vehicle connects; the stream may be collected as soon as nobody holds it. */
    connect: (): WeakRef<Stream> => {
      const silent = { send: nothing, onBytes: nothing, onClose: nothing, reading: nothing, close: nothing };
      const stream: Stream = { local: endpoint, peer: endpoint, secure: false, ...silent };
      accept(stream);
      return new WeakRef(stream);
    },
    listening: () => [frames, states, pilot, power].map(({ size }) => size),
  };
}

test("a station that was killed is gone from its ports", () => {
  const { tell, world, listening } = ports();
  const station = new StationNode(world, defaultConfig);
  assert.deepEqual(listening(), [1, 1, 1, 1]);
  station.kill();
  assert.deepEqual(listening(), [0, 0, 0, 0]);
  const before = world.trace.events.length;
  tell();
  assert.equal(world.trace.events.length, before);
});

test("who connects out of turn is let go, and forgotten", async () => {
  const { world, connect } = ports();
  const station = new StationNode({ ...world, trace: new Trace(() => 0, 0) }, defaultConfig);
  const refused = Array.from({ length: 100 }, connect);
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // What a weak reference has been asked for stays until the turn is over.
  await new Promise(setImmediate);
  collect();
  assert.equal(refused.filter((stream) => stream.deref()).length, 0);
  assert.equal(station.state.at, "AwaitVehicle");
});
