import { fork } from "node:child_process";
import { loadavg } from "node:os";
import { Rig } from "../steps/support/veth/rig";
import { root } from "./files";
import { type Failure, failureOf, now, open, session, tellFailures } from "./veth-session";

/** How long each worker begins sessions, in ms. */
const duration = 40_000;

/** What one worker has seen. */
interface Report {
  readonly done: number;
  /** In ms, up to the end of its last session. */
  readonly took: number;
  readonly failures: readonly Failure[];
}

/**
 * Sessions that so many workers complete, each with namespaces, modem, plant and station of its own: a table, and why sessions failed.
 * @returns how many failed
 */
export async function throughput(crews: readonly number[]): Promise<number> {
  console.log(`\nthroughput: each worker begins sessions for ${duration / 1000} s, a new station each time`);
  row("workers", "complete", "failed", "a second", "to the first", "load");
  const failures: Failure[] = [];
  let first: number | undefined;
  for (const workers of crews) {
    const reports = await Promise.all(Array.from({ length: workers }, (_, index) => report(index)));
    const rate = reports.reduce((sum, { done, took }) => sum + (done / took) * 1000, 0);
    first ??= rate;
    const done = reports.reduce((sum, it) => sum + it.done, 0);
    const failed = reports.flatMap((it) => it.failures);
    row(
      workers,
      done,
      failed.length,
      rate.toFixed(2),
      first > 0 ? `${(rate / first).toFixed(2)} ×` : "-",
      (loadavg()[0] ?? 0).toFixed(1),
    );
    failures.push(...failed);
  }
  tellFailures(failures);
  return failures.length;
}

const row = (...columns: readonly (string | number)[]): void =>
  console.log(`  ${columns.map((it) => String(it).padStart(14)).join("")}`);

/** One worker's; one that says nothing has failed. */
function report(index: number): Promise<Report> {
  const worker = fork(__filename, {
    cwd: root,
    execArgv: ["-r", "ts-node/register"],
    env: { ...process.env, CUCUMBER_WORKER_ID: `bench${index}` },
  });
  return new Promise((resolve) => {
    worker.once("message", (message) => resolve(message as Report));
    worker.once("exit", (code, signal) =>
      resolve({ done: 0, took: duration, failures: [{ because: `a worker has ended with ${signal ?? code}` }] }),
    );
  });
}

async function work(): Promise<void> {
  // Nobody is left who would read what it finds.
  process.once("disconnect", () => process.exit(1));
  // Why there is no rig is told by the first session.
  await Rig.ofThisWorker().catch(() => undefined);
  const began = now();
  const failures: Failure[] = [];
  let done = 0;
  while (now() < began + duration) {
    try {
      const { bench } = await open();
      await session(bench).finally(() => bench.close());
      done++;
    } catch (error) {
      // Where nothing can be opened, not as fast as this machine can find that out.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      failures.push(failureOf(error as Error));
    }
  }
  const took = now() - began;
  await Rig.endAll();
  process.send?.({ done, took, failures } satisfies Report, () => process.exit(0));
}

if (require.main === module) void work();
