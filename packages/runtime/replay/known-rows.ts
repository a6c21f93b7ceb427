import type { AppFile } from "#protocol/app-file/app";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { TableTool } from "#protocol/app-file/tool";
import type { RecordedTurn } from "./conversation.ts";
import { type RecordedCall, recordedCalls } from "./recorded-calls.ts";
import { toolsNamed } from "./tool-changes.ts";

/** What the recording shows of a row; other columns are not known. */
type KnownRow = { table: string; values: Record<string, unknown> };

/** Rows that were seen before a call was made, oldest first. */
export type RowsBefore = (call: RecordedCall) => KnownRow[];

/** The rows of an app's tables as far as tools have told of them in a conversation. Pure. */
export function rowsBefore(turn: Pick<RecordedTurn, "history" | "calls">, files: AppFiles): RowsBefore {
  const earlier = recordedCalls(turn.history, [], []).flatMap((call) => rowsOf(call, files));
  return (call) => {
    const until = turn.calls.findIndex((it) => it.tool_call_id === call.tool_call_id);
    const since = turn.calls.slice(0, Math.max(until, 0)).flatMap((it) => rowsOf(it, files));
    return [...earlier, ...since, ...lookedUp(call, files)];
  };
}

/** The row at these values, with the columns that are known of it, as CEL sees them; null where none is. */
export function knownRow(
  rows: readonly KnownRow[],
  table: string,
  by: Record<string, unknown>,
  app: AppFile,
): Record<string, unknown> | null {
  const found = rows.filter(
    (row) => row.table === table && Object.entries(by).every(([name, value]) => row.values[name] === value),
  );
  if (found.length === 0) return null;
  const columns = app.tables[table]?.columns ?? {};
  return Object.fromEntries(
    found
      .flatMap(({ values }) => Object.entries(values))
      .map(([name, value]) => {
        const isInteger = columns[name]?.type === "integer" && typeof value === "number";
        return [name, isInteger ? BigInt(value) : value];
      }),
  );
}

function rowsOf(call: RecordedCall, files: AppFiles): KnownRow[] {
  const tool = tableToolOf(call, files);
  if (!tool || !call.result?.ok) return [];
  const { row, rows } = call.result;
  const told = [row, ...(Array.isArray(rows) ? rows : [])].filter(isRecord);
  return [...lookedUp(call, files), ...told.map((values) => ({ table: tool.table, values }))];
}

/** Where a tool copied columns of a row that it looked up, its outcome tells of that row: `amount: order.total`. */
function lookedUp(call: RecordedCall, files: AppFiles): KnownRow[] {
  const tool = tableToolOf(call, files);
  const row = call.result?.ok ? call.result.row : null;
  if (!tool || !isRecord(row)) return [];
  const args = isRecord(call.args) ? call.args : {};
  return tool.lookup.map(({ as, table, by }) => {
    const values = Object.fromEntries(Object.entries(by).map(([column, name]) => [column, args[name]]));
    for (const [column, expression] of Object.entries(tool.values)) {
      const [, from, name] = /^\s*(\w+)\.(\w+)\s*$/.exec(expression) ?? [];
      if (from === as && name !== undefined && Object.hasOwn(row, column)) values[name] = row[column];
    }
    return { table, values };
  });
}

function tableToolOf(call: RecordedCall, files: AppFiles): TableTool | null {
  const [tool] = toolsNamed(files, call.tool_name);
  return tool?.kind === "table" ? tool : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
