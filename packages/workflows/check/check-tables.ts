import type { AppFile } from "#protocol/app-file/app";
import type { Column, Table } from "#protocol/app-file/table";
import { checkCell } from "#tables/check-cell";
import { compilePattern } from "#tables/pattern";
import type { Cell } from "#tables/tables";
import { own, type Report } from "./finding.ts";

/** Keys are columns, patterns are patterns, defaults, examples and sample rows fit their columns. */
export function checkTables(app: AppFile, report: Report): void {
  for (const [name, table] of Object.entries(app.tables)) checkTable(`tables.${name}`, table, report);
}

function checkTable(at: string, table: Table, report: Report): void {
  const key = own(table.columns, table.key);
  if (!key) report(`${at}.key`, `The key "${table.key}" is not a column of this table.`);
  else if (table.key_prefix && key.type !== "text")
    report(`${at}.key_prefix`, `Only a text column can be numbered like ${table.key_prefix}1001.`);
  for (const [name, column] of Object.entries(table.columns)) {
    const here = `${at}.columns.${name}`;
    const pattern = column.pattern === undefined ? null : compilePattern(column.pattern);
    if (pattern && !pattern.ok)
      report(`${here}.pattern`, `The pattern is not supported: ${pattern.message}.`);
    else {
      if (column.default !== undefined) complain(`${here}.default`, misfit(column, column.default));
      for (const example of column.examples ?? []) complain(`${here}.examples`, misfit(column, example));
    }
  }
  for (const [index, columns] of (table.indexes ?? []).entries())
    for (const name of columns)
      if (!own(table.columns, name))
        report(`${at}.indexes.${index}`, `There is no column "${name}" in this table.`);
  const keys = new Set<unknown>();
  for (const [index, row] of table.sample.entries()) {
    const here = `${at}.sample.${index}.values`;
    for (const [name, value] of Object.entries(row.values)) {
      const column = own(table.columns, name);
      if (!column) report(`${here}.${name}`, `There is no column "${name}" in this table.`);
      else complain(`${here}.${name}`, misfit(column, value));
    }
    for (const [name, column] of Object.entries(table.columns)) {
      const given = own(row.values, name) ?? null;
      const filled = column.default !== undefined || (name === table.key && table.key_prefix);
      if (column.required && given === null && !filled) report(`${here}.${name}`, "This column is required.");
    }
    const value = own(row.values, table.key);
    if (value !== undefined && keys.has(value))
      report(`${here}.${table.key}`, `Two rows are called "${value}".`);
    keys.add(value);
  }
  function complain(where: string, problem: string | null) {
    if (problem) report(where, `The value ${problem}.`);
  }
}

/** Why a value can't be stored in a column, as the end of a sentence, or null. */
function misfit(column: Column, value: Cell): string | null {
  const checked = checkCell(column, value, "write");
  return checked.ok ? null : checked.message;
}
