import { createHash } from "node:crypto";
import type { Verdict } from "../core";
import { pageScript } from "./page-script";
import { pageStyle } from "./page-style";
import { markup } from "./svg";

/** Part of a page that is already markup, not text. */
export interface Html {
  readonly html: string;
}

/** Markup with everything inserted escaped, except what is markup itself; lists are joined, nothing is left out where nothing is meant. */
export function html(parts: TemplateStringsArray, ...values: readonly Insert[]): Html {
  return { html: parts.map((part, index) => part + (index < values.length ? inserted(values[index]) : "")).join("") };
}

type Insert = Html | string | number | undefined | false | readonly Insert[];

function inserted(value: Insert): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "string" || typeof value === "number") return markup(String(value));
  return "html" in value ? value.html : value.map(inserted).join("");
}

export const raw = (content: string): Html => ({ html: content });

export const chip = (verdict: Verdict | "not covered"): Html =>
  html`<span class="v v-${verdict.replaceAll(" ", "-")}">${verdict}</span>`;

/** Id of an element, or the target of a link, from anything. */
export const anchor = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, "-");

/** A page of its own that asks the network for nothing: the policy forbids it, whatever the page holds. */
export function page(title: string, body: Html): string {
  const hash = createHash("sha256").update(pageScript).digest("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${markup(title)}</title><link rel="icon" href="data:,"><style>${pageStyle}</style></head>
<body>${body.html}<script>${pageScript}</script></body></html>
`;
}
