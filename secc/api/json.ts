/** A body that is not taken; `status` is 400 for text that is no JSON of ours, 422 for values that no JSON can have. */
export class BodyFault extends Error {
  readonly statusCode: 400 | 422;

  constructor(statusCode: 400 | 422, text: string) {
    super(text);
    this.statusCode = statusCode;
  }
}

const deepest = 16;
const poison = new Set(["__proto__", "constructor", "prototype"]);

/** One object or list that is open; the names in an object so far. */
interface Open {
  readonly names: Set<string> | undefined;
  /** A string that comes next is a name. */
  naming: boolean;
}

/** A string without an end goes to the end of the text: whoever looks for the end of each quote in it looks for seconds. */
const token = /"(?:[^"\\]|\\.|\\$)*(?:"|$)|[{}[\],:]|-?Infinity|NaN/gs;

/**
 * JSON as `JSON.parse` reads it, and no deeper than 16, without a name twice in an object, and without names that reach for
 * prototypes (AP02).
 * @throws BodyFault
 */
export function strictJson(text: string): unknown {
  const open: Open[] = [];
  let notANumber = false;
  for (const [found] of text.matchAll(token)) {
    const inner = open.at(-1);
    if (found === "{" || found === "[") {
      open.push({ names: found === "{" ? new Set() : undefined, naming: found === "{" });
      if (open.length > deepest) throw new BodyFault(400, `deeper than ${deepest}`);
    } else if (found === "}" || found === "]") open.pop();
    else if (found === "," || found === ":") {
      if (inner) inner.naming = found === "," && inner.names !== undefined;
    } else if (!found.startsWith('"')) notANumber = true;
    else if (inner?.names && inner.naming) note(inner.names, found);
  }
  if (notANumber) throw new BodyFault(422, "NaN and Infinity are no values");
  return parsed(text);
}

function note(names: Set<string>, quoted: string): void {
  const name = String(parsed(quoted));
  if (poison.has(name)) throw new BodyFault(400, `"${name}" is no name here`);
  if (names.has(name)) throw new BodyFault(400, "a name stands twice in one object");
  names.add(name);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BodyFault(400, "the body is not JSON");
  }
}
