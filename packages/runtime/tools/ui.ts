import type { UiTool } from "#protocol/app-file/tool";
import type { JsonSchema } from "../column-schema.ts";

/** What a model gives when it calls a card. */
export function uiArgsSchema(tool: UiTool): JsonSchema {
  const asksOptions = tool.component === "choice" && tool.options.length === 0;
  return {
    type: "object",
    properties: {
      message: { type: "string", title: "message", description: "What to ask the person, in one sentence." },
      ...(asksOptions
        ? {
            options: {
              type: "array",
              items: { type: "string" },
              description: "What the person can choose from.",
            },
          }
        : {}),
    },
    required: asksOptions ? ["message", "options"] : ["message"],
    additionalProperties: false,
  };
}

export type Card = { component: string; payload: Record<string, unknown>; response_schema: JsonSchema };

/** The card of a `ui` tool: what is shown, and the JSON Schema its answer must fit. */
export function cardOf(tool: UiTool, args: Record<string, unknown>): Card {
  const message = typeof args.message === "string" ? args.message : tool.description;
  const title = tool.title;
  switch (tool.component) {
    case "confirmation":
      return { component: "confirmation", payload: { title, message }, response_schema: confirmation };
    case "choice": {
      const options = tool.options.length > 0 ? tool.options : stringsOf(args.options);
      return {
        component: "choice",
        payload: { title, message, options },
        response_schema: {
          type: "object",
          properties: { value: { type: "string", enum: options } },
          required: ["value"],
        },
      };
    }
    case "form":
      return {
        component: "form",
        payload: { title, message, fields: tool.fields },
        response_schema: formSchema(tool.fields),
      };
  }
}

/** The answer to every confirmation and approval. */
export const confirmation: JsonSchema = {
  type: "object",
  properties: { approved: { type: "boolean" }, comment: { type: "string", maxLength: 2_000 } },
  required: ["approved"],
};

function formSchema(fields: UiTool["fields"]): JsonSchema {
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
    required: fields.filter((field) => field.required).map((field) => field.name),
  };
}

function fieldSchema(field: UiTool["fields"][number]): JsonSchema {
  const title = field.label;
  switch (field.type) {
    case "number":
      return { type: "number", title };
    case "boolean":
      return { type: "boolean", title };
    case "date":
      return { type: "string", format: "date", title };
    case "email":
      return { type: "string", format: "email", title };
    case "choice":
      return { type: "string", enum: field.options ?? [], title };
    case "text":
    case "long_text":
      return { type: "string", minLength: field.required ? 1 : 0, maxLength: 4_000, title };
  }
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === "string").slice(0, 20)
    : [];
}
