import type { AppFiles } from "#protocol/app-file/app-files";
import type { Column } from "#protocol/app-file/table";
import { findColumns, type ToolRef, termsOf } from "./find-parts.ts";

/** A comparison of one number with a fixed one, as CEL: `order.total > 100.0`. `of`: a looked-up row, or `args`. */
export type Condition = { of: string; column: string; op: Op; value: number };
type Op = ">" | ">=" | "<" | "<=";
/** An amount that was said: "over $100", "6 guests or more". `words`: its place in the text. */
export type Amount = { op: Op; value: number; money: boolean; unit: string; text: string };

const NUMBER = "([$€£])?\\s?(\\d[\\d,]*(?:\\.\\d+)?)(\\+)?";
const AMOUNT = new RegExp(
  `\\b(?:(over|above|(?:of )?more than|exceeding|exceeds?|greater than|beyond|larger than|bigger than)|(from|(?:of )?at least|starting (?:at|from|with))|(under|below|(?:of )?less than)|((?:of )?up to|until|(?:of )?at most|to|no more than|not more than|maximum(?: of)?|is|of))?\\s*${NUMBER}(?:\\s(?!(?:or|and|need|must|should|only)\\b)([a-z]+))?(\\s(?:or|and) (?:more|above|over|up))?`,
  "i",
);

export function amountIn(text: string): Amount | null {
  const found = AMOUNT.exec(` ${text}`);
  if (!found) return null;
  const [whole, over, from, under, , sign, digits = "", plus, unit = "", orMore] = found;
  const value = Number(digits.replaceAll(",", ""));
  if (!Number.isFinite(value)) return null;
  const op = orMore || plus || from ? ">=" : under ? "<" : over ? ">" : "<=";
  const isMoney = sign !== undefined || /^(?:dollars?|euros?|usd|eur|pounds?|bucks)$/i.test(unit);
  return { op, value, money: isMoney, unit: isMoney ? "" : unit, text: whole.trim() };
}

type Found = { condition: Condition; expression: string; unit: string };

/** What an amount means for a tool: which number it is compared with; null when the tool has none that fits. */
export function conditionOf(files: AppFiles, { tool }: ToolRef, amount: Amount): Found | null {
  if (tool.kind !== "table") return null;
  const columns = files.app.tables[tool.table]?.columns ?? {};
  const fits = (column: Column | undefined) =>
    column !== undefined &&
    (amount.money ? column.type === "money" : /^(?:money|number|integer)$/.test(column.type));
  const all: { of: string; column: string; spec: Column }[] = [];
  const add = (of: string, column: string, spec: Column | undefined) => {
    if (spec && fits(spec)) all.push({ of, column, spec });
  };
  for (const [name, value] of Object.entries(tool.values)) {
    const [, of, column] = /^(\w+)\.(\w+)$/.exec(value) ?? [];
    const from = tool.lookup.find((it) => it.as === of);
    if (from && column && fits(columns[name]))
      add(from.as, column, files.app.tables[from.table]?.columns[column]);
  }
  for (const name of tool.set) add("args", name, columns[name]);
  for (const { as, table } of tool.lookup)
    for (const [name, column] of Object.entries(files.app.tables[table]?.columns ?? {}))
      add(as, name, column);
  const named = amount.unit ? all.filter((it) => isNamed(it, amount.unit)) : [];
  const chosen =
    named[0] ?? (amount.unit && !amount.money && isThing(files, amount.unit) ? undefined : all[0]);
  if (!chosen) return null;
  const condition = { of: chosen.of, column: chosen.column, op: amount.op, value: amount.value };
  return { condition, expression: celOf(condition, chosen.spec), unit: named[0] ? amount.unit : "" };
}

function isNamed(it: { column: string; spec: Column }, unit: string): boolean {
  const [word] = termsOf(unit);
  return word !== undefined && [...termsOf(it.column), ...termsOf(it.spec.title ?? "")].includes(word);
}

/** Whether the word names a column somewhere, so that it was meant as one. */
function isThing(files: AppFiles, unit: string): boolean {
  return findColumns(files, unit).length > 0;
}

function celOf({ of, column, op, value }: Condition, spec: Column): string {
  const number =
    spec.type === "integer"
      ? String(Math.round(value))
      : Number.isInteger(value)
        ? `${value}.0`
        : String(value);
  const compared = `${of}.${column} ${op} ${number}`;
  return spec.required ? compared : `${of}.${column} != null && ${compared}`;
}

/** The comparison an expression is; null for any other expression. */
export function readCondition(expression: string): Condition | null {
  const [, of, column, op, value] =
    /^(?:\w+\.\w+ != null && )?(\w+)\.(\w+) (>=|>|<=|<) (\d+(?:\.\d+)?)$/.exec(expression) ?? [];
  return of && column && op && value ? { of, column, op: op as Op, value: Number(value) } : null;
}

export function holds({ op, value }: Condition, of: number): boolean {
  if (op === ">") return of > value;
  if (op === ">=") return of >= value;
  return op === "<" ? of < value : of <= value;
}

/** "over $100", "from 6". */
export function wordsOf(condition: Condition, isMoney: boolean): string {
  const words = { ">": "over", ">=": "from", "<": "under", "<=": "up to" } as const;
  return `${words[condition.op]} ${isMoney ? "$" : ""}${condition.value.toLocaleString("en-US")}`;
}

export function opposite(amount: Amount): Amount {
  const op = ({ "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const)[amount.op];
  return { ...amount, op };
}
