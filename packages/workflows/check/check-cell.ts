import type { Column } from "#protocol/app-file/table";

/** Why a value does not fit a column, or null. */
export function misfit(column: Column, value: unknown): string | null {
  if (value === null) return column.required ? "must not be empty" : null;
  switch (column.type) {
    case "text":
      if (typeof value !== "string") return "must be text";
      return column.pattern && !matches(column.pattern, value)
        ? `must match the pattern ${column.pattern}`
        : null;
    case "email":
      return typeof value === "string" && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
        ? null
        : "must be an e-mail address";
    case "enum":
      return column.values?.includes(value as string)
        ? null
        : `must be one of ${(column.values ?? []).join(", ")}`;
    case "integer":
      return Number.isSafeInteger(value) ? null : "must be a whole number";
    case "number":
      return Number.isFinite(value) ? null : "must be a number";
    case "money":
      return typeof value === "number" && Math.abs(value * 100 - Math.round(value * 100)) < 1e-6
        ? null
        : "must be an amount with at most two decimals";
    case "boolean":
      return typeof value === "boolean" ? null : "must be true or false";
    case "date":
      return typeof value === "string" &&
        /^\d{4}-\d{2}-\d{2}$/.test(value) &&
        !Number.isNaN(Date.parse(value))
        ? null
        : "must be a date like 2030-05-14";
    case "datetime":
      return typeof value === "string" &&
        /^\d{4}-\d{2}-\d{2}T.*Z$/.test(value) &&
        !Number.isNaN(Date.parse(value))
        ? null
        : "must be a time like 2030-05-14T09:30:00Z";
  }
}

/** Whether the text as a whole matches; a pattern that is none matches nothing. */
export function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(text);
  } catch {
    return false;
  }
}
