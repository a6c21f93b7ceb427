import { LIMITS } from "#base/limits";
import type { AppFile } from "#protocol/app-file/app";
import type { TableTool } from "#protocol/app-file/tool";
import type { Row, Tables } from "#tables/tables";
import type { Outcome } from "../transcript.ts";
import { withinBytes } from "../within-bytes.ts";
import { factsOf, missing, type TablePlan } from "./table-plan.ts";

/** Does what the plan says, once per `key`. */
export async function runTable(
  tool: TableTool,
  plan: Extract<TablePlan, { ok: true }>,
  on: { app: AppFile; tables: Tables; user: { id: string } },
  key: string,
): Promise<Outcome> {
  const { tables, user } = on;
  const facts = (row: Row) => factsOf(row, tool.table, on.app);
  switch (tool.action) {
    case "get": {
      const row = await tables.get(user.id, tool.table, plan.by);
      return row ? { ok: true, row: facts(row) } : { ok: false, error: missing(tool.table, plan.by, on.app) };
    }
    case "find": {
      const rows = await tables.find(user.id, tool.table, plan.by, LIMITS.toolResultMaxRows);
      return { ok: true, count: rows.length, ...withinBytes(rows.map(facts), LIMITS.toolResultMaxBytes) };
    }
    case "insert": {
      const row = await tables.insert(user.id, tool.table, plan.set, key);
      return { ok: true, saved: true, row: facts(row) };
    }
    case "update": {
      const row = await tables.update(user.id, tool.table, plan.by, plan.set, key);
      return row
        ? { ok: true, saved: true, row: facts(row) }
        : { ok: false, error: missing(tool.table, plan.by, on.app) };
    }
  }
}
