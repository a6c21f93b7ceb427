import { expect, test } from "vitest";
import { type Tool, tool } from "#protocol/app-file/tool";
import { uiTool } from "#protocol/app-file/ui-tool";
import { checkUi } from "#workflows/check/check-ui";

const FINDER = tool.parse({ kind: "table", description: "Finds.", table: "orders", action: "find" });

function placesOf(part: Record<string, unknown>): string[] {
  const places: string[] = [];
  const tools: Record<string, Tool> = { find: FINDER };
  checkUi("t", uiTool.parse({ kind: "ui", description: "Asks.", ...part }), tools, (at) => places.push(at));
  return places;
}
const field = (part: Record<string, unknown>) => ({ name: "day", label: "Day", type: "text", ...part });

test.each([
  [{ component: "form", fields: [field({})] }],
  [{ component: "form", fields: [field({ type: "multi_choice", options: ["a", "b"], default: ["a"] })] }],
  [{ component: "choice", options: ["a"], multiple: true }],
  [{ component: "table", rows_from: "find", select: "many" }],
  [{ component: "card", actions: ["Go"] }],
  [{ component: "progress" }],
  [{ component: "seat_map", schema: { type: "object", properties: { a: { type: "string" } } } }],
])("a sound card has no finding: %j", (part) => {
  expect(placesOf(part)).toEqual([]);
});

test.each([
  [{ component: "form" }, ["t.fields"]],
  [{ component: "plan" }, ["t.component"]],
  [{ component: "progress", options: ["a"] }, ["t.options"]],
  [{ component: "card", schema: { type: "object" } }, ["t.schema"]],
  [{ component: "table" }, ["t.columns"]],
  [{ component: "table", rows_from: "nothing" }, ["t.rows_from"]],
  [{ component: "table", rows_from: "constructor" }, ["t.rows_from"]],
  [{ component: "form", fields: [field({}), field({})] }, ["t.fields.1.name"]],
  [{ component: "form", fields: [field({ type: "choice" })] }, ["t.fields.0.options"]],
  [{ component: "form", fields: [field({ min: 3, max: 1 })] }, ["t.fields.0.min"]],
  [{ component: "form", fields: [field({ type: "integer", default: 1.5 })] }, ["t.fields.0.default"]],
  [
    { component: "form", fields: [field({ type: "choice", options: ["a"], default: "b" })] },
    ["t.fields.0.default"],
  ],
  [{ component: "x", schema: { type: "array" } }, ["t.schema.type"]],
  [{ component: "x", schema: { type: "object", $ref: "#/a" } }, ["t.schema.$ref"]],
  [
    { component: "x", schema: { type: "object", properties: { a: { type: "string", pattern: "(a+)+$" } } } },
    ["t.schema.properties.a.pattern"],
  ],
])("a card that can't work is found: %j", (part, places) => {
  expect(placesOf(part)).toEqual(places);
});
