const PLACEHOLDER = /\{([a-z][a-z0-9_]{0,62})\}/g;

export type Args = Readonly<Record<string, unknown>>;

/** Names of the arguments that a text asks for. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? "");
}

/** The names in every text of a JSON value. */
export function placeholdersIn(value: unknown): string[] {
  if (typeof value === "string") return placeholders(value);
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(placeholdersIn);
}

/**
 * Fills `{name}` with arguments, each as `write` spells it; null when all it asks for is absent. Logic-less: what
 * an argument holds is never read as a template, and only own properties are looked up (T42).
 */
export function fillText(text: string, args: Args, write: (value: string) => string = plain): string | null {
  const asked = placeholders(text);
  if (asked.length > 0 && asked.every((name) => argument(args, name) === undefined)) return null;
  return text.replace(PLACEHOLDER, (_, name: string) => {
    const value = argument(args, name);
    return value === undefined ? "" : write(spell(value));
  });
}

/** A JSON value with its texts filled. `"{name}"` alone becomes the argument itself; an absent one takes its property along. */
export function fillJson(value: unknown, args: Args): unknown {
  if (typeof value === "string") {
    const [, whole] = /^\{([a-z][a-z0-9_]{0,62})\}$/.exec(value) ?? [];
    return whole === undefined ? (fillText(value, args) ?? undefined) : argument(args, whole);
  }
  if (Array.isArray(value)) return value.map((it) => fillJson(it, args)).filter((it) => it !== undefined);
  if (typeof value !== "object" || value === null) return value;
  const filled = Object.entries(value).map(([name, it]) => [name, fillJson(it, args)] as const);
  return Object.fromEntries(filled.filter(([, it]) => it !== undefined));
}

function argument(args: Args, name: string): unknown {
  const value = Object.hasOwn(args, name) ? args[name] : undefined;
  return value === null ? undefined : value;
}

function spell(value: unknown): string {
  if (Array.isArray(value)) return value.map(spell).join(",");
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.toWellFormed();
}

function plain(value: string): string {
  return value;
}
