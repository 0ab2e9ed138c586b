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

const root = join(__dirname, "..", "..", "..");

/** Asks the station at its loopback interface, by a process in its namespace: there is no other way to it. */
export class HttpClient {
  private readonly asker: ChildProcess;
  private readonly waiting = new Map<number, (asked: Asked) => void>();
  private ids = 0;

  static async start(namespaces: Namespaces, role: string): Promise<HttpClient> {
    const words = ["-r", "ts-node/register", join(__dirname, "http-asker.ts")];
    const asker = namespaces.spawn(role, process.execPath, words, {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    return new HttpClient(asker);
  }

  private constructor(asker: ChildProcess) {
    this.asker = asker;
    asker.on("message", (message) => this.settle(message as Asked));
    asker.once("exit", () => {
      for (const id of [...this.waiting.keys()]) this.settle({ id, failed: "the process that asks has ended" });
    });
  }

  /** @throws Inconclusive when nobody answers */
  async ask(request: HttpRequest, port: number): Promise<HttpAnswer> {
    const id = ++this.ids;
    const asked = await new Promise<Asked>((resolve) => {
      this.waiting.set(id, resolve);
      if (!this.asker.connected) return this.settle({ id, failed: "the process that asks has ended" });
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
