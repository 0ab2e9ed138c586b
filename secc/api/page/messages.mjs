/** The sequence of messages as it happens; a pair that only repeats is counted at its first. */

const most = 300;
const repeats = /^(Authorization|CableCheck|PreCharge|CurrentDemand|WeldingDetection)Re[qs]$/;
const told = [
  "ResponseCode",
  "EVSEProcessing",
  "ChargeProgress",
  "EVTargetVoltage",
  "EVTargetCurrent",
  "EVSEPresentVoltage",
  "EVSEPresentCurrent",
  "RunID",
];

export function messages(list, { polls, follow }) {
  const counts = new Map();
  const append = (item) => {
    list.append(item);
    while (list.children.length > most) list.firstElementChild.remove();
    if (follow.checked) list.scrollTop = list.scrollHeight;
  };
  polls.addEventListener("change", () => counts.clear());
  return {
    clear: () => {
      list.replaceChildren();
      counts.clear();
    },
    message: (event) => {
      const known = counts.get(event.name);
      const same = repeats.test(event.name) && event.fields?.EVSEProcessing !== "Finished" && !event.error;
      if (!polls.checked && same && known) {
        known.times.textContent = ` × ${++known.count}`;
        known.show(event);
        return;
      }
      if (!same) counts.clear();
      const made = row(event);
      if (same) counts.set(event.name, made);
      append(made.item);
    },
    note: ({ time, level, text, fields }) => {
      const item = element("li");
      const line = element("div", `note ${level}`);
      const values = Object.entries(fields ?? {}).map(([name, value]) => `${name}=${plain(value)}`);
      line.append(clock(time), element("span", "way", "•"), element("span", "", [text, ...values].join("  ")));
      item.append(line);
      append(item);
    },
  };
}

function row(event) {
  const item = element("li");
  const details = element("details");
  const summary = element("summary");
  const times = element("span", "quiet");
  const name = element("span", event.error ? "wrong" : "", event.name);
  const gist = element("span", "gist");
  const pre = element("pre");
  const way = event.dir === "rx" ? ["→", "from the vehicle"] : ["←", "from the station"];
  const arrow = element("span", `way ${event.dir}`, way[0]);
  arrow.title = way[1];
  summary.append(clock(event.time), arrow, name, times, gist);
  details.append(summary, pre);
  item.append(details);
  const show = ({ fields, error }) => {
    gist.textContent = error ?? gistOf(fields ?? {});
    pre.textContent = tree(fields ?? {});
  };
  show(event);
  return { item, times, show, count: 1 };
}

const gistOf = (fields) =>
  told
    .filter((name) => name in fields && fields[name] !== "OK")
    .map((name) => plain(fields[name]))
    .join("  ");

const physical = (value) => typeof value === "object" && value !== null && "Multiplier" in value && "Value" in value;
const plain = (value) =>
  physical(value)
    ? `${+(value.Value * 10 ** value.Multiplier).toFixed(2)} ${value.Unit ?? ""}`.trim()
    : typeof value === "object"
      ? JSON.stringify(value)
      : typeof value === "number"
        ? String(+value.toFixed(2))
        : String(value);

/** Fields as an indented tree. */
function tree(value, indent = "") {
  return Object.entries(value)
    .map(([name, inner]) => {
      if (typeof inner !== "object" || inner === null || physical(inner)) return `${indent}${name}: ${plain(inner)}`;
      if (Array.isArray(inner) && inner.every((each) => typeof each !== "object"))
        return `${indent}${name}: ${inner.join(" ")}`;
      return `${indent}${name}\n${tree(inner, `${indent}  `)}`;
    })
    .join("\n");
}

function clock(time) {
  const made = element("time", "", new Date(time).toTimeString().slice(0, 8));
  made.dateTime = time;
  return made;
}

function element(name, kind = "", text = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (text) made.textContent = text;
  return made;
}
