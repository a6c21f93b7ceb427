import { type UsageExportRow, usageExportRow } from "#protocol/api/usage-export";

const COLUMNS = Object.keys(usageExportRow.shape) as (keyof UsageExportRow)[];

/** What is written as it stands: digits and a sign can't be a formula. */
const NUMBERS = new Set<keyof UsageExportRow>([
  "row_id",
  "attempt",
  "calls",
  "input",
  "cache_read",
  "cache_write",
  "output",
  "reasoning",
  "cost_nano",
]);

export const CSV_HEADER = `${COLUMNS.join(",")}\r\n`;

/** As RFC 4180 has it, without the header. */
export function csvOf(rows: readonly UsageExportRow[]): string {
  return rows.map((row) => `${COLUMNS.map((name) => cell(name, row[name])).join(",")}\r\n`).join("");
}

/** One row a line. */
export function ndjsonOf(rows: readonly UsageExportRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

function cell(name: keyof UsageExportRow, value: string | number | null): string {
  const text = String(value ?? "");
  if (NUMBERS.has(name)) return text;
  // A spreadsheet takes a cell that begins like this for a formula, and carries it out.
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
