import type { TableTool } from "#protocol/app-file/tool";
import type { Cell } from "#tables/tables";
import type { RunDeps } from "../run-deps.ts";
import { showCell } from "../show.ts";
import type { ToolCall } from "../transcript.ts";
import type { Planned } from "./planned.ts";
import { runTable } from "./run-table.ts";
import { planTable } from "./table-plan.ts";

/** A table call as the person who chats. The call's id reaches the table, so a repeat after a crash happens once. */
export async function planTableCall(
  tool: TableTool,
  call: ToolCall,
  args: Record<string, Cell>,
  deps: RunDeps,
): Promise<Planned> {
  const { app } = deps.files;
  const on = { app, tables: deps.tables, user: deps.user, now: deps.clock.now(), vars: deps.vars ?? {} };
  const plan = await planTable(tool, args, on);
  if (!plan.ok) return plan;
  const values = { ...plan.by, ...plan.set };
  const columns = app.tables[tool.table]?.columns ?? {};
  return {
    ok: true,
    variables: plan.variables,
    facts: Object.entries(values).map(([name, value]) => ({
      name,
      label: columns[name]?.title ?? name.replaceAll("_", " "),
      value: showCell(value, columns[name], app.currency),
    })),
    shown: JSON.stringify(values),
    act: () => runTable(tool, plan, on, call.tool_call_id),
  };
}
