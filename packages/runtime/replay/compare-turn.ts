import { LIMITS } from "#base/limits";
import type { ReplayedCall, ReplayedTurn } from "#protocol/api/replay";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { ErrorCode } from "#protocol/errors";
import type { ToolCall } from "../transcript.ts";
import type { RecordedTurn, RunEnd } from "./conversation.ts";
import type { RecordedCall } from "./recorded-calls.ts";
import { isToolChanged } from "./tool-changes.ts";

type RecordedAsk = "user" | "operator" | null;

/** A call of the replay, with the one of the recording that it is. */
export type MadeCall = { call: ToolCall; match: RecordedCall | null; asked: RecordedAsk };

/** What came of a turn this time. `left`: calls of the recording that were not made. */
export type Replayed = {
  answer: string;
  calls: MadeCall[];
  left: RecordedCall[];
  usage: { tokens: number; cost_nano: bigint };
  status: RunEnd;
  error: ErrorCode | null;
  waits_for: string | null;
};

/** A turn then and now, side by side. What people must not see of hidden agents is in neither. Pure. */
export function compareTurn(
  before: RecordedTurn,
  after: Replayed,
  files: { before: AppFiles; after: AppFiles },
): ReplayedTurn {
  const calls = compareCalls(after, files);
  const answerIsSame = spaced(before.answer) === spaced(after.answer);
  const endIsSame = before.status === null || before.status === after.status;
  const callsAreSame = calls.every((it) => it.status === "same" && it.before?.asked === it.after?.asked);
  return {
    message_id: before.message_id,
    said: cut(before.said.text),
    same: answerIsSame && endIsSame && callsAreSame,
    answer: { same: answerIsSame, before: cut(before.answer), after: cut(after.answer) },
    calls,
    usage: {
      before: before.usage,
      after: { tokens: after.usage.tokens, cost_nano: String(after.usage.cost_nano) },
    },
    status: { before: before.status, after: after.status },
    ...(after.error === null ? {} : { error: after.error }),
    ...(after.waits_for === null ? {} : { waits_for: after.waits_for }),
  };
}

/** A turn that could not be replayed, as its process ended each time. */
export function interruptedTurn(
  before: RecordedTurn,
  files: { before: AppFiles; after: AppFiles },
): ReplayedTurn {
  const nothing = { answer: "", calls: [], left: before.calls, waits_for: null };
  const usage = { tokens: 0, cost_nano: 0n };
  return compareTurn(before, { ...nothing, usage, status: "failed", error: "INTERRUPTED" }, files);
}

function compareCalls(after: Replayed, files: { before: AppFiles; after: AppFiles }): ReplayedCall[] {
  // What people saw then and can't see now is missing to them.
  const unseen = after.calls.flatMap(({ call, match }) => (call.hidden && match ? [match] : []));
  const left = [...after.left, ...unseen].filter(({ hidden }) => !hidden);
  const line = (
    status: ReplayedCall["status"],
    tool_name: string,
    was: RecordedCall | null,
    made: MadeCall | null,
  ): ReplayedCall => ({
    tool_name,
    status,
    before: was && { args: cutArgs(was.args), asked: was.card?.by ?? null },
    after: made && { args: cutArgs(made.call.args), asked: made.asked },
    tool_changed: isToolChanged(files.before, files.after, tool_name),
  });
  const made = after.calls
    .filter(({ call }) => !call.hidden)
    .map((it) => {
      const { tool_name } = it.call;
      // One that people could not see then is theirs no more than one they can't see now.
      if (it.match && !it.match.hidden) return line("same", tool_name, it.match, it);
      const index = left.findIndex((was) => was.tool_name === tool_name);
      const was = index < 0 ? null : (left.splice(index, 1)[0] ?? null);
      return line(was ? "changed" : "new", tool_name, was, it);
    });
  return [...made, ...left.map((was) => line("missing", was.tool_name, was, null))];
}

function spaced(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function cut(text: string): string {
  return text.length > LIMITS.replayTextMaxChars ? `${text.slice(0, LIMITS.replayTextMaxChars - 1)}…` : text;
}

function cutArgs(args: unknown): unknown {
  const json = JSON.stringify(args) ?? "null";
  return json.length > LIMITS.replayArgsMaxChars
    ? `${json.slice(0, LIMITS.replayArgsMaxChars - 1)}…`
    : (args ?? null);
}
