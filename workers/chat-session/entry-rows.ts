import { LIMITS } from "#base/limits";
import { gistLines, withLines } from "#runtime/gist";
import type { Entry, UserEntry } from "#runtime/transcript";

type Row = { n: number; entry: Entry };
/** A message of the person, and its place. */
export type Said = { n: number; entry: UserEntry };
/** What is left of entries up to and with number `upto`. */
type Gist = { upto: number; text: string };

/** Twice the model's window: tool rows count as entries, and a turn must see its own beginning. */
const KEPT = 2 * LIMITS.historyMaxMessages;
/** So many more may stand before the oldest are folded into the gist, many at once. */
const SLACK = 40;

/**
 * The newest entries of a chat. They are read once a wake and then held, and older ones live on in a gist that is
 * added to, so that a turn costs the same in a long chat as in a short one.
 */
export class EntryRows {
  private readonly sql: SqlStorage;
  private held: Row[] | null = null;
  private gist: Gist | null = null;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** The newest entries, oldest first, the gist of those before them in front. */
  newest(): Entry[] {
    const entries = this.load().map(({ entry }) => entry);
    return this.gist?.text ? [{ kind: "gist", text: this.gist.text }, ...entries] : entries;
  }

  add(entry: Entry): void {
    const held = this.load();
    const added = this.sql
      .exec(
        "INSERT INTO entries (entry, scope) VALUES (?, ?) RETURNING n",
        JSON.stringify(entry),
        entry.scope ?? null,
      )
      .one();
    held.push({ n: Number(added.n), entry });
    if (held.length > KEPT + SLACK) this.fold(held.splice(0, held.length - KEPT));
  }

  /** A private conversation has ended: no model is shown it any more; a replay finds there what tools answered. */
  close(scope: string): void {
    this.sql.exec("UPDATE entries SET taken_back = 2 WHERE scope = ? AND taken_back = 0", scope);
    this.held = this.load().filter(({ entry }) => entry.scope !== scope);
  }

  /** Ends all private conversations. */
  closeAll(): void {
    this.sql.exec("UPDATE entries SET taken_back = 2 WHERE scope IS NOT NULL AND taken_back = 0");
    this.held = this.load().filter(({ entry }) => entry.scope === undefined);
  }

  /** The last message of the person that counts, or the one with this id. */
  lastSaid(messageId?: string): Said | null {
    const row = this.sql
      .exec(
        `SELECT n, entry FROM entries WHERE taken_back = 0 AND scope IS NULL AND json_extract(entry, '$.kind') = 'user'
         AND coalesce(json_extract(entry, '$.message_id') = ?, 1) ORDER BY n DESC LIMIT 1`,
        messageId ?? null,
      )
      .toArray()[0];
    return row ? { n: Number(row.n), entry: JSON.parse(String(row.entry)) as UserEntry } : null;
  }

  /** Whether a message that counts stands at this place or after it. */
  isSaidSince(n: number, messageId: string): boolean {
    const query =
      "SELECT 1 FROM entries WHERE n >= ? AND taken_back = 0 AND json_extract(entry, '$.message_id') = ?";
    return this.sql.exec(query, n, messageId).toArray().length > 0;
  }

  /** From this place on nothing counts any more. @returns what that was */
  takeBack(n: number): Entry[] {
    const taken = this.sql
      .exec("UPDATE entries SET taken_back = 1 WHERE n >= ? AND taken_back = 0 RETURNING entry", n)
      .toArray()
      .map((row) => JSON.parse(String(row.entry)) as Entry);
    this.load();
    this.held = null;
    if (this.gist && this.gist.upto >= n) this.tellAgain(n);
    return taken;
  }

  /** A part of what the gist tells of was taken back: it is told anew, up to there, a page at a time. */
  private tellAgain(n: number): void {
    let told: Gist = { upto: 0, text: "" };
    for (;;) {
      const rows = this.sql
        .exec(
          "SELECT n, entry FROM entries WHERE n > ? AND n < ? AND taken_back = 0 ORDER BY n LIMIT ?",
          told.upto,
          n,
          KEPT,
        )
        .toArray();
      const last = rows.at(-1);
      // The newest stay as they are: what is held begins with them.
      if (!last || rows.length < KEPT) break;
      const lines = gistLines(rows.map((row) => JSON.parse(String(row.entry)) as Entry));
      told = { upto: Number(last.n), text: withLines(told.text, lines) };
    }
    this.keep(told);
  }

  /** Rows were changed by another hand: they are read again. */
  forget(): void {
    this.held = null;
  }

  private fold(rows: readonly Row[]): void {
    const text = withLines(this.gist?.text ?? "", gistLines(rows.map(({ entry }) => entry)));
    this.keep({ upto: rows.at(-1)?.n ?? 0, text });
  }

  private keep(gist: Gist): void {
    this.gist = gist;
    this.sql.exec(
      "INSERT INTO meta (name, value) VALUES ('gist', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      JSON.stringify(gist),
    );
  }

  private load(): Row[] {
    if (this.held) return this.held;
    const stored = this.sql.exec("SELECT value FROM meta WHERE name = 'gist'").toArray()[0];
    this.gist = stored ? (JSON.parse(String(stored.value)) as Gist) : null;
    this.held = this.sql
      .exec(
        "SELECT n, entry FROM entries WHERE n > ? AND taken_back = 0 ORDER BY n DESC LIMIT ?",
        this.gist?.upto ?? 0,
        KEPT + SLACK,
      )
      .toArray()
      .reverse()
      .map((row) => ({ n: Number(row.n), entry: JSON.parse(String(row.entry)) as Entry }));
    return this.held;
  }
}
