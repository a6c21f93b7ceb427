import type { UiTool } from "#protocol/app-file/ui-tool";
import type { JsonSchema } from "../column-schema.ts";

/** What a model gives when it calls a card: `message`, and what the card shows that the app's file does not fix. */
export function uiArgsSchema(tool: UiTool): JsonSchema {
  const { properties, required } = shownBy(tool);
  const message = { type: "string", title: "message", description: messageOf(tool) };
  return {
    type: "object",
    properties: { message, ...properties },
    required: ["message", ...required],
    additionalProperties: false,
  };
}

function messageOf({ component }: UiTool): string {
  return component === "progress"
    ? "What is being done, in a few words."
    : "What to ask the person, in one sentence.";
}

function shownBy(tool: UiTool): { properties: Record<string, JsonSchema>; required: string[] } {
  switch (tool.component) {
    case "choice":
      return tool.options.length > 0
        ? NOTHING
        : needs({ options: texts("What the person can choose from.") });
    case "form":
    case "confirmation":
      return NOTHING;
    case "table": {
      if (tool.rows_from !== undefined) return NOTHING;
      const cells = tool.columns.map(({ name, label }) => [name, { type: "string", title: label }]);
      const items = { type: "object", properties: Object.fromEntries(cells) };
      return needs({ rows: { type: "array", items, description: "The rows to show, one object a row." } });
    }
    case "card":
      return {
        properties: {
          heading: { type: "string", description: "A few words above the text." },
          facts: {
            type: "array",
            items: {
              type: "object",
              properties: { label: { type: "string" }, value: { type: "string" } },
              required: ["label", "value"],
            },
            description: "Names and values to show below the text.",
          },
        },
        required: [],
      };
    case "progress":
      return {
        properties: {
          value: { type: "number", description: "How much is done so far." },
          max: { type: "number", description: "How much there is to do; 100 if not given." },
        },
        required: ["value"],
      };
    default: {
      const { properties = {}, required = [] } = (tool.args ?? {}) as {
        properties?: Record<string, JsonSchema>;
        required?: string[];
      };
      return { properties, required: required.filter((name) => name !== "message") };
    }
  }
}

const NOTHING = { properties: {}, required: [] };

function needs(properties: Record<string, JsonSchema>) {
  return { properties, required: Object.keys(properties) };
}

function texts(description: string): JsonSchema {
  return { type: "array", items: { type: "string" }, description };
}
