/**
 * Colours of drawn reports as custom properties, for light and dark. Drawings name only these, so that one set serves a page with many
 * drawings as well as a drawing on its own.
 */
const light = {
  paper: "#ffffff",
  panel: "#f5f6f8",
  ink: "#1b2330",
  muted: "#667085",
  rule: "#dde1e7",
  mme: "#7a4fc4",
  sdp: "#0c8579",
  v2g: "#2360c5",
  good: "#177245",
  bad: "#c4261d",
  "bad-panel": "#fdecea",
  warn: "#a85b00",
  "warn-panel": "#fdf3e0",
  stimulus: "#9a2f8f",
  "pilot-a": "#b3bac4",
  "pilot-b": "#e5a50a",
  "pilot-c": "#2f9e58",
  "pilot-d": "#1591b0",
  "pilot-e": "#c4261d",
  "pilot-f": "#7d1611",
  outlet: "#2360c5",
  inlet: "#5b9bf0",
  battery: "#8a6d3b",
  current: "#d1510c",
  soc: "#177245",
} as const;

const dark: Record<keyof typeof light, string> = {
  paper: "#14181f",
  panel: "#1d232c",
  ink: "#e6e9ee",
  muted: "#98a2b3",
  rule: "#323a46",
  mme: "#b294f2",
  sdp: "#4cc9b8",
  v2g: "#79aaff",
  good: "#5fcf93",
  bad: "#ff8a80",
  "bad-panel": "#3a1c1c",
  warn: "#f2b35e",
  "warn-panel": "#35280f",
  stimulus: "#e58ad8",
  "pilot-a": "#697382",
  "pilot-b": "#e5b53a",
  "pilot-c": "#4bbf78",
  "pilot-d": "#46b6d2",
  "pilot-e": "#ff7466",
  "pilot-f": "#b8453b",
  outlet: "#79aaff",
  inlet: "#4672b8",
  battery: "#c9a96a",
  current: "#ff9a5c",
  soc: "#5fcf93",
};

const declared = (colours: Record<string, string>): string =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(";");

export type Colour = keyof typeof light;

export const colour = (name: Colour): string => `var(--${name})`;

/** Fonts of the reader's own system; nothing is loaded. */
export const sans = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';
export const mono = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace';

/** Style rules that declare the colours on `selector`; paper is always printed light. */
export const palette = (selector: string): string =>
  `${selector}{${declared(light)}}@media (prefers-color-scheme:dark){@media screen{${selector}{${declared(dark)}}}}`;
