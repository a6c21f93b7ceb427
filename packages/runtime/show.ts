import type { Column } from "#protocol/app-file/table";

/** A value as a person reads it in a card or a sentence. */
export function show(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "object") return JSON.stringify(value);
  return stripInvisible(String(value));
}

/** A column's value as a person reads it: money with its currency, `$49.90`. */
export function showCell(value: unknown, column: Column | undefined, currency: string): string {
  if (column?.type !== "money" || typeof value !== "number") return show(value);
  return new Intl.NumberFormat("en-US", { style: "currency", currency }).format(value);
}

/** Fills `{name}` from own properties only; an unknown name stays as it is. Logic-less, so nothing can be injected. */
export function fillTemplate(template: string, values: Record<string, string>): string {
  return template.replace(/\{([a-z][a-z0-9_]*)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/** Drops control, zero-width and direction-changing characters, which could make a card lie (T28). */
function stripInvisible(text: string): string {
  return text.replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, "");
}
