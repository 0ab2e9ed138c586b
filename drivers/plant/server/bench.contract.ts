import { VirtualClock } from "../../virtual/clock";
import { SeededEntropy } from "../../virtual/entropy";
import type { PlantOptions } from "../../virtual/plant";
import type { Json, Role } from "../protocol";
import type { Client } from "./client";
import { PlantServer } from "./server";

/** A client of the protocol without a socket, and all that it was told. */
export class Speaker {
  readonly heard: Json[] = [];
  cut: string | undefined;
  readonly client: Client;
  private id = 0;

  constructor(server: PlantServer, role: Role) {
    const send = (line: string): void => void this.heard.push(JSON.parse(line) as Json);
    this.client = server.connect(role, {
      send,
      cut: (why) => {
        this.cut = why;
      },
    });
  }

  say(line: string | Json): void {
    this.client.receive(typeof line === "string" ? line : JSON.stringify(line));
  }

  /** Its answer, or undefined when that comes later: see `answerTo`. */
  ask(method: string, params?: Json): Json | undefined {
    this.say({ type: "req", id: ++this.id, method, ...(params && { params }) });
    return this.answerTo(this.id);
  }

  /** Result of a request, `{code, message}` of a refusal. */
  answerTo(id = this.id): Json | undefined {
    const answer = this.heard.find((line) => line.type === "res" && line.id === id);
    return (answer?.error ?? answer?.result) as Json | undefined;
  }

  /** Results of the events of this name, in order. */
  events(name: string): Json[] {
    return this.heard.filter((line) => line.method === name).map((line) => line.result as Json);
  }

  /** Sends a pilot command; answers the line that came in return. */
  command(cmd: string, args: Json = {}): Json {
    const before = this.heard.length;
    this.say({ cmd, ...args });
    return this.heard.slice(before).find((line) => line.type !== "evt") ?? {};
  }

  forget(): void {
    this.heard.length = 0;
  }
}

/** The plant protocol on a virtual clock. */
export function protocolBench(config?: PlantOptions) {
  const clock = new VirtualClock();
  const server = new PlantServer({
    clock,
    originNs: 42n,
    entropy: (seed) => new SeededEntropy(seed),
    ...(config && { config }),
  });
  const speakers: Speaker[] = [];
  const join = (role: Role): Speaker => {
    const speaker = new Speaker(server, role);
    speakers.push(speaker);
    return speaker;
  };
  return {
    clock,
    server,
    join,
    /** Lets time pass while everybody who is there keeps alive. */
    wait(ms: number, alive: readonly Speaker[] = speakers): void {
      for (let left = ms; left > 0; left -= 500) {
        for (const speaker of alive) if (server.clients.has(speaker.client)) speaker.ask("sys.ping");
        clock.advance(Math.min(500, left));
      }
    },
  };
}
