import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { HttpAnswer, HttpRequest } from "../../../core/http";
import type { Namespaces } from "../../../drivers/linux/namespace";
import { Inconclusive } from "../judgement";

/** What the asker in the station's namespace is to do: a request, or to take what has come of an earlier one and leave. */
export type Asking =
  | { readonly id: number; readonly port: number; readonly request: HttpRequest }
  | { readonly id: number; readonly leave: number };

export interface Left {
  readonly body: string;
  readonly open: boolean;
}
export type Asked = { readonly id: number } & (Omit<HttpAnswer, "watch"> | Left | { readonly failed: string });

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
    const answer = await this.told<HttpAnswer>({ id, port, request });
    if (request.reads === undefined) return answer;
    return { ...answer, watch: { leave: () => this.told<Left>({ id: ++this.ids, leave: id }) } };
  }

  private async told<Answer>(asking: Asking): Promise<Answer> {
    const { id } = asking;
    const asked = await new Promise<Asked>((resolve) => {
      this.waiting.set(id, resolve);
      if (!this.asker.connected) return this.settle({ id, failed: `${gone} has gone` });
      this.asker.send(asking);
    });
    if ("failed" in asked) throw new Inconclusive(`the HTTP interface does not answer: ${asked.failed}`);
    const { id: _, ...answer } = asked;
    return answer as Answer;
  }

  private settle(asked: Asked): void {
    this.waiting.get(asked.id)?.(asked);
    this.waiting.delete(asked.id);
  }
}
