import type { TestApp, TestTool } from "../converse.ts";

export type Row = Record<string, unknown>;

/** Inserts numbered rows and finds them again: the smallest table there is. */
export function table(prefix: string, key: string, rows: Row[] = []) {
  let next = 1001 + rows.length;
  return {
    rows,
    insert: (extra: Row) => (args: Row) => {
      const row = { [key]: `${prefix}-${next}`, ...args, ...extra };
      next += 1;
      rows.push(row);
      return { ok: true, saved: true, row };
    },
    find: (args: Row) => {
      const found = rows.filter((row) => Object.entries(args).every(([name, value]) => row[name] === value));
      return { ok: true, count: found.length, rows: found };
    },
    get: (args: Row) => {
      const row = rows.find((it) => it[key] === args[key]);
      return row
        ? { ok: true, row }
        : { ok: false, error: `There is no entry with ${key.replaceAll("_", " ")} ${args[key]}.` };
    },
    update: (extra: Row) => (args: Row) => {
      const row = rows.find((it) => it[key] === args[key]);
      if (!row)
        return { ok: false, error: `There is no entry with ${key.replaceAll("_", " ")} ${args[key]}.` };
      Object.assign(row, args, extra);
      return { ok: true, saved: true, row };
    },
  };
}

export const text = (title: string, more: Row = {}) => ({ type: "string", title, ...more });
export const solo = (
  name: string,
  description: string,
  title: string,
  handles: string,
  instructions: string,
  tools: Record<string, TestTool>,
): TestApp => ({
  name,
  description,
  entry: "main",
  agents: { main: { title, handles, instructions, tools } },
});
