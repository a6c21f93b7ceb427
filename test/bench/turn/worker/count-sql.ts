/** What the statements of all objects did while they were counted, by statement, most writes first. */
export type SqlCount = { statement: string; runs: number; rowsRead: number; rowsWritten: number };

type Run = { statement: string; cursor: SqlStorageCursor<Record<string, SqlStorageValue>> };
type Exec = SqlStorage["exec"];

let runs: Run[] | null = null;
let patched = false;

/** Counts the statements of every object of this Worker from now on. @param sql of any of them: they share a prototype */
export function startCounting(sql: SqlStorage): void {
  runs = [];
  if (patched) return;
  patched = true;
  const shared = Object.getPrototypeOf(sql) as { exec: Exec };
  const exec = shared.exec;
  shared.exec = function (this: SqlStorage, statement: string, ...bindings: unknown[]) {
    const cursor = exec.call(this, statement, ...bindings);
    runs?.push({ statement, cursor });
    return cursor;
  } as Exec;
}

export function stopCounting(): SqlCount[] {
  const counts = new Map<string, SqlCount>();
  for (const { statement, cursor } of runs ?? []) {
    const short = statement.replace(/\s+/g, " ").trim().slice(0, 160);
    const count = counts.get(short) ?? { statement: short, runs: 0, rowsRead: 0, rowsWritten: 0 };
    count.runs += 1;
    count.rowsRead += cursor.rowsRead;
    count.rowsWritten += cursor.rowsWritten;
    counts.set(short, count);
  }
  runs = null;
  return [...counts.values()].sort((a, b) => b.rowsWritten - a.rowsWritten || b.runs - a.runs);
}
