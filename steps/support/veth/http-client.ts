import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { HttpAnswer, HttpRequest } from "../../../core/http";
import type { Namespaces } from "../../../drivers/linux/namespace";
import { Inconclusive } from "../judgement";

/** One request for the asker in the station's namespace, and what came of it. */
export interface Asking {
  readonly id: number;
  readonly port: number;
  readonly request: HttpRequest;
}
export type Asked = { readonly id: number } & (HttpAnswer | { readonly failed: string });

const gone = "the tester's HTTP client";
const root = join(__dirname, "..", "..", "..");

/** Asks the station at its loopback interface, by a process in its namespace: there is no other way to it. */
export class HttpClient {
  private readonly asker: ChildProcess;
  private readonly waiting = new Map<number, (asked: Asked) => void>();
  private ids = 0;

  /** @param lost told when its process has gone: from then on nobody can ask */
  constructor(namespaces: Pick<Namespaces, "spawn">, role: string, lost: (what: string) => void) {
    const words = ["-r", "ts-node/register", join(__dirname, "http-asker.ts")];
    this.asker = namespaces.spawn(role, process.execPath, words, {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.asker.on("message", (message) => this.settle(message as Asked));
    const end = (): void => {
      for (const id of [...this.waiting.keys()]) this.settle({ id, failed: `${gone} has gone` });
      lost(gone);
    };
    this.asker.once("exit", end);
    this.asker.once("error", end);
  }

  /** @throws Inconclusive when nobody answers */
  async ask(request: HttpRequest, port: number): Promise<HttpAnswer> {
    const id = ++this.ids;
    const asked = await new Promise<Asked>((resolve) => {
      this.waiting.set(id, resolve);
      if (!this.asker.connected) return this.settle({ id, failed: `${gone} has gone` });
      this.asker.send({ id, port, request } satisfies Asking);
    });
    if ("failed" in asked) throw new Inconclusive(`the HTTP interface does not answer: ${asked.failed}`);
    const { status, body } = asked;
    return { status, body };
  }

  private settle(asked: Asked): void {
    this.waiting.get(asked.id)?.(asked);
    this.waiting.delete(asked.id);
  }
}
