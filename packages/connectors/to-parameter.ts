import type { Parameter } from "#protocol/app-file/outside";

const MAX_DEPTH = 6;
const MAX_PROPERTIES = 60;
const FORMATS = new Set(["date", "date-time", "email", "uri", "uuid"]);
const NAME = /^[A-Za-z_$][\w$.-]{0,127}$/;
const PROTOTYPE_NAMES = new Set(["__proto__", "constructor", "prototype"]);

/** A document whose schemas are told. */
export type Source = {
  /** What a `$ref` means inside it, or undefined. */
  find: (ref: string) => unknown;
  /** Schemas that may still be looked at: a few lines that name each other could be told for ever. */
  left: number;
};

/**
 * Somebody else's JSON Schema as the part of it that tools use. Bounded in depth and width, so neither a cycle nor a
 * huge schema goes on; what has no counterpart (patterns, conditions) is left out, and unions become their first
 * part that can be told. Null when nothing can be told of it. Pure, does not throw.
 */
export function toParameter(schema: unknown, source: Source, depth = 0): Parameter | null {
  const it = resolved(schema, source);
  source.left -= 1;
  if (it === null || depth > MAX_DEPTH || source.left < 0) return null;
  const all = listOf(it.allOf);
  if (all.length > 0) return merged([{ ...it, allOf: undefined }, ...all], source, depth);
  const union = [...listOf(it.oneOf), ...listOf(it.anyOf)];
  if (union.length > 0 && typeof it.type !== "string") {
    const first = union.map((part) => toParameter(part, source, depth + 1)).find((part) => part !== null);
    return first ? { ...first, ...about(it) } : null;
  }
  const type = typeOf(it);
  if (type === null) return null;
  const base = { type, ...about(it) };
  if (type === "array") {
    const items = toParameter(it.items, source, depth + 1);
    return { ...base, ...(items ? { items } : {}), ...numbers(it, ["minItems", "maxItems"]) };
  }
  if (type === "object") return { ...base, ...objectOf(it, source, depth) };
  const values = scalars(it.enum).slice(0, 200);
  const [only] = scalars([it.const]);
  const examples = scalars([...listOf(it.examples), it.example]).slice(0, 5);
  const [initial] = scalars([it.default]);
  return {
    ...base,
    ...(only !== undefined ? { enum: [only] } : values.length > 0 ? { enum: values } : {}),
    ...(typeof it.format === "string" && FORMATS.has(it.format) ? { format: it.format } : {}),
    ...(examples.length > 0 ? { examples } : {}),
    ...(initial === undefined ? {} : { default: initial }),
    ...(type === "string" ? numbers(it, ["minLength", "maxLength"]) : numbers(it, ["minimum", "maximum"])),
  };
}

/** The properties of an object's schema, each that can be told, and which are required. */
export function objectOf(
  it: Readonly<Record<string, unknown>>,
  source: Source,
  depth = 0,
): { properties?: Record<string, Parameter>; required?: string[] } {
  const given = recordOf(it.properties) ?? {};
  const properties = Object.entries(given)
    .filter(([name]) => NAME.test(name) && !PROTOTYPE_NAMES.has(name))
    .slice(0, MAX_PROPERTIES)
    .flatMap(([name, schema]) => {
      const told =
        resolved(schema, source)?.readOnly === true ? null : toParameter(schema, source, depth + 1);
      return told ? [[name, told] as const] : [];
    });
  if (properties.length === 0) return {};
  const names = new Set(properties.map(([name]) => name));
  const required = listOf(it.required).filter(
    (name): name is string => typeof name === "string" && names.has(name),
  );
  return { properties: Object.fromEntries(properties), ...(required.length > 0 ? { required } : {}) };
}

/** An object, after its `$ref`s: at most a few in a row, so that a cycle ends. */
export function resolved(value: unknown, source: Source): Record<string, unknown> | null {
  let it = recordOf(value);
  for (let steps = 0; it && typeof it.$ref === "string"; steps += 1) {
    if (steps >= 8) return null;
    it = recordOf(source.find(it.$ref));
  }
  return it;
}

export function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text on one line, at most so long: descriptions of strangers steer models. */
export function line(value: unknown, most: number): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value
    .replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return text === "" ? undefined : text.slice(0, most);
}

function merged(parts: unknown[], source: Source, depth: number): Parameter | null {
  const told = parts.slice(0, 20).flatMap((part) => {
    const one = toParameter(part, source, depth + 1);
    return one ? [one] : [];
  });
  const [first] = told;
  if (!first) return null;
  const properties = Object.assign(Object.create(null), ...told.map((it) => it.properties ?? {}));
  const required = [...new Set(told.flatMap((it) => it.required ?? []))];
  const all: Parameter = Object.assign({}, ...told);
  return {
    ...all,
    ...(Object.keys(properties).length > 0 ? { type: "object", properties: { ...properties } } : {}),
    ...(required.length > 0 ? { required } : {}),
  };
}

function typeOf(it: Record<string, unknown>): Parameter["type"] | null {
  const types = Array.isArray(it.type) ? it.type : [it.type];
  for (const type of types)
    switch (type) {
      case "string":
      case "number":
      case "integer":
      case "boolean":
      case "array":
      case "object":
        return type;
    }
  if (recordOf(it.properties)) return "object";
  if (it.items !== undefined) return "array";
  return Array.isArray(it.enum) || it.const !== undefined ? "string" : null;
}

function about(it: Record<string, unknown>): { title?: string; description?: string } {
  const title = line(it.title, 120);
  const description = line(it.description, 400);
  return { ...(title ? { title } : {}), ...(description ? { description } : {}) };
}

function numbers<K extends string>(
  it: Record<string, unknown>,
  names: readonly K[],
): Partial<Record<K, number>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = it[name];
      const fits = typeof value === "number" && Number.isFinite(value);
      return fits && (!/Length|Items/.test(name) || (Number.isInteger(value) && value >= 0))
        ? [[name, value]]
        : [];
    }),
  ) as Partial<Record<K, number>>;
}

function scalars(value: unknown): (string | number | boolean)[] {
  return listOf(value).filter(
    (it): it is string | number | boolean =>
      (typeof it === "string" && it.length <= 500) || typeof it === "number" || typeof it === "boolean",
  );
}
