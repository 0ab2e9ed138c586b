/** A value as an indented tree, one field a line; for people, not for programs. */
export function tree(name: string, value: unknown): string {
  return lines(name, value, "").join("\n");
}

function lines(name: string, value: unknown, indent: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => lines(`${name}[${index}]`, item, indent));
  if (typeof value !== "object" || value === null) return [`${indent}${name}: ${value}`];
  const fields = Object.entries(value);
  if (fields.length === 0) return [`${indent}${name}: (empty)`];
  if (fields.length <= 4 && fields.every(([, field]) => short(field)))
    return [`${indent}${name}: ${fields.map(([key, field]) => `${key} ${field}`).join(", ")}`];
  return [`${indent}${name}`, ...fields.flatMap(([key, field]) => lines(key, field, `${indent}  `))];
}

/** Fits beside others on a line. */
const short = (field: unknown): boolean => typeof field !== "object" && String(field).length <= 24;
