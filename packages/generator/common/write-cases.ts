import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { TableTool } from "#protocol/app-file/tool";
import { expecting } from "../shapes/cases.ts";
import { type Desk, deedOf } from "./desk.ts";

/** What must hold of every tool that writes something down: nothing is written while something is missing. */
export function writeCases(desk: Desk): AcceptanceCase[] {
  const workflow = desk.workflow.name;
  return desk.tools.flatMap(([name, tool, table]): AcceptanceCase[] => {
    const needs = tool.set.some((it) => table.columns[it]?.required);
    if (tool.action !== "insert" || !needs) return [];
    const none = [{ table: tool.table, where: {}, count: table.sample.length }];
    return [
      {
        name: `“${deedOf(name, tool)}” writes nothing while something is missing`,
        as: "stranger",
        workflow,
        steps: [
          {
            say: `Please ${deedOf(name, tool)}`,
            expect: expecting({ workflow, awaits: hasForm(desk, tool) ? "form" : null, rows: none }),
          },
        ],
      },
    ];
  });
}

/** Whether what the tool needs is asked for by a form: then the conversation waits on that. */
function hasForm({ workflow }: Desk, { set }: TableTool): boolean {
  return Object.values(workflow.tools).some(
    (it) => it.kind === "ui" && it.component === "form" && it.fields.every(({ name }) => set.includes(name)),
  );
}
