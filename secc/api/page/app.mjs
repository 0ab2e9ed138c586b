import { curves } from "/page/curves.mjs";
import { follow, post, token } from "/page/feed.mjs";
import { messages } from "/page/messages.mjs";

const $ = (selector) => document.querySelector(selector);
const put = (selector, text) => {
  const box = $(selector);
  if (box.textContent !== text) box.textContent = text;
};

const phases = [
  ["IDLE", "Idle"],
  ["HANDSHAKE", "Handshake"],
  ["CABLE_CHECK", "Cable check"],
  ["PRECHARGE", "Pre-charge"],
  ["CHARGING", "Charging"],
  ["COMPLETE", "Complete"],
];
const meanings = {
  A: "no vehicle",
  B: "connected",
  C: "ready",
  D: "ready, ventilated",
  E: "short to PE",
  F: "not available",
};

const list = messages($("#messages ol"), { polls: $("#polls"), follow: $("#follow") });
const plot = curves($("#plot"));
let faults = {};

/** Carries out an order; what the station says against it is shown. */
async function order(path, body) {
  // An answer that comes late must not hide what a later click was told.
  $("#problem").hidden = true;
  try {
    await post(path, body);
  } catch (error) {
    put("#problem", error.message);
    $("#problem").hidden = false;
  }
}

const heard = {
  hello: ({ limits, faults: known, points, news }) => {
    list.clear();
    plot.clear();
    plot.add(points);
    for (const [event, data] of news) list[event](data);
    $("[name=target_voltage]").max = limits.maximumVoltage;
    $("[name=initial_current]").max = limits.maximumCurrent;
    faults = known ?? {};
    simulation(known !== null);
  },
  live: (state) => {
    const soc = state.pilot.state === "A" ? null : state.live.bms.present_soc;
    if (last !== undefined) plot.add([[state.t, state.power.voltage, state.power.current, soc]]);
    last = state.t;
    figures(state);
    phase(state.status);
    match(state.live.slac, state.live.slac.state === "IDLE" ? [] : state.groups);
    past(state.sessions);
    for (const button of document.querySelectorAll("#fault-list button"))
      button.setAttribute("aria-pressed", String(state.faults.includes(button.value)));
    for (const button of document.querySelectorAll("#cp button"))
      button.setAttribute("aria-pressed", String(state.pilot.state === button.value));
  },
  message: list.message,
  note: list.note,
};
let last;

const fixed = (value, digits, unit) => (value == null ? "–" : `${value.toFixed(digits)} ${unit}`);

/** What a vehicle asked for before its session ended is not asked for any more. */
const asked = ({ session_active }, value, unit) =>
  session_active && value != null ? `asked for ${value.toFixed(0)} ${unit}` : "";

function figures({ status, live, pilot, power }) {
  const { bms, iso15118 } = live;
  put("#evse", iso15118.evse_id ?? "Station");
  put("#pilot", pilot.state);
  const duty = pilot.duty == null ? "" : pilot.duty === 100 ? "steady" : `${pilot.duty} %`;
  put("#pilot-more", [meanings[pilot.state], `${pilot.high.toFixed(1)} V`, duty].filter(Boolean).join(" · "));
  put("#voltage", fixed(power.voltage, 1, "V"));
  put("#current", fixed(power.current, 1, "A"));
  put("#target-voltage", asked(status, bms.target_voltage, "V"));
  put("#target-current", asked(status, bms.target_current, "A"));
  put("#power", fixed((power.voltage * power.current) / 1000, 1, "kW"));
  put("#energy", `${status.energy_Wh.toFixed(1)} Wh in ${status.time_s.toFixed(0)} s`);
  const gone = pilot.state === "A";
  put("#soc", gone || bms.present_soc == null ? "–" : `${bms.present_soc} %`);
  put("#evcc", gone || bms.evcc_id == null ? "no vehicle" : `EVCC ${bms.evcc_id}`);
  const open = power.voltage < 60 && !power.contactor;
  put("#outlet", power.contactor ? "Live" : open ? "Open" : "Draining");
  $("#outlet").classList.toggle("bad", power.contactor && pilot.state !== "C" && pilot.state !== "D");
  put("#outlet-more", `${power.locked ? "locked" : "unlocked"} · isolation ${power.isolation.toLowerCase()}`);
}

function phase({ phase: now, error }) {
  const steps =
    now === "ABORTED" ? [...phases.slice(0, -1), ["ABORTED", error ? `Aborted: ${error}` : "Aborted"]] : phases;
  const at = steps.findIndex(([name]) => name === now);
  const row = $("#phases ol");
  const text = `${now} ${error}`;
  if (row.dataset.now === text) return;
  row.dataset.now = text;
  row.replaceChildren(
    ...steps.map(([name, title], index) => {
      const item = document.createElement("li");
      item.textContent = title;
      if (index < at && now !== "ABORTED") item.className = "done";
      if (index === at) item.className = name === "ABORTED" ? "now bad" : "now";
      if (index === at) item.setAttribute("aria-current", "step");
      return item;
    }),
  );
}

function match({ state, ev_mac, nid, run_id, attenuation_db }, groups) {
  put("#slac-state", state.toLowerCase());
  $("#slac-state").classList.toggle("bad", state === "FAILED");
  const rows = {
    vehicle: ev_mac,
    NID: nid,
    RunID: run_id,
    attenuation: attenuation_db == null ? null : `${attenuation_db} dB`,
  };
  const text = JSON.stringify([rows, groups]);
  const box = $("#slac");
  if (box.dataset.now === text) return;
  box.dataset.now = text;
  box.replaceChildren(
    ...Object.entries(rows).map(([name, value]) => {
      const row = document.createElement("div");
      row.append(Object.assign(document.createElement("dt"), { textContent: name }));
      row.append(Object.assign(document.createElement("dd"), { textContent: value ?? "–" }));
      return row;
    }),
  );
  bars($("#groups"), groups);
}

/** Attenuation of each carrier group in dB. */
function bars(box, groups) {
  const space = "http://www.w3.org/2000/svg";
  const make = (name, attributes, text) => {
    const made = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    if (text) made.textContent = text;
    return made;
  };
  if (groups.length === 0) return void box.replaceChildren();
  const [width, height, left] = [Math.max(200, box.clientWidth), 84, 34];
  const top = Math.max(40, ...groups);
  const y = (value) => height - 14 - (value / top) * (height - 22);
  const step = (width - left) / groups.length;
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}` });
  for (const level of [0, Math.round(top / 2), top]) {
    svg.append(make("line", { x1: left, x2: width, y1: y(level), y2: y(level) }));
    svg.append(make("text", { x: 0, y: y(level) + 3 }, `${level} dB`));
  }
  groups.forEach((value, at) => {
    const bar = make("rect", { x: left + at * step + 1, width: step - 2, y: y(value), height: y(0) - y(value) });
    bar.append(make("title", {}, `group ${at + 1}: ${value} dB`));
    svg.append(bar);
  });
  svg.append(make("text", { x: left, y: height - 2 }, "group 1"));
  svg.append(make("text", { x: width, y: height - 2, "text-anchor": "end" }, `group ${groups.length}`));
  box.replaceChildren(svg);
}

function past(sessions) {
  const box = $("#past tbody");
  const text = JSON.stringify(sessions[0] ?? null) + sessions.length;
  if (box.dataset.now === text) return;
  box.dataset.now = text;
  $("#no-past").hidden = sessions.length > 0;
  box.replaceChildren(
    ...sessions.slice(0, 8).map(({ ended_at, ended_phase, error, energy_Wh, avg_voltage, avg_current, duration_s }) => {
      const row = document.createElement("tr");
      const cells = [
        new Date(ended_at).toTimeString().slice(0, 8),
        error ? `aborted: ${error}` : ended_phase.toLowerCase(),
        `${energy_Wh.toFixed(1)} Wh`,
        `${avg_voltage.toFixed(0)} V, ${avg_current.toFixed(1)} A`,
        `${duration_s.toFixed(1)} s`,
      ];
      for (const each of cells) row.append(Object.assign(document.createElement("td"), { textContent: each }));
      if (ended_phase === "ABORTED") row.children[1].className = "bad";
      return row;
    }),
  );
}

function simulation(there) {
  $("#vehicle").hidden = !there;
  $("#faults").hidden = !there;
  const button = (value, text, title, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", value, textContent: text, title });
    made.addEventListener("click", () => act(made));
    return made;
  };
  const cp = { A: "A unplug", B: "B plug in", C: "C", D: "D", E: "E short" };
  $("#cp").replaceChildren(
    ...Object.entries(cp).map(([state, text]) =>
      button(state, text, meanings[state], () => order("/control/cp_state", { state })),
    ),
  );
  $("#fault-list").replaceChildren(
    ...Object.entries(faults).map(([type, gist]) =>
      button(type, words(type), gist, (it) =>
        order(it.getAttribute("aria-pressed") === "true" ? "/fault/clear" : "/fault", { type }),
      ),
    ),
  );
}

/** `cpPeShort` as people write it: CP PE short. */
const words = (name) =>
  name
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\b(cp|pe|ev|evse|imd)\b/g, (letters) => letters.toUpperCase());

$("#start").addEventListener("submit", (event) => {
  event.preventDefault();
  const values = [...new FormData(event.target)].map(([name, value]) => [name, Number(value)]);
  void order("/start_session", Object.fromEntries(values));
});
$("#finish").addEventListener("click", () => order("/stop_session"));
$("#stop").addEventListener("click", () => order("/fault", { type: "E_STOP" }));
$("#mend").addEventListener("click", () => order("/fault/clear"));

async function state(now) {
  put("#connection", { connected: "live", lost: "no connection", refused: "a token is needed" }[now]);
  document.body.dataset.connection = now;
  if (now === "lost") last = undefined;
  if (now !== "refused") return;
  const box = $("#token");
  if (!box.open) box.showModal();
  await new Promise((resolve) => box.addEventListener("close", resolve, { once: true }));
  token.set(box.querySelector("input").value);
}

void follow((event, data) => heard[event]?.(data), state);
