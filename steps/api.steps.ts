import { type DataTable, Then, When } from "@cucumber/cucumber";
import type { Millis } from "../core/clock";
import { agrees, lookup, show } from "./support/fields";
import { recordAnswer, requestOf, watches } from "./support/http-requests";
import { Inconclusive } from "./support/judgement";
import type { HarnessWorld } from "./support/world";

/** Asks, as often as is said, one request after the other; the answers are in the trace. */
async function ask(world: HarnessWorld, method: string, path: string, table?: DataTable): Promise<void> {
  const rows = table?.rowsHash() ?? {};
  const { http, trace } = world.bench;
  if (!http) throw new Inconclusive("the bench has no way to the HTTP interface");
  const request = requestOf(method, path, rows);
  world.stimulate();
  for (let times = Number(rows.times ?? 1); times > 0; times--) {
    const { watch, status } = await http(request);
    if (!watch) continue;
    if (request.reads === "nothing") watches(world).push(watch);
    else {
      await world.pass(reading(rows.reads));
      recordAnswer(trace, request, { status, body: (await watch.leave()).body });
    }
  }
}

/** `for 2 s`. */
const reading = (text = ""): Millis => Number(/^for (\d+) s$/.exec(text)?.[1] ?? Number.NaN) * 1_000;

When("a client asks/asked {word} {word}", async function (this: HarnessWorld, method: string, path: string) {
  await ask(this, method, path);
});

When(
  "a client asks/asked {word} {word} with",
  async function (this: HarnessWorld, method: string, path: string, table: DataTable) {
    await ask(this, method, path, table);
  },
);

/** The last answer: of several requests it is the last one's. */
function answer(world: HarnessWorld) {
  const found = world.bench.trace.of("http").findLast(({ seq }) => seq >= world.mark);
  if (!found) throw new Inconclusive("nothing was asked");
  return found;
}

function judgeStatus(world: HarnessWorld, required: number): void {
  const { status, method, path, body } = answer(world);
  const measured = status === required ? String(status) : `${status}: ${body.slice(0, 120)}`;
  world.judge({
    text: `answer to ${method} ${path}`,
    required: String(required),
    measured,
    passed: status === required,
  });
}

Then("the answer is {int}", function (this: HarnessWorld, status: number) {
  judgeStatus(this, status);
});

Then("the answer is {int} with", function (this: HarnessWorld, status: number, table: DataTable) {
  judgeStatus(this, status);
  const fields = fieldsOf(answer(this).body);
  for (const [path, wanted] of Object.entries(table.rowsHash())) {
    const value = lookup(fields, path);
    this.judge({ text: path, required: wanted, measured: show(value), passed: agrees(value, wanted) });
  }
});

/** Of server-sent events the last of each name, by its name. */
function fieldsOf(body: string): object {
  const events = [...body.matchAll(/^event: (\w+)\ndata: (.*)$/gm)];
  try {
    if (events.length === 0) return JSON.parse(body) as object;
    return Object.fromEntries(events.map(([, name, data]) => [name, JSON.parse(String(data))]));
  } catch {
    return {};
  }
}
