import { isFolded } from "../sql-names.ts";
import { columnOf, type TableSpec } from "../table-spec.ts";
import type { Cell, Row } from "../tables.ts";
import { guardFormula } from "./formula.ts";

/** What a row has besides its values, under names that no column can have. */
export const META_COLUMNS = ["_id", "_owner", "_created_at"] as const;

export type CsvStyle = {
  /** Whether texts that a spreadsheet would calculate get an apostrophe before them. */
  guard: boolean;
  /** Whether `META_COLUMNS` stand before the table's own. */
  meta: boolean;
};

/** The first line: the names of the columns. */
export function csvHeader(spec: TableSpec, { meta }: CsvStyle): string {
  return line([...(meta ? META_COLUMNS : []), ...Object.keys(spec.columns)]);
}

/** Rows as CSV, a line each ended by CRLF: no value is nothing, an empty text is `""`. */
export function csvRows(spec: TableSpec, rows: readonly Row[], style: CsvStyle): string {
  const names = Object.keys(spec.columns);
  return rows
    .map((row) => {
      const meta = style.meta ? [row.id, row.owner, row.created_at] : [];
      return line([
        ...meta,
        ...names.map((name) => shown(spec, name, row.values[name] ?? null, style.guard)),
      ]);
    })
    .join("");
}

function shown(spec: TableSpec, name: string, cell: Cell, guard: boolean): Cell {
  const column = columnOf(spec, name);
  return guard && column && isFolded(column) && typeof cell === "string" ? guardFormula(cell) : cell;
}

function line(cells: readonly Cell[]): string {
  // A line of one field without a value would be a blank one, which readers skip.
  const only = cells.length === 1 && cells[0] === null;
  return `${only ? "," : cells.map(field).join(",")}\r\n`;
}

function field(cell: Cell): string {
  if (cell === null) return "";
  const text = String(cell);
  return text === "" || /[",\r\n]/.test(text) || text !== text.trim()
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}
