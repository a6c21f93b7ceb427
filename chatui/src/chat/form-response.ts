import { words } from "../words/words.ts";
import type { CardField, FieldValue } from "./card-field.ts";

export type FieldValues = Record<string, FieldValue>;

/** What the fields hold before anybody touched them. */
export function firstValues(fields: readonly CardField[]): FieldValues {
  return Object.fromEntries(
    fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
}

/** What keeps a form from being sent, by field: JSON that is none, too few or too many ticks. */
export function problemsOf(fields: readonly CardField[], values: FieldValues): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((field): [string, string][] => {
      const problem = problemOf(field, values[field.name]);
      return problem === null ? [] : [[field.name, problem]];
    }),
  );
}

function problemOf({ type, required, min, max }: CardField, value: FieldValue | undefined): string | null {
  if (type === "json" && typeof value === "string" && value.trim() !== "" && parsed(value) === undefined)
    return words().notJson;
  if (type !== "multi_choice") return null;
  const ticked = Array.isArray(value) ? value.length : 0;
  const least = required ? Math.max(min ?? 1, 1) : ticked === 0 ? 0 : (min ?? 0);
  if (ticked < least) return words().atLeast(least);
  return max !== undefined && ticked > max ? words().atMost(max) : null;
}

/** The form's answer in the types its fields ask for. Empty optional fields are left out. */
export function formResponse(fields: readonly CardField[], values: FieldValues): Record<string, unknown> {
  const response: Record<string, unknown> = {};
  for (const field of fields) {
    const given = givenOf(field, values[field.name]);
    if (given === undefined) continue;
    const [outer = "", inner] = field.name.split(/\.(.*)/s);
    if (inner === undefined || inner === "") response[field.name] = given;
    else response[outer] = { ...(response[outer] as object | undefined), [inner]: given };
  }
  return response;
}

function givenOf({ type, required }: CardField, value: FieldValue | undefined): unknown {
  if (type === "boolean") return value === true;
  if (type === "multi_choice") {
    const ticked = Array.isArray(value) ? value : [];
    return ticked.length > 0 || required ? ticked : undefined;
  }
  if (typeof value !== "string" || value.trim() === "") return undefined;
  if (type === "json") return parsed(value);
  return type === "number" || type === "integer" ? Number(value) : value.trim();
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
