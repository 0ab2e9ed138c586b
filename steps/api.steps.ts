import { type DataTable, Then, When } from "@cucumber/cucumber";
import { agrees, lookup, show } from "./support/fields";
import { requestOf } from "./support/http-requests";
import { Inconclusive } from "./support/judgement";
import type { HarnessWorld } from "./support/world";

/** Asks, as often as is said, one request after the other; the answers are in the trace. */
async function ask(world: HarnessWorld, method: string, path: string, table?: DataTable): Promise<void> {
  const rows = table?.rowsHash() ?? {};
  const { http } = world.bench;
  if (!http) throw new Inconclusive("the bench has no way to the HTTP interface");
  world.stimulate();
  for (let times = Number(rows.times ?? 1); times > 0; times--) await http(requestOf(method, path, rows));
}

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

function fieldsOf(body: string): object {
  try {
    return JSON.parse(body) as object;
  } catch {
    return {};
  }
}
