import type { Wait } from "#runtime/decide";
import type { RunState } from "#runtime/run-state";

export type WaitRow = Wait & {
  n: number;
  tool_call_id: string;
  run_id: string;
  kind: "approval" | "operator";
  tool_name: string;
  /** What the team is shown. */
  card: Record<string, unknown>;
  created_at: number;
  /** The answer that the run goes on with. */
  answer: unknown;
};

/** The table of a chat's `schema.ts`. `shown`: what was agreed to, word for word (T27). */
export const WAITS_TABLE = `CREATE TABLE waits (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    tool_call_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    by_role TEXT NOT NULL,
    tool_name TEXT NOT NULL,
    card TEXT NOT NULL,
    shown TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    status TEXT NOT NULL DEFAULT 'open',
    decided_by TEXT,
    answer TEXT
  ) STRICT`;
export const WAITS_INDEX = "CREATE INDEX waits_not_closed ON waits (n) WHERE status <> 'closed'";

/**
 * What waits for a decision with a deadline, or for the app's team: one row each, `open` until the first decision that
 * counts, `decided` until the run goes on with it, then `closed`. A chat without any asks the database nothing.
 */
export class Waits {
  /** Whether a row is not closed; undefined while nobody has asked. */
  private waits: boolean | undefined;

  constructor(private readonly sql: SqlStorage) {}

  /** Opens the wait of a run that has just paused. Harmless to repeat. */
  add(run: RunState, now: number): void {
    const { pending } = run;
    if (!pending || pending.kind === "ui") return;
    if (!pending.team && pending.expires_at === undefined) return;
    const { tool_call_id, kind, team, shown, expires_at } = pending;
    if (this.live().some((it) => it.run_id === run.run_id && it.tool_call_id === tool_call_id)) return;
    this.waits = true;
    this.sql.exec(
      `INSERT INTO waits (tool_call_id, run_id, kind, by_role, tool_name, card, shown, created_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      tool_call_id,
      run.run_id,
      kind,
      team ? "operator" : "user",
      team?.call.tool_name ?? "",
      JSON.stringify(team?.card ?? {}),
      shown ?? null,
      now,
      expires_at ?? null,
    );
  }

  /** Rows that are not closed, oldest first. */
  live(): WaitRow[] {
    if (this.waits === false) return [];
    const rows = this.sql
      .exec("SELECT * FROM waits WHERE status <> 'closed' ORDER BY n")
      .toArray()
      .map(toRow);
    this.waits = rows.length > 0;
    return rows;
  }

  open(): WaitRow[] {
    return this.live().filter(({ status }) => status === "open");
  }

  /** The newest wait of a call, whatever became of it. */
  find(toolCallId: string): WaitRow | null {
    const query = "SELECT * FROM waits WHERE tool_call_id = ? ORDER BY n DESC LIMIT 1";
    const row = this.sql.exec(query, toolCallId).toArray()[0];
    return row ? toRow(row) : null;
  }

  /** What was decided, by whomever. */
  answers(): { tool_call_id: string; answer: unknown }[] {
    return this.sql
      .exec("SELECT tool_call_id, answer FROM waits WHERE answer IS NOT NULL ORDER BY n")
      .toArray()
      .map((row) => ({ tool_call_id: String(row.tool_call_id), answer: JSON.parse(String(row.answer)) }));
  }

  decide(n: number, by: string, answer: unknown): void {
    const query =
      "UPDATE waits SET status = 'decided', decided_by = ?, answer = ? WHERE n = ? AND status = 'open'";
    this.sql.exec(query, by, JSON.stringify(answer), n);
  }

  /** The one who was asked for has come: the time they had to come in is over. */
  stopClock(n: number): void {
    this.sql.exec("UPDATE waits SET expires_at = NULL WHERE n = ?", n);
  }

  close(n: number): void {
    this.sql.exec("UPDATE waits SET status = 'closed' WHERE n = ?", n);
    this.waits = undefined;
  }
}

function toRow(row: Record<string, SqlStorageValue>): WaitRow {
  const answer = row.answer === null ? null : JSON.parse(String(row.answer));
  return {
    n: Number(row.n),
    tool_call_id: String(row.tool_call_id),
    run_id: String(row.run_id),
    kind: row.kind === "operator" ? "operator" : "approval",
    by: row.by_role === "operator" ? "operator" : "user",
    tool_name: String(row.tool_name),
    card: JSON.parse(String(row.card)),
    created_at: Number(row.created_at),
    expires_at: row.expires_at === null ? null : Number(row.expires_at),
    status: row.status === "open" || row.status === "decided" ? row.status : "closed",
    decided_by: row.decided_by === null ? null : String(row.decided_by),
    answer,
    approved: typeof answer?.approved === "boolean" ? answer.approved : null,
  };
}
