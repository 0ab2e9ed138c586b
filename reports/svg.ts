import { type Colour, colour, palette, sans } from "./theme";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for HTML and SVG; control characters, which XML forbids, become spaces. */
export const markup = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (each) => (each === "\n" || each === "\t" ? each : " "))
    .replace(/[&<>"']/g, (each) => entities[each]!);

export interface TextStyle {
  readonly fill?: Colour;
  readonly size?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
}

const number = (value: number): string => String(Math.round(value * 10) / 10);

export function text(x: number, y: number, content: string, style: TextStyle = {}): string {
  const { fill = "ink", size = 12, anchor = "start", bold = false } = style;
  const look = `${size === 12 ? "" : ` font-size="${size}"`}${anchor === "start" ? "" : ` text-anchor="${anchor}"`}`;
  const weight = bold ? ' font-weight="600"' : "";
  return `<text x="${number(x)}" y="${number(y)}" fill="${colour(fill)}"${look}${weight}>${markup(content)}</text>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, stroke: Colour, more = ""): string {
  const ends = `x1="${number(x1)}" y1="${number(y1)}" x2="${number(x2)}" y2="${number(y2)}"`;
  return `<line ${ends} stroke="${colour(stroke)}"${more ? ` ${more}` : ""}/>`;
}

export function rect(x: number, y: number, width: number, height: number, fill: Colour, more = ""): string {
  const place = `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
  return `<rect ${place} fill="${colour(fill)}"${more ? ` ${more}` : ""}/>`;
}

export const path = (d: string, more: string): string => `<path d="${d}" ${more}/>`;

export const point = (x: number, y: number): string => `${number(x)} ${number(y)}`;

/** Pixels that a text takes, about and rather too many; fonts differ. */
export const widthOf = (content: string, size = 12, bold = false): number =>
  content.length * size * (bold ? 0.64 : 0.6);

/** As much of a text as fits into `width` pixels. */
export function fit(content: string, width: number, size = 12): string {
  const room = Math.max(1, Math.floor(width / widthOf("n", size)));
  return content.length <= room ? content : `${content.slice(0, room - 1)}…`;
}

/** A text in lines of at most `width` pixels, the last one cut if there would be more than `most`. */
export function wrap(content: string, width: number, size = 12, most = 3): string[] {
  const room = Math.max(8, Math.floor(width / widthOf("n", size)));
  const lines: string[] = [];
  let rest = content;
  while (rest.length > room && lines.length < most - 1) {
    const space = rest.lastIndexOf(" ", room);
    const end = space > room / 2 ? space : room;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, fit(rest, width, size)];
}

/** What most elements of a chart look like; the long form at each of them would be most of its octets. */
const classes = [
  `.fr-name{font-weight:600;fill:${colour("ink")}}`,
  `.fr-fields{font-size:11px;fill:${colour("muted")}}.fr-bad{font-size:11px;fill:${colour("bad")}}`,
  ...(["mme", "sdp", "v2g", "bad"] as const).map(
    (name) => `.arrow-${name}{stroke:${colour(name)};fill:${colour(name)}}`,
  ),
].join("");

/** A whole drawing: no scripts, no foreign fonts, colours for light and dark. */
export function drawing(width: number, height: number, title: string, body: string): string {
  const style = `<style>${palette("svg")}${classes}</style>${rect(0, 0, width, height, "paper")}`;
  const size = `viewBox="0 0 ${width} ${Math.ceil(height)}" width="${width}" height="${Math.ceil(height)}"`;
  const font = `font-family='${sans}' font-size="12" style="font-variant-numeric:tabular-nums"`;
  const name = `role="img" aria-label="${markup(title)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${name} ${font}>${style}${body}</svg>`;
}
