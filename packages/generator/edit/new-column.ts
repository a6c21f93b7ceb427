import type { Column } from "#protocol/app-file/table";
import { capital, snake } from "../brief/words.ts";

type Guess = { type: Column["type"]; examples?: (string | number)[] };

const GUESSES: readonly [RegExp, Guess][] = [
  [/\be-?mail\b/, { type: "email", examples: ["kim@example.com"] }],
  [/\b(phone|mobile|telephone)\b/, { type: "text", examples: ["+1 555 0100"] }],
  [/\b(date|day|birthday|deadline|due)\b|\bon$/, { type: "date", examples: ["2030-05-14"] }],
  [/\b(price|amount|cost|budget|fee|salary|total|deposit|tip)\b/, { type: "money", examples: [25] }],
  [/\b(count|quantity|number of|how many|age|guests|people|pieces)\b/, { type: "integer", examples: [2] }],
  [/\b(weight|height|length|width|distance|rating|score)\b/, { type: "number", examples: [3] }],
  [/^(whether|is |has |needs |wants )/, { type: "boolean" }],
  [/\baddress\b/, { type: "text", examples: ["12 Elm Street"] }],
  [/\bsize\b/, { type: "text", examples: ["Medium"] }],
  [/\bcolou?r\b/, { type: "text", examples: ["Blue"] }],
];
const KINDS: Record<string, Column["type"]> = {
  text: "text",
  date: "date",
  number: "number",
  integer: "integer",
  "whole number": "integer",
  "yes/no": "boolean",
  boolean: "boolean",
  email: "email",
  money: "money",
};

/** A column from how a person named it: `phone number`; `kind`: as they said it (`date`); `values`: its choices. */
export function newColumn(
  said: string,
  it: { kind?: string | undefined; values?: readonly string[]; required: boolean },
): { name: string; column: Column } | null {
  const phrase = said
    .replace(/^(?:the|a|an|their|his|her)\s+/i, "")
    .replace(/["“”'‘’]/g, "")
    .trim();
  const name = snake(phrase);
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name) || phrase.split(/\s+/).length > 5) return null;
  const title = capital(phrase.toLowerCase()).slice(0, 80);
  const base = { title, description: `${title}, as the person says it.`, required: it.required };
  if (it.values && it.values.length > 0)
    return { name, column: { type: "enum", ...base, values: [...it.values] } };
  const guess = GUESSES.find(([words]) => words.test(phrase.toLowerCase()))?.[1];
  const kind = it.kind ? KINDS[it.kind.toLowerCase()] : undefined;
  if (kind && kind !== guess?.type) return { name, column: { type: kind, ...base } };
  return {
    name,
    column: {
      type: guess?.type ?? "text",
      ...base,
      ...(guess?.examples ? { examples: guess.examples } : {}),
    },
  };
}

/** A value that fits a column, for sample rows and conversations. */
export function exampleOf(column: Column): string | number | boolean {
  const [first] = column.examples ?? column.values ?? [];
  if (first !== undefined) return first;
  switch (column.type) {
    case "integer":
    case "number":
    case "money":
      return 2;
    case "boolean":
      return true;
    case "date":
      return "2030-05-14";
    case "datetime":
      return "2030-05-14T09:00:00Z";
    case "email":
      return "kim@example.com";
    default:
      return `Some ${(column.title ?? "text").toLowerCase()}`;
  }
}
