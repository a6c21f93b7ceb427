import type { FormField } from "#protocol/app-file/ui-tool";
import type { JsonSchema } from "../column-schema.ts";

const MAX_TEXT = 4_000;

/** The JSON Schema of a form's answer. */
export function formSchema(fields: readonly FormField[]): JsonSchema {
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
    required: fields.filter((field) => field.required).map((field) => field.name),
  };
}

function fieldSchema(field: FormField): JsonSchema {
  const { min, max, required } = field;
  const head = {
    title: field.label,
    ...(field.hint === undefined ? {} : { description: field.hint }),
    ...(field.default === undefined ? {} : { default: field.default }),
  };
  switch (field.type) {
    case "number":
    case "integer":
      return { type: field.type, ...bounds("minimum", min, "maximum", max), ...head };
    case "boolean":
      return { type: "boolean", ...head };
    case "date":
      return { type: "string", format: "date", ...head };
    case "email":
      return { type: "string", format: "email", ...head };
    case "choice":
      return { type: "string", enum: field.options ?? [], ...head };
    case "multi_choice": {
      const items = { type: "string", enum: field.options ?? [] };
      return {
        type: "array",
        items,
        ...bounds("minItems", min ?? (required ? 1 : 0), "maxItems", max ?? 50),
        ...head,
      };
    }
    case "text":
    case "long_text":
      return {
        type: "string",
        ...bounds("minLength", min ?? (required ? 1 : 0), "maxLength", Math.min(max ?? MAX_TEXT, MAX_TEXT)),
        ...head,
      };
  }
}

function bounds(least: string, min: number | undefined, most: string, max: number | undefined): JsonSchema {
  return { ...(min === undefined ? {} : { [least]: min }), ...(max === undefined ? {} : { [most]: max }) };
}
