import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { Column, Table } from "#protocol/app-file/table";
import type { FormField, UiTool } from "#protocol/app-file/ui-tool";
import { snake, withArticle } from "../brief/words.ts";
import type { Site } from "../catalogue/capability.ts";
import { expecting } from "./cases.ts";

const FIELDS: Record<Column["type"], FormField["type"]> = {
  text: "text",
  email: "email",
  date: "date",
  datetime: "text",
  enum: "choice",
  integer: "integer",
  number: "number",
  money: "number",
  boolean: "boolean",
};

export function formName(record: string): string {
  return `fill_in_${snake(record)}`.slice(0, 63);
}

/** A form for everything a record needs, so that nobody is asked for five things one after the other. */
export function formTool(table: Table, asked: readonly string[], record: string): UiTool {
  return {
    kind: "ui",
    title: `Details of the ${record}`.slice(0, 80),
    description: `Show the person a form for the details of ${withArticle(record)}. Use it when more than one detail that is required is missing.`,
    component: "form",
    display: "inline",
    fields: asked.map((name) => fieldOf(name, table.columns[name]!)),
    options: [],
    multiple: false,
    columns: [],
    select: "none",
    actions: [],
  };
}

function fieldOf(name: string, column: Column): FormField {
  return {
    name,
    label: column.title ?? name,
    type: FIELDS[column.type],
    required: column.required,
    ...(column.values ? { options: column.values } : {}),
    ...(column.description ? { hint: column.description.slice(0, 200) } : {}),
  };
}

/** Who says only what they want gets the form, and what they fill in is what is recorded. */
export function formCase(
  site: Site,
  asked: readonly string[],
  wish: string,
  tools: { form: string; create: string },
): AcceptanceCase[] {
  const { mine, table, tableName } = site;
  const filled = Object.fromEntries(
    asked.map((name) => [name, mine?.values[name] ?? null] as const).filter(([, value]) => value !== null),
  );
  const required = asked.filter((name) => table.columns[name]?.required);
  if (!mine || required.length < 2 || required.some((name) => filled[name] === undefined)) return [];
  const where = Object.fromEntries(required.map((name) => [name, filled[name] as string | number | boolean]));
  return [
    {
      name: "Who says only what they want gets a form, and what they fill in is recorded",
      as: "stranger",
      workflow: site.workflow,
      steps: [
        { say: wish, expect: expecting({ tools: [tools.form], awaits: "form" }) },
        {
          respond: filled,
          // The sample has the same values once already; what the team approves first is not recorded yet.
          expect: expecting({
            tools: [tools.create],
            ...(site.words.approved ? { awaits: "confirmation" } : {}),
            rows: [{ table: tableName, where, count: site.words.approved ? 1 : 2 }],
          }),
        },
      ],
    },
  ];
}
