import type { Tool } from "#protocol/app-file/tool";
import type { FormField, UiTool } from "#protocol/app-file/ui-tool";
import { checkSchema } from "./check-schema.ts";
import { oneOf, own, type Report } from "./finding.ts";

/** What a component takes beside title and description. */
const PARTS = {
  form: ["fields"],
  choice: ["options", "multiple"],
  confirmation: [],
  table: ["columns", "rows_from", "select"],
  card: ["actions"],
  progress: [],
} as const satisfies Record<string, readonly (keyof UiTool)[]>;
const CUSTOM = ["args", "schema"] as const;
const ALL = [...new Set([...Object.values(PARTS).flat(), ...CUSTOM])];
/** Cards of the platform itself. */
const RESERVED = new Set(["plan", "build"]);

/** A card has what its component needs, and nothing that another one would. */
export function checkUi(
  at: string,
  tool: UiTool,
  tools: Readonly<Record<string, Tool>>,
  report: Report,
): void {
  const { component } = tool;
  if (RESERVED.has(component)) report(`${at}.component`, `"${component}" is the platform's own card.`);
  const parts: readonly string[] = own(PARTS as Record<string, readonly string[]>, component) ?? CUSTOM;
  for (const part of ALL)
    if (!parts.includes(part) && isSet(tool[part]))
      report(`${at}.${part}`, `A ${component} has no "${part}".`);
  if (component === "form" && tool.fields.length === 0) report(`${at}.fields`, "A form needs a field.");
  for (const [index, field] of tool.fields.entries()) checkField(`${at}.fields.${index}`, field, report);
  const names = tool.fields.map(({ name }) => name);
  for (const [index, name] of names.entries())
    if (names.indexOf(name) < index)
      report(`${at}.fields.${index}.name`, `There is a field "${name}" already.`);
  if (component === "table") checkTable(at, tool, tools, report);
  if (tool.args) checkSchema(`${at}.args`, tool.args, report);
  if (tool.schema) checkSchema(`${at}.schema`, tool.schema, report);
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === false || value === "none") return false;
  return !Array.isArray(value) || value.length > 0;
}

function checkTable(at: string, tool: UiTool, tools: Readonly<Record<string, Tool>>, report: Report): void {
  const { rows_from } = tool;
  if (rows_from === undefined) {
    if (tool.columns.length === 0)
      report(`${at}.columns`, "A table needs columns, or rows from another tool.");
    return;
  }
  const source = own(tools, rows_from);
  if (!source || source.kind === "ui") {
    const finders = Object.keys(tools).filter((name) => tools[name]?.kind !== "ui");
    report(
      `${at}.rows_from`,
      `"${rows_from}" is no tool of this workflow that finds rows; ${oneOf(finders)}.`,
    );
  }
}

function checkField(at: string, field: FormField, report: Report): void {
  const { type, options = [], min, max } = field;
  const chooses = type === "choice" || type === "multi_choice";
  if (chooses && options.length === 0) report(`${at}.options`, `The choice "${field.label}" has no options.`);
  if (min !== undefined && max !== undefined && min > max) report(`${at}.min`, "It is larger than `max`.");
  if (field.default === undefined) return;
  const chosen = Array.isArray(field.default) ? field.default : [field.default];
  const unknown = chooses && chosen.find((it) => !options.includes(String(it)));
  if (unknown !== false && unknown !== undefined)
    report(`${at}.default`, `"${unknown}" is none of the options; ${oneOf(options)}.`);
  if (!DEFAULTS[type](field.default)) report(`${at}.default`, `That is no ${type.replaceAll("_", " ")}.`);
}

const isText = (value: unknown) => typeof value === "string";
const DEFAULTS: Record<FormField["type"], (value: unknown) => boolean> = {
  text: isText,
  long_text: isText,
  date: (value) => isText(value) && /^\d{4}-\d\d-\d\d$/.test(String(value)),
  email: (value) => isText(value) && String(value).includes("@"),
  choice: isText,
  multi_choice: Array.isArray,
  number: (value) => typeof value === "number",
  integer: Number.isInteger,
  boolean: (value) => typeof value === "boolean",
};
