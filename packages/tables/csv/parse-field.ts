import type { Column } from "#protocol/app-file/table";
import { isFolded } from "../sql-names.ts";
import type { Cell } from "../tables.ts";
import { unguardFormula } from "./formula.ts";
import type { CsvField } from "./read-csv.ts";

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const YES = /^(true|yes|1)$/i;
const NO = /^(false|no|0)$/i;

/**
 * A field of a CSV as a JSON value of its column, or as the text it is where it can't be one: then writing says what
 * is wrong with it. A byte order mark, blanks around numbers and dates don't matter.
 */
export function parseField(column: Column, field: CsvField, guarded: boolean): Cell {
  if (isFolded(column)) {
    if (field.text === "" && !field.quoted) return null;
    return guarded ? unguardFormula(field.text) : field.text;
  }
  const text = field.text.trim();
  if (text === "") return null;
  switch (column.type) {
    case "integer":
    case "number":
    case "money":
      return NUMBER.test(text) ? Number(text) : text;
    case "boolean":
      return YES.test(text) ? true : NO.test(text) ? false : text;
    default:
      return text;
  }
}
