import { latencyClass } from "./latency.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import type { Op } from "./operate.ts";
import { openWindow } from "./windows.ts";

/** How a run ended or paused, with its times so far. Told again, the later word holds. */
type RunFact = {
  kind: "run";
  run_id: string;
  workflow: string;
  status: "completed" | "paused" | "failed" | "cancelled";
  /** From its start to its first piece of text; null where there was none. */
  first_token_ms: number | null;
  duration_ms: number;
  handoffs: number;
};

/** What a person thinks of a message. Told again, the later word holds. */
type FeedbackFact = { kind: "feedback"; message_id: string; user_id: string; value: "up" | "down" };

/** Something that happened in a chat and costs nothing: for analytics. Each is told once or more. */
export type Fact = RunFact | FeedbackFact;

/** Counts a fact by the day it is first told on. */
export function noteFact(op: Op, chatId: string, fact: Fact): void {
  if (fact.kind === "run") noteRun(op, fact);
  else noteFeedback(op, chatId, fact);
}

function noteRun(op: Op, fact: RunFact): void {
  const { run_id, workflow, status, first_token_ms, duration_ms, handoffs } = fact;
  const today = openWindow(op, "day").start;
  const added = op.sql.exec(
    `INSERT INTO runs (run_id, day_at, workflow, status, first_token_ms, duration_ms, handoffs)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id) DO NOTHING RETURNING run_id`,
    run_id,
    today,
    workflow,
    status,
    first_token_ms,
    duration_ms,
    handoffs,
  );
  if (added.length > 0) {
    countRun(op, today, fact, 1);
    return;
  }
  const [before] = op.sql.exec(
    "SELECT day_at, status, first_token_ms, duration_ms, handoffs FROM runs WHERE run_id = ?",
    run_id,
  );
  op.sql.exec(
    "UPDATE runs SET status = ?, first_token_ms = ?, duration_ms = ?, handoffs = ? WHERE run_id = ?",
    status,
    first_token_ms,
    duration_ms,
    handoffs,
    run_id,
  );
  const day = Number(before!.day_at);
  countRun(op, day, before as unknown as RunFact, -1);
  countRun(op, day, fact, 1);
}

function countRun(op: Op, day: number, run: RunFact, sign: 1 | -1): void {
  const counts: [name: string, by: number][] = [
    [run.status, sign],
    [`duration:${latencyClass(run.duration_ms)}`, sign],
  ];
  if (run.handoffs !== 0) counts.push(["handoffs", run.handoffs * sign]);
  if (run.first_token_ms !== null) counts.push([`first_token:${latencyClass(run.first_token_ms)}`, sign]);
  count(op, day, counts);
}

function noteFeedback(op: Op, chatId: string, fact: FeedbackFact): void {
  const [before] = op.sql.exec(
    "SELECT day_at, value FROM feedback WHERE chat_id = ? AND message_id = ? AND user_id = ?",
    chatId,
    fact.message_id,
    fact.user_id,
  );
  const day = before ? Number(before.day_at) : openWindow(op, "day").start;
  op.sql.exec(
    `INSERT INTO feedback (chat_id, message_id, user_id, day_at, value) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET value = excluded.value`,
    chatId,
    fact.message_id,
    fact.user_id,
    day,
    fact.value,
  );
  if (before) count(op, day, [[String(before.value), -1]]);
  count(op, day, [[fact.value, 1]]);
}

function count(op: Op, day: number, counts: [name: string, by: number][]): void {
  op.sql.exec(
    `INSERT INTO day_counts (day_at, name, n) VALUES ${counts.map(() => "(?, ?, ?)").join(", ")}
     ON CONFLICT DO UPDATE SET n = n + excluded.n`,
    ...counts.flatMap(([name, by]) => [day, name, by]),
  );
}

export function isFact(fact: Fact): boolean {
  const isName = (text: unknown) =>
    typeof text === "string" && text.length > 0 && text.length <= LEDGER_LIMITS.maxKeyLength;
  const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  switch (fact?.kind) {
    case "run":
      return (
        isName(fact.run_id) &&
        isName(fact.workflow) &&
        ["completed", "paused", "failed", "cancelled"].includes(fact.status) &&
        (fact.first_token_ms === null || isCount(fact.first_token_ms)) &&
        isCount(fact.duration_ms) &&
        isCount(fact.handoffs)
      );
    case "feedback":
      return isName(fact.message_id) && isName(fact.user_id) && ["up", "down"].includes(fact.value);
    default:
      return false;
  }
}
