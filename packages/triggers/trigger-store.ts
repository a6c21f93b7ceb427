import type { Sql, SqlRow } from "#base/sql";
import type { Trigger } from "#protocol/app-file/trigger";
import { nextDue } from "./next-due.ts";
import { applySchema } from "./schema.ts";

/** A trigger of the live version, and how it stands. Times in milliseconds. */
export type Standing = {
  workflow: string;
  name: string;
  kind: Trigger["kind"];
  input: string;
  cron: string | null;
  time_zone: string | null;
  /** When it is due next; null for a webhook, or if no such time comes. */
  next_at: number | null;
  retry_at: number | null;
  tries: number;
  last_at: number | null;
  last_chat_id: string | null;
  last_error: string | null;
};
/** A schedule whose time has come. */
type Due = Standing & { next_at: number; cron: string; time_zone: string };
export type Declared = { workflow: string; name: string; trigger: Trigger };

/** A due time that could not be begun is tried again after 1, 2, 4 … minutes, this often; then it is let go. */
const MAX_TRIES = 5;
const FIRST_RETRY_MS = 60_000;

export type TriggerStore = ReturnType<typeof openTriggers>;

/** What triggers an app has, when each is due, and what came of it, in one SQLite. */
export function openTriggers(sql: Sql) {
  applySchema(sql);

  function app(): { enterprise_id: string; version: number | null } | null {
    const [row] = sql.exec("SELECT enterprise_id, version FROM app");
    return row
      ? {
          enterprise_id: String(row.enterprise_id),
          version: row.version === null ? null : Number(row.version),
        }
      : null;
  }

  /** Makes the triggers those of a version; null: the app is not live and has none. A schedule that stays the same stays due. */
  function replace(
    of: { enterprise_id: string; version: number | null },
    declared: readonly Declared[],
    appTimeZone: string,
    now: number,
  ): void {
    sql.transaction(() => {
      sql.exec(
        "INSERT INTO app (one, enterprise_id, version) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET version = excluded.version",
        of.enterprise_id,
        of.version,
      );
      const before = new Map(all().map((it) => [placeOf(it), it]));
      sql.exec("DELETE FROM trigger_row");
      for (const { workflow, name, trigger } of declared) {
        const was = before.get(placeOf({ workflow, name }));
        const cron = trigger.kind === "schedule" ? trigger.cron : null;
        const zone = trigger.kind === "schedule" ? (trigger.time_zone ?? appTimeZone) : null;
        const same = was?.cron === cron && was.time_zone === zone;
        const due = cron === null || zone === null ? null : same ? was.next_at : nextDue(cron, zone, now);
        sql.exec(
          `INSERT INTO trigger_row (workflow, name, kind, input, cron, time_zone, next_at, retry_at, tries, last_at,
             last_chat_id, last_error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[workflow, name, trigger.kind, trigger.input, cron, zone, due],
          ...(same ? [was.retry_at, was.tries] : [null, 0]),
          ...[was?.last_at ?? null, was?.last_chat_id ?? null, was?.last_error ?? null],
        );
      }
    });
  }

  function all(): Standing[] {
    return sql.exec("SELECT * FROM trigger_row ORDER BY workflow, name").map(standingOf);
  }

  function find(workflow: string, name: string): Standing | null {
    const [row] = sql.exec("SELECT * FROM trigger_row WHERE workflow = ? AND name = ?", workflow, name);
    return row ? standingOf(row) : null;
  }

  /** Schedules whose time has come. What was missed meanwhile is made up once: the next time is looked for from now on. */
  function due(now: number): Due[] {
    const rows = sql.exec(
      "SELECT * FROM trigger_row WHERE COALESCE(retry_at, next_at) <= ? ORDER BY next_at",
      now,
    );
    return rows
      .map(standingOf)
      .flatMap((it) =>
        it.next_at !== null && it.cron !== null && it.time_zone !== null
          ? [{ ...it, next_at: it.next_at, cron: it.cron, time_zone: it.time_zone }]
          : [],
      );
  }

  /** When to look again; null: nothing is due ever. */
  function nextLook(): number | null {
    const [row] = sql.exec("SELECT MIN(COALESCE(retry_at, next_at)) AS at FROM trigger_row");
    return typeof row?.at === "number" ? row.at : null;
  }

  /** Notes that a due time came to a chat, unless another look did meanwhile. */
  function began(it: Due, chatId: string, now: number): void {
    finish(it, now, { chatId, error: null });
  }

  /** Notes that a due time came to nothing: it is tried again a few times, later and later. */
  function failed(it: Due, error: string, now: number): void {
    if (it.tries + 1 >= MAX_TRIES) finish(it, now, { chatId: null, error });
    else wait(it, error, now);
  }

  function wait(it: Due, error: string, now: number): void {
    sql.exec(
      `UPDATE trigger_row SET tries = tries + 1, retry_at = ?, last_error = ?
       WHERE workflow = ? AND name = ? AND next_at = ?`,
      now + FIRST_RETRY_MS * 2 ** it.tries,
      error,
      it.workflow,
      it.name,
      it.next_at,
    );
  }

  function finish(it: Due, now: number, end: { chatId: string | null; error: string | null }): void {
    sql.exec(
      `UPDATE trigger_row SET next_at = ?, retry_at = NULL, tries = 0, last_at = ?,
         last_chat_id = COALESCE(?, last_chat_id), last_error = ? WHERE workflow = ? AND name = ? AND next_at = ?`,
      nextDue(it.cron, it.time_zone, Math.max(now, it.next_at)),
      it.next_at,
      end.chatId,
      end.error,
      it.workflow,
      it.name,
      it.next_at,
    );
  }

  return { app, replace, all, find, due, nextLook, began, failed };
}

function placeOf({ workflow, name }: { workflow: string; name: string }): string {
  return `${workflow}/${name}`;
}

function standingOf(row: SqlRow): Standing {
  const number = (name: string) => (row[name] === null ? null : Number(row[name]));
  const text = (name: string) => (row[name] === null ? null : String(row[name]));
  return {
    workflow: String(row.workflow),
    name: String(row.name),
    kind: row.kind === "webhook" ? "webhook" : "schedule",
    input: String(row.input),
    cron: text("cron"),
    time_zone: text("time_zone"),
    next_at: number("next_at"),
    retry_at: number("retry_at"),
    tries: Number(row.tries),
    last_at: number("last_at"),
    last_chat_id: text("last_chat_id"),
    last_error: text("last_error"),
  };
}
