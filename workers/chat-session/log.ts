import { isoTime } from "#base/clock";
import type { DownData, DownFrame, DownType } from "#protocol/frames/down";
import { SCHEMA_VERSION } from "#protocol/version";

/** Frames that are a message of somebody. */
export const MESSAGES: ReadonlySet<DownType> = new Set(["chat.text", "chat.stream_end"]);

/** A page of rows: few enough that nothing big is read for nothing. */
const PAGE_ROWS = 100;

/**
 * The chat's log: every frame that matters, numbered, written before it is sent. Chunks of a finished stream
 * are folded into its end, so the log grows with messages, not with tokens.
 */
export class Log {
  private readonly sql: SqlStorage;
  private next: number;
  /** Where the bill so far stands, once it was looked for. */
  private summary: number | null = null;
  private messages: number;

  constructor(sql: SqlStorage) {
    this.sql = sql;
    // Folding removes rows only with a higher one in their place, so the highest is always there.
    this.next = Number(sql.exec("SELECT coalesce(max(seq), -1) + 1 AS n FROM log").one().n);
    this.messages = this.next === 0 ? 0 : this.counted();
  }

  get lastSeq(): number {
    return this.next - 1;
  }

  append<T extends DownType>(type: T, data: DownData<T>, at: number, agent?: string): DownFrame {
    const seq = this.next++;
    if (MESSAGES.has(type)) this.messages += 1;
    const frame = makeFrame(type, data, at, agent, seq);
    const streamId = type === "chat.stream_chunk" ? (data as DownData<"chat.stream_chunk">).stream_id : null;
    this.sql.exec(
      "INSERT INTO log (seq, type, stream_id, frame) VALUES (?, ?, ?, ?)",
      seq,
      type,
      streamId,
      JSON.stringify(frame),
    );
    return frame;
  }

  /** The newest frame of a type of which the log keeps one: it takes the row of the one before. */
  replace(type: "chat.usage_summary", data: DownData<"chat.usage_summary">, at: number): DownFrame {
    this.summary ??= this.newestOf(type);
    const before = this.summary;
    if (before === null) {
      const first = this.append(type, data, at);
      this.summary = this.lastSeq;
      return first;
    }
    const seq = this.next++;
    const frame = makeFrame(type, data, at, undefined, seq);
    this.sql.exec("UPDATE log SET seq = ?, frame = ? WHERE seq = ?", seq, JSON.stringify(frame), before);
    this.summary = seq;
    return frame;
  }

  /** Looked for from the end: there is one, and it is near it, or the log is short. */
  private newestOf(type: DownType): number | null {
    const query = "SELECT seq FROM log WHERE type = ? ORDER BY seq DESC LIMIT 1";
    const [row] = this.sql.exec(query, type).toArray();
    return row ? Number(row.seq) : null;
  }

  /** The end of a stream takes the place of its chunks. */
  fold(data: DownData<"chat.stream_end">, at: number, agent: string): DownFrame {
    this.sql.exec("DELETE FROM log WHERE stream_id = ?", data.stream_id);
    return this.append("chat.stream_end", data, at, agent);
  }

  /** What was streamed of a message whose end is not in the log: one row, if a run was cut in mid-stream. */
  openStream(): { stream_id: string; content: string } | null {
    const rows = this.sql
      .exec("SELECT stream_id, frame FROM log WHERE stream_id IS NOT NULL ORDER BY seq")
      .toArray();
    const streamId = rows[0]?.stream_id;
    if (typeof streamId !== "string") return null;
    const own = rows.filter((row) => row.stream_id === streamId);
    return { stream_id: streamId, content: own.map((row) => chunkText(String(row.frame))).join("") };
  }

  hasMessage(messageId: string): boolean {
    const query =
      "SELECT 1 FROM log WHERE type IN ('chat.text', 'chat.stream_end') AND json_extract(frame, '$.data.message_id') = ?";
    return this.sql.exec(query, messageId).toArray().length > 0;
  }

  /** Where a message stands in the log. */
  seqOf(messageId: string): number | null {
    const query =
      "SELECT seq FROM log WHERE type IN ('chat.text', 'chat.stream_end') AND json_extract(frame, '$.data.message_id') = ? ORDER BY seq DESC LIMIT 1";
    const row = this.sql.exec(query, messageId).toArray()[0];
    return row ? Number(row.seq) : null;
  }

  /** Where a run began, and where it last went on after a pause. */
  startsOf(runId: string): { first: number; latest: number } | null {
    const query =
      "SELECT min(seq) AS first, max(seq) AS latest FROM log WHERE type = 'chat.run_start' AND json_extract(frame, '$.data.run_id') = ?";
    const { first, latest } = this.sql.exec(query, runId).one();
    return first === null ? null : { first: Number(first), latest: Number(latest) };
  }

  /** Rows beyond `after`, in order. */
  read(after: number, limit: number): DownFrame[] {
    return this.sql
      .exec("SELECT frame FROM log WHERE seq > ? ORDER BY seq LIMIT ?", after, limit)
      .toArray()
      .map((row) => JSON.parse(String(row.frame)) as DownFrame);
  }

  /** The same as they are stored, page by page: for a reader that stops when it has enough. */
  *rows(after: number): Generator<{ seq: number; text: string }> {
    const query = "SELECT seq, frame FROM log WHERE seq > ? ORDER BY seq LIMIT ?";
    for (let last = after; ; ) {
      const page = this.sql.exec<{ seq: number; frame: string }>(query, last, PAGE_ROWS).toArray();
      for (const { seq, frame } of page) yield { seq, text: frame };
      if (page.length < PAGE_ROWS) return;
      last = page.at(-1)?.seq ?? last;
    }
  }

  /**
   * Messages so far, once a wake: each message of a person says how many came before it, so only what came since is
   * counted, and a long chat wakes as quickly as a short one.
   */
  private counted(): number {
    const types = [...MESSAGES].map((type) => `'${type}'`).join(", ");
    const [newest] = this.sql
      .exec(
        "SELECT seq, json_extract(frame, '$.data.index') AS n FROM log WHERE type = 'chat.text' AND n IS NOT NULL ORDER BY seq DESC LIMIT 1",
      )
      .toArray();
    const since = `SELECT count(*) AS n FROM log WHERE seq >= ? AND type IN (${types})`;
    return Number(newest?.n ?? 0) + Number(this.sql.exec(since, newest?.seq ?? 0).one().n);
  }

  countMessages(): number {
    return this.messages;
  }
}

/** A frame in its envelope. Without `seq` it is of this connection only, not of the log. */
export function makeFrame<T extends DownType>(
  type: T,
  data: DownData<T>,
  at: number,
  agent?: string,
  seq?: number,
): DownFrame {
  return {
    type,
    data,
    schema_version: SCHEMA_VERSION,
    timestamp: isoTime(at),
    ...(seq === undefined ? {} : { seq }),
    ...(agent === undefined ? {} : { agent }),
  } as DownFrame;
}

function chunkText(frame: string): string {
  return (JSON.parse(frame) as { data: DownData<"chat.stream_chunk"> }).data.content;
}
