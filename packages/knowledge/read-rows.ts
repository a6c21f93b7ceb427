import type { Section } from "./section.ts";

/** CSV with its heads beside every cell, `name: value`, so that a passage of it can be read by itself. */
export function readCsv(rows: readonly (readonly string[])[]): Section[] {
  const [heads = [], ...data] = rows;
  const lines = data.map((row) =>
    row
      .flatMap((cell, index) =>
        cell.trim() ? [`${heads[index]?.trim() || `column ${index + 1}`}: ${cell.trim()}`] : [],
      )
      .join(", "),
  );
  return [{ headings: [], page: null, text: lines.filter(Boolean).join("\n\n") }];
}

/** JSON as lines of `path: value`; each item of the outermost list is a paragraph. */
export function readJson(value: unknown): Section[] {
  const items = Array.isArray(value) ? value : [value];
  return [{ headings: [], page: null, text: items.map((item) => linesOf(item, "").join("\n")).join("\n\n") }];
}

function linesOf(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null)
    return value === null || value === "" ? [] : [path ? `${path}: ${String(value)}` : String(value)];
  return Object.entries(value).flatMap(([name, inner]) => linesOf(inner, path ? `${path} ${name}` : name));
}
