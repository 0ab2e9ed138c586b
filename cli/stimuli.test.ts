import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { EnvironmentError } from "../drivers/linux/environment";
import { serveStimuli } from "./stimuli";

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-stimuli-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const refused = (path: string, pattern: RegExp): Promise<void> =>
  assert.rejects(
    serveStimuli(path, ["stop"], () => undefined),
    (error: unknown) => error instanceof EnvironmentError && pattern.test(error.message),
  );

test("a word is done and answered, anything else is refused; the socket is the owner's alone", async (context) => {
  const path = join(folderOf(context), "socket");
  const done: string[] = [];
  context.after(await serveStimuli(path, ["stop", "reset"], (name) => done.push(name)));
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const socket = connect(path);
  context.after(() => socket.destroy());
  let answers = "";
  socket.on("data", (bytes) => {
    answers += bytes;
  });
  socket.write('{"stimulus":"reset"}\n{"stimulus":"go"}\nnull\nnonsense\n');
  while (answers.split("\n").length < 5) await once(socket, "data");
  assert.deepEqual(done, ["reset"]);
  const refusal = '{"ok":false,"error":"\\"stimulus\\" is one of stop, reset"}';
  assert.equal(answers, `{"ok":true}\n${refusal}\n${refusal}\n{"ok":false,"error":"not a JSON object"}\n`);
});

test("a file given by mistake is left alone", async (context) => {
  const path = join(folderOf(context), "notes.txt");
  writeFileSync(path, "precious");
  await refused(path, /cannot listen on .*: there is a file that is no socket/);
  assert.equal(readFileSync(path, "utf8"), "precious");
});

test("who is there already keeps the socket", async (context) => {
  const path = join(folderOf(context), "socket");
  context.after(await serveStimuli(path, ["stop"], () => undefined));
  await refused(path, /another station or car is running there/);
  const socket = connect(path);
  context.after(() => socket.destroy());
  socket.write('{"stimulus":"stop"}\n');
  assert.equal(String(((await once(socket, "data")) as [Buffer])[0]), '{"ok":true}\n');
});
