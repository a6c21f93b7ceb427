import { LIMITS } from "#base/limits";
import type { DownFrame } from "#protocol/frames/down";
import { gistLines, withLines } from "#runtime/gist";
import type { AnsweredMessage, Conversation, RunEnd, WaitingCard } from "#runtime/replay/conversation";
import type { Entry } from "#runtime/transcript";
import { toldRoles } from "./given-roles.ts";
import type { Room } from "./room.ts";
import { GENERATOR, type SessionOpen } from "./session-open.ts";
import type { RunBegan } from "./store.ts";

/** More than a model is ever shown before a turn. */
const HISTORY_ROWS = 2 * LIMITS.historyMaxMessages;
const PAGE_ROWS = 200;

/**
 * This chat for a replay, as JSON text: its newest turns as they stand, and what led to them. Null: there is none, it
 * is not of this enterprise, or it is a build. Reads only.
 */
export function readConversation(sql: SqlStorage, room: Room, enterpriseId: string): string | null {
  const open = room.store.meta<SessionOpen>("open");
  if (open?.enterprise_id !== enterpriseId || open.workflow === GENERATOR) return null;
  return JSON.stringify(conversationOf(sql, room, open));
}

function conversationOf(sql: SqlStorage, room: Room, open: SessionOpen): Conversation {
  const { waits } = room;
  const { version, workflow } = open;
  const user = { id: open.user_id, name: open.user_name, roles: toldRoles(room).roles };
  const said = messagesOf(sql);
  const [first] = said;
  if (!first) {
    return { user, version, workflow, entries: [], answered: [], seen: [], cards: [], answers: [] };
  }
  const heard = readLog(sql, first.message_id);
  const answers = sql
    .exec("SELECT tool_call_id, response FROM answers")
    .toArray()
    .map((row) => ({ tool_call_id: String(row.tool_call_id), answer: JSON.parse(String(row.response)) }));
  return {
    user,
    version,
    workflow,
    entries: entriesFrom(sql, first.n),
    answered: answeredOf(
      sql,
      said.map(({ message_id }) => message_id),
      heard,
    ),
    seen: heard.seen,
    cards: heard.cards,
    answers: [...answers, ...waits.answers()],
  };
}

/** The newest messages of the person that an agent took up, oldest first. */
function messagesOf(sql: SqlStorage): { n: number; message_id: string }[] {
  return sql
    .exec(
      `SELECT n, json_extract(entry, '$.message_id') AS message_id FROM entries
       WHERE taken_back = 0 AND scope IS NULL AND json_extract(entry, '$.kind') = 'user'
       AND json_extract(entry, '$.at') IS NOT NULL ORDER BY n DESC LIMIT ?`,
      LIMITS.replayMaxTurns,
    )
    .toArray()
    .map((row) => ({ n: Number(row.n), message_id: String(row.message_id) }))
    .reverse();
}

/** Entries from number `n` on, those of ended private conversations too; before them what a model saw of earlier ones. */
function entriesFrom(sql: SqlStorage, n: number): Entry[] {
  const turns = toEntries(
    sql.exec("SELECT entry FROM entries WHERE n >= ? AND taken_back <> 1 ORDER BY n", n).toArray(),
  );
  const history = sql
    .exec(
      "SELECT n, entry FROM entries WHERE n < ? AND taken_back = 0 AND scope IS NULL ORDER BY n DESC LIMIT ?",
      n,
      HISTORY_ROWS,
    )
    .toArray()
    .reverse();
  const text = history.length < HISTORY_ROWS ? "" : gistBefore(sql, Number(history[0]?.n));
  return [...(text ? [{ kind: "gist" as const, text }] : []), ...toEntries(history), ...turns];
}

/** What is left of all entries before number `n`. */
function gistBefore(sql: SqlStorage, n: number): string {
  let text = "";
  for (let after = 0; ; ) {
    const page = sql
      .exec(
        "SELECT n, entry FROM entries WHERE n > ? AND n < ? AND taken_back = 0 ORDER BY n LIMIT ?",
        after,
        n,
        PAGE_ROWS,
      )
      .toArray();
    text = withLines(text, gistLines(toEntries(page)));
    if (page.length < PAGE_ROWS) return text;
    after = Number(page.at(-1)?.n);
  }
}

type Told = {
  said: Map<string, number>;
  seen: string[];
  cards: WaitingCard[];
  usage: Map<string, { tokens: number; cost: bigint }>;
};

/** What the log tells of turns from this message on. */
function readLog(sql: SqlStorage, messageId: string): Told {
  const told: Told = { said: new Map(), seen: [], cards: [], usage: new Map() };
  const frames = sql.exec(
    `SELECT frame FROM log WHERE seq >= (SELECT min(seq) FROM log WHERE type = 'chat.text'
     AND json_extract(frame, '$.data.message_id') = ?)
     AND type IN ('chat.text', 'chat.stream_end', 'chat.tool_call', 'chat.usage_delta') ORDER BY seq`,
    messageId,
  );
  for (const row of frames) hear(JSON.parse(String(row.frame)) as DownFrame, told);
  return told;
}

function hear(frame: DownFrame, told: Told): void {
  switch (frame.type) {
    case "chat.text":
      told.said.set(frame.data.message_id, Date.parse(frame.timestamp));
      break;
    case "chat.stream_end":
      told.seen.push(frame.data.message_id);
      break;
    case "chat.tool_call": {
      const { tool_call_id, interaction_type, awaiting_response, payload } = frame.data;
      const ofTeam = payload.waits_for === "team";
      if (!awaiting_response && !ofTeam) break;
      const kind =
        interaction_type === "approval" ? "approval" : interaction_type === "ui_tool" ? "ui" : "operator";
      const facts = (payload.facts ?? []) as WaitingCard["facts"];
      told.cards.push({ tool_call_id, kind, by: ofTeam ? "operator" : "user", facts });
      break;
    }
    case "chat.usage_delta": {
      const { run_id, total_tokens, cost_nano = "0" } = frame.data;
      const sum = told.usage.get(run_id) ?? { tokens: 0, cost: 0n };
      told.usage.set(run_id, { tokens: sum.tokens + total_tokens, cost: sum.cost + BigInt(cost_nano) });
      break;
    }
    default:
  }
}

/** The newest run of each message that is at rest; of one from before runs noted their message only the message is known. */
function answeredOf(sql: SqlStorage, messageIds: readonly string[], told: Told): AnsweredMessage[] {
  const runs = new Map<string, { run_id: string; status: string; began: RunBegan }>();
  for (const row of sql.exec("SELECT run_id, status, began FROM runs WHERE began IS NOT NULL ORDER BY n")) {
    const began = JSON.parse(String(row.began)) as RunBegan;
    runs.set(began.message_id, { run_id: String(row.run_id), status: String(row.status), began });
  }
  return messageIds.flatMap((message_id): AnsweredMessage[] => {
    const at = told.said.get(message_id) ?? 0;
    const run = runs.get(message_id);
    if (!run) return [{ message_id, at, status: null, vars: {}, usage: null }];
    if (run.status === "running") return [];
    const used = told.usage.get(run.run_id) ?? { tokens: 0, cost: 0n };
    const usage = { tokens: used.tokens, cost_nano: String(used.cost) };
    return [{ message_id, at, status: run.status as RunEnd, vars: run.began.vars, usage }];
  });
}

function toEntries(rows: Record<string, SqlStorageValue>[]): Entry[] {
  return rows.map((row) => JSON.parse(String(row.entry)) as Entry);
}
