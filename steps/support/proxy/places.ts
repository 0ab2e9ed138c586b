import { supportedAppProtocolReq, supportedAppProtocolRes } from "../../../protocol/app-protocol";
import { MessageHeaderType, messages } from "../../../protocol/iso15118-2";
import { type AnyType, type ComplexType, defaultOf, type Element, type Particle } from "../../../protocol/schema";
import type { V2gMessage } from "../../../protocol/v2g";
import { isPhysical } from "../fields";

const declarations: Readonly<Record<string, Element>> = {
  supportedAppProtocolReq,
  supportedAppProtocolRes,
  ...messages,
};

/** A field of a message as its declaration and its value have it. */
export interface Place {
  /** `DC_EVSEStatus.EVSENotification`, `Header.SessionID`; of a list's entries the first: `Service[0].ServiceID`. */
  readonly path: string;
  readonly owner: object;
  readonly key: string;
  readonly type: AnyType;
  readonly optional: boolean;
  readonly most: number | undefined;
  readonly list?: { readonly min: number; readonly max: number };
  /** Undefined where it is absent. */
  readonly value: unknown;
  readonly usual: () => unknown;
}

/** Every field that a message has, or could have. Signatures are left out: nothing here is signed. */
export function placesOf({ name, header, body }: V2gMessage): Place[] {
  const { type } = declarations[name] as Element;
  const inHeader = header ? placesIn(header, MessageHeaderType as ComplexType, "Header.") : [];
  return [...inHeader.filter(({ key }) => key !== "Signature"), ...placesIn(body, type as ComplexType, "")];
}

function placesIn(owner: object, type: ComplexType, prefix: string): Place[] {
  return type.content.flatMap((particle) => placesAt(owner, particle, prefix));
}

function placesAt(owner: object, particle: Particle, prefix: string): Place[] {
  switch (particle.kind) {
    case "element":
      return placeOf(owner, particle.element, particle, prefix);
    case "sequence":
    case "choice":
      return particle.particles.flatMap((inner) => placesAt(owner, inner, prefix));
    case "substitution":
      return particle.members
        .filter(({ name }) => Object.hasOwn(owner, name))
        .flatMap((member) => placeOf(owner, member, particle, prefix));
    case "any":
      return [];
  }
}

function placeOf(owner: object, element: Element, particle: Particle, prefix: string): Place[] {
  const { name: key, type } = element;
  const { min, max, example } = particle;
  const path = `${prefix}${key}`;
  const value = (owner as Record<string, unknown>)[key];
  const usual = (): unknown => {
    const one = example ?? defaultOf(element);
    return max > 1 ? [one] : one;
  };
  const most = type.kind === "integer" && type.max !== undefined ? Number(type.max) : undefined;
  const list = max > 1 ? { list: { min, max } } : {};
  const place: Place = { path, owner, key, type, optional: min === 0, most, ...list, value, usual };
  if (value === undefined) return [place];
  const [inner, at] = Array.isArray(value) ? [value[0], `${path}[0]`] : [value, path];
  if (type.kind !== "complex") return Array.isArray(value) ? [place, entryOf(value, type, at)] : [place];
  return isPhysical(inner) ? [place] : [place, ...placesIn(inner as object, type, `${at}.`)];
}

const entryOf = (owner: unknown[], type: AnyType, path: string): Place => ({
  path,
  owner,
  key: "0",
  type,
  optional: false,
  most: undefined,
  value: owner[0],
  usual: () => owner[0],
});
