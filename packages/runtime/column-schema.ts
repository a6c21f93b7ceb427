import type { Column } from "#protocol/app-file/table";

export type JsonSchema = Record<string, unknown>;

/** A column as JSON Schema (2020-12): what models and cards are told about its values. */
export function columnSchema(name: string, column: Column): JsonSchema {
  const about = {
    title: column.title ?? name.replaceAll("_", " "),
    ...(column.description ? { description: column.description } : {}),
    ...(column.examples ? { examples: column.examples } : {}),
  };
  switch (column.type) {
    case "text":
      return { type: "string", ...(column.pattern ? { pattern: `^(?:${column.pattern})$` } : {}), ...about };
    case "email":
      return { type: "string", format: "email", ...about };
    case "date":
      return { type: "string", format: "date", ...about };
    case "datetime":
      return { type: "string", format: "date-time", ...about };
    case "enum":
      return { type: "string", enum: column.values, ...about };
    case "boolean":
      return { type: "boolean", ...about };
    case "integer":
      return { type: "integer", ...about };
    case "number":
    case "money":
      return { type: "number", ...about };
  }
}
