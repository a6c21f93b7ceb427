import { LIMITS } from "#base/limits";
import type { Variable } from "#protocol/app-file/variable";
import type { WorkflowFile } from "#protocol/app-file/workflow";
import { show } from "./show.ts";

/** A chat's variables: workflow (`*` for shared ones) → name → JSON value. Plain JSON, a row of the chat. */
export type Vars = Record<string, Record<string, unknown>>;
type Holder = { vars?: Vars };

const SHARED = "*";

/** What a workflow sees: its declared variables, each with its value, default or null. Nothing else is there (T42). */
export function readVars(holder: Holder, file: WorkflowFile): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null);
  for (const [name, variable] of Object.entries(file.variables ?? {})) {
    const kept = own(own(holder.vars ?? {}, placeOf(file, variable)), name);
    values[name] = kept !== undefined && misfit(variable, kept) === null ? kept : (variable.default ?? null);
  }
  return values;
}

/**
 * Writes one, if `writer` (an agent, a tool, or `*client`) is declared for it and the value fits.
 * @returns what is wrong, as a sentence, or null
 */
export function writeVar(
  holder: Holder,
  file: WorkflowFile,
  writer: string,
  name: string,
  value: unknown,
): string | null {
  const variable = own(file.variables, name);
  const may = writer === CLIENT ? variable?.from_client : variable?.writers.includes(writer);
  if (!variable || !may) return `There is no "${name}" that can be written here.`;
  const problem = misfit(variable, value);
  if (problem) return `${name} ${problem}.`;
  holder.vars ??= {};
  const place = placeOf(file, variable);
  const before = own(holder.vars, place);
  holder.vars[place] = { ...before, [name]: value };
  return null;
}

/** The writer that a client's `context` is. */
export const CLIENT = "*client";

/** Takes what a client said with a message: only what is declared for it and fits; the rest is passed over. */
export function takeContext(holder: Holder, file: WorkflowFile, context: unknown): void {
  if (typeof context !== "object" || context === null) return;
  for (const [name, value] of Object.entries(context)) writeVar(holder, file, CLIENT, name, value);
}

/** Names of the variables somebody may write. */
export function writableBy(file: WorkflowFile, writer: string): string[] {
  return Object.entries(file.variables ?? {})
    .filter(([, { writers }]) => writers.includes(writer))
    .map(([name]) => name);
}

/** Variables as CEL sees them: integers as bigint. */
export function celVars(values: Record<string, unknown>, file: WorkflowFile): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(file.variables ?? {}).map(([name, { type }]) => {
      const value = values[name];
      return [name, type === "integer" && typeof value === "number" ? BigInt(value) : value];
    }),
  );
}

/** Fills `{vars.name}`, once and from declared variables only; each value on one line, so that it reads as a value. */
export function fillVars(text: string, values: Record<string, unknown>): string {
  return text.replace(/\{vars\.([a-z][a-z0-9_]{0,62})\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? show(values[name]).replace(/\s+/g, " ").slice(0, 400) : whole,
  );
}

function placeOf(file: WorkflowFile, variable: Variable): string {
  return variable.shared ? SHARED : file.name;
}

/** Why a value can't be kept, as the end of a sentence, or null. Null always can: it is "nothing". */
function misfit({ type, values }: Variable, value: unknown): string | null {
  if (value === null) return null;
  if (value === undefined) return "has no value";
  if ((JSON.stringify(value) ?? "").length > LIMITS.variableMaxBytes) return "is too long";
  switch (type) {
    case "text":
      return typeof value === "string" ? null : "must be a text";
    case "enum":
      return typeof value === "string" && values?.includes(value)
        ? null
        : `must be one of: ${values?.join(", ")}`;
    case "integer":
      return Number.isSafeInteger(value) ? null : "must be a whole number";
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? null : "must be a number";
    case "boolean":
      return typeof value === "boolean" ? null : "must be true or false";
    case "json":
      return null;
  }
}

function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}
