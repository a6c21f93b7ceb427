import type { Attachment } from "#protocol/attachment";
import type { RunState } from "#runtime/run-state";
import type { Vars } from "#runtime/vars";
import { EntryRows } from "./entry-rows.ts";

export type RunStatus = "running" | "paused" | "completed" | "failed" | "cancelled";
/** The message a run answers, and the chat's variables as it began. */
export type RunBegan = { message_id: string; vars: Vars };
export type StoredRun<S> = { run_id: string; status: RunStatus; state: S };
export type Input = {
  message_id: string;
  client_message_id: string | null;
  text: string;
  attachments: Attachment[];
  /** What the client said of variables; nobody has checked it yet. */
  context?: unknown;
};

/** Characters of a `meta` value that is kept in memory; the app's files are kept by who reads them. */
const MAX_REMEMBERED = 4_096;

/** The session's rows beside its log. Synchronous; writes of one event land together. */
export class Store {
  readonly entries: EntryRows;
  private readonly sql: SqlStorage;
  /** JSON texts as they stand in `meta`, null for none: the object is the only one that writes them. */
  private readonly known = new Map<string, string | null>();

  /** Messages that no run has taken up, oldest first; null while nobody has asked. */
  private queue: Input[] | null = null;

  /** Undefined while nobody has asked. */
  private newest: { run_id: string; status: RunStatus } | null | undefined;

  constructor(sql: SqlStorage) {
    this.sql = sql;
    this.entries = new EntryRows(sql);
  }

  meta<T>(name: string): T | null {
    let text = this.known.get(name);
    if (text === undefined) {
      const row = this.sql.exec("SELECT value FROM meta WHERE name = ?", name).toArray()[0];
      text = row ? String(row.value) : null;
      this.remember(name, text);
    }
    return text === null ? null : (JSON.parse(text) as T);
  }

  setMeta(name: string, value: unknown): void {
    const text = JSON.stringify(value);
    if (this.known.get(name) === text) return;
    this.sql.exec(
      "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      name,
      text,
    );
    this.remember(name, text);
  }

  private remember(name: string, text: string | null): void {
    if (text === null || text.length <= MAX_REMEMBERED) this.known.set(name, text);
    else this.known.delete(name);
  }

  /** The message id this input has, if it came before. */
  knownInput(clientMessageId: string | undefined): string | null {
    if (clientMessageId === undefined) return null;
    const row = this.sql
      .exec("SELECT message_id FROM inputs WHERE client_message_id = ?", clientMessageId)
      .toArray()[0];
    return row ? String(row.message_id) : null;
  }

  addInput(
    messageId: string,
    clientMessageId: string | undefined,
    text: string,
    { attachments = [], context }: { attachments?: readonly Attachment[]; context?: unknown } = {},
  ): void {
    this.sql.exec(
      "INSERT INTO inputs (message_id, client_message_id, text, attachments, context) VALUES (?, ?, ?, ?, ?)",
      messageId,
      clientMessageId ?? null,
      text,
      attachments.length > 0 ? JSON.stringify(attachments) : null,
      context === undefined ? null : JSON.stringify(context),
    );
    this.queue?.push({
      message_id: messageId,
      client_message_id: clientMessageId ?? null,
      text,
      attachments: [...attachments],
      ...(context === undefined ? {} : { context }),
    });
  }

  /** How the first message begins. */
  firstText(length: number): string | undefined {
    const row = this.sql
      .exec("SELECT substr(text, 1, ?) AS text FROM inputs ORDER BY n LIMIT 1", length)
      .toArray()[0];
    return row ? String(row.text) : undefined;
  }

  waitingInputs(): number {
    return this.waiting().length;
  }

  /** The next message that no run has taken up. */
  nextInput(): Input | null {
    return this.waiting()[0] ?? null;
  }

  private waiting(): Input[] {
    this.queue ??= this.sql
      .exec(
        "SELECT message_id, client_message_id, text, attachments, context FROM inputs WHERE taken = 0 ORDER BY n",
      )
      .toArray()
      .map(inputOf);
    return this.queue;
  }

  /** Its run is about to be stored: call it with no await in between, or a crash loses the message. */
  takeInput(messageId: string): void {
    this.sql.exec("UPDATE inputs SET taken = 1 WHERE message_id = ?", messageId);
    this.queue = this.waiting().filter((input) => input.message_id !== messageId);
  }

  /** A message waits for a run once more. */
  askAgain(messageId: string): void {
    this.sql.exec("UPDATE inputs SET taken = 0 WHERE message_id = ?", messageId);
    this.queue = null;
  }

  saveRun(runId: string, status: RunStatus, state: unknown): void {
    const json = JSON.stringify(state);
    const saved = this.sql.exec(
      "UPDATE runs SET status = ?, state = ? WHERE run_id = ?",
      status,
      json,
      runId,
    );
    if (saved.rowsWritten === 0) this.addRun(runId, status, json, null);
    else if (this.newest?.run_id === runId) this.newest.status = status;
  }

  /** The run of a message, with what a replay of it has to know. */
  beginRun(runId: string, state: RunState, began: RunBegan): void {
    this.addRun(runId, "running", JSON.stringify(state), JSON.stringify(began));
  }

  private addRun(runId: string, status: RunStatus, state: string, began: string | null): void {
    const query =
      "INSERT INTO runs (run_id, n, status, state, began) VALUES (?, (SELECT coalesce(max(n), 0) + 1 FROM runs), ?, ?, ?)";
    this.sql.exec(query, runId, status, state, began);
    this.newest = { run_id: runId, status };
  }

  /** A run that waited goes on: it is the newest one from here on, for it is the one that is going on. */
  resumeRun(runId: string, state: unknown): void {
    this.sql.exec(
      "UPDATE runs SET status = 'running', state = ?, n = (SELECT max(n) + 1 FROM runs) WHERE run_id = ?",
      JSON.stringify(state),
      runId,
    );
    this.newest = { run_id: runId, status: "running" };
  }

  /** How the newest run stands; null where there is none. */
  lastStatus(): RunStatus | null {
    if (this.newest === undefined) {
      const [row] = this.sql.exec("SELECT run_id, status FROM runs ORDER BY n DESC LIMIT 1").toArray();
      this.newest = row ? { run_id: String(row.run_id), status: String(row.status) as RunStatus } : null;
    }
    return this.newest?.status ?? null;
  }

  /** The newest run, whatever its status; the only one that can be going on. */
  lastRun<S = RunState>(): StoredRun<S> | null {
    return this.toRun(
      this.sql.exec("SELECT run_id, status, state FROM runs ORDER BY n DESC LIMIT 1").toArray()[0],
    );
  }

  run<S = RunState>(runId: string): StoredRun<S> | null {
    return this.toRun(
      this.sql.exec("SELECT run_id, status, state FROM runs WHERE run_id = ?", runId).toArray()[0],
    );
  }

  /** The first answer to a card wins. Returns false if there is one. */
  answer(toolCallId: string, userId: string, response: unknown): boolean {
    const before = this.answeredBy(toolCallId);
    if (before !== null) return false;
    this.sql.exec(
      "INSERT INTO answers (tool_call_id, by_user, response) VALUES (?, ?, ?)",
      toolCallId,
      userId,
      JSON.stringify(response),
    );
    return true;
  }

  answeredBy(toolCallId: string): string | null {
    const row = this.sql.exec("SELECT by_user FROM answers WHERE tool_call_id = ?", toolCallId).toArray()[0];
    return row ? String(row.by_user) : null;
  }

  addFeedback(
    messageId: string,
    userId: string,
    value: string,
    comment: string | undefined,
    at: number,
  ): void {
    this.sql.exec(
      `INSERT INTO feedback (message_id, user_id, value, comment, at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (message_id, user_id) DO UPDATE SET value = excluded.value, comment = excluded.comment, at = excluded.at`,
      messageId,
      userId,
      value,
      comment ?? null,
      at,
    );
    this.setMeta("thumbs_told", false);
  }

  /** What people think of its messages now, oldest first. */
  opinions(): { message_id: string; value: "up" | "down"; comment: string | null; at: number }[] {
    return this.sql
      .exec("SELECT message_id, value, comment, at FROM feedback ORDER BY at, message_id")
      .toArray()
      .map((row) => ({
        message_id: String(row.message_id),
        value: row.value === "up" ? "up" : "down",
        comment: row.comment === null ? null : String(row.comment),
        at: Number(row.at),
      }));
  }

  private toRun<S>(row: Record<string, SqlStorageValue> | undefined): StoredRun<S> | null {
    if (!row) return null;
    return {
      run_id: String(row.run_id),
      status: String(row.status) as RunStatus,
      state: JSON.parse(String(row.state)) as S,
    };
  }
}

function inputOf(row: Record<string, SqlStorageValue>): Input {
  const clientId = row.client_message_id;
  return {
    message_id: String(row.message_id),
    client_message_id: clientId === null ? null : String(clientId),
    text: String(row.text),
    attachments: row.attachments === null ? [] : (JSON.parse(String(row.attachments)) as Attachment[]),
    ...(row.context === null ? {} : { context: JSON.parse(String(row.context)) as unknown }),
  };
}
