/**
 * Script of report pages, without which they can still be read: it unpacks evidence when it is asked for, and filters the list of
 * scenarios. Evidence lies in the page as gzip in base64, so that a page of many hundred scenarios stays small.
 */
export const pageScript = `"use strict";
const unpack = async (source) => {
  const octets = Uint8Array.from(atob(source.textContent.trim()), (c) => c.charCodeAt(0));
  return new Response(new Blob([octets]).stream().pipeThrough(new DecompressionStream("gzip"))).blob();
};
const show = async (box, source, button) => {
  for (const other of box.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
  const view = box.querySelector(".view");
  const text = await (await unpack(source)).text();
  if (source.dataset.type === "image/svg+xml") view.innerHTML = text;
  else { const pre = document.createElement("pre"); pre.textContent = text; view.replaceChildren(pre); }
};
const save = async (source) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([await unpack(source)], { type: source.dataset.type }));
  link.download = source.dataset.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
const open = (box) => {
  if (box.dataset.open) return;
  box.dataset.open = "1";
  const tabs = box.querySelector(".tabs");
  let first;
  for (const source of box.querySelectorAll("script")) {
    const button = document.createElement("button");
    button.type = "button";
    if (source.dataset.label) {
      button.textContent = source.dataset.label;
      button.onclick = () => show(box, source, button);
      first ??= button;
    } else {
      button.textContent = "↓ " + source.dataset.name;
      button.dataset.get = "1";
      button.onclick = () => save(source);
    }
    tabs.append(button);
  }
  return first?.onclick();
};
const reveal = (node) => Promise.all([...node.querySelectorAll(":scope > div > .ev")].map(open));
document.addEventListener("toggle", (event) => { if (event.target.open) reveal(event.target); }, true);
const target = () => {
  const node = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (node && node.tagName === "DETAILS") node.open = true;
  if (node) node.scrollIntoView();
};
addEventListener("hashchange", target);
Promise.all([...document.querySelectorAll("details[open]")].map(reveal)).then(target);
const words = document.querySelector("#words");
if (words) {
  const rows = [...document.querySelectorAll(".s")].map((row) => ({ row, text: row.dataset.text.toLowerCase() }));
  const groups = [...document.querySelectorAll(".group")].reverse();
  const chosen = new Set();
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      const fits = (chosen.size === 0 || chosen.has(row.dataset.v)) && wanted.every((word) => text.includes(word));
      row.hidden = !fits;
      if (fits) shown++;
    }
    for (const group of groups) group.hidden = !group.querySelector(".s:not([hidden])");
    document.querySelector("#shown").textContent = shown + " of " + rows.length;
  };
  words.oninput = apply;
  for (const button of document.querySelectorAll(".filter button")) button.onclick = () => {
    const pressed = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(pressed));
    chosen[pressed ? "add" : "delete"](button.dataset.v);
    apply();
  };
  apply();
}`;
