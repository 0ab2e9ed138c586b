/** Requests to the station, and what it tells: server-sent events by `fetch`, because an EventSource cannot bear a token. */

const key = "ccs-hil-token";

export const token = {
  get: () => sessionStorage.getItem(key) ?? "",
  set: (text) => sessionStorage.setItem(key, text),
};

const authorization = () => (token.get() ? { authorization: `Bearer ${token.get()}` } : {});

/** @throws Error with the station's own words */
export async function post(path, body = {}) {
  const headers = { "content-type": "application/json", ...authorization() };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.message ?? `status ${answer.status}`);
  return said;
}

/** Follows the station for ever; `state` is told "connected", "lost" or "refused", `heard` each event by name. */
export async function follow(heard, state) {
  for (;;) {
    try {
      const answer = await fetch("/events", { headers: authorization() });
      if (answer.status === 401 || answer.status === 403) await state("refused");
      else if (answer.ok) {
        await state("connected");
        await read(answer.body.pipeThrough(new TextDecoderStream()).getReader(), heard);
      }
    } catch {
      // The station is away: it is tried again.
    }
    await state("lost");
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function read(reader, heard) {
  let text = "";
  for (let got = await reader.read(); !got.done; got = await reader.read()) {
    text += got.value;
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/s.exec(event) ?? [];
      if (name) heard(name, JSON.parse(data));
    }
  }
}
