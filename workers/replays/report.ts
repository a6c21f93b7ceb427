import { isoTime } from "#base/clock";
import { LIMITS } from "#base/limits";
import type { Replay, ReplayedTurn } from "#protocol/api/replay";
import type { ChatRow, ReplayRow } from "./replay-store.ts";

/** A replay as the API shows it, from its rows. Pure. */
export function reportOf(
  row: ReplayRow,
  chats: readonly ChatRow[],
  results: readonly { chat_n: number; result: ReplayedTurn }[],
): Replay {
  const turns = results.map(({ result }) => result);
  const calls = turns.flatMap((turn) => turn.calls);
  const count = (status: (typeof calls)[number]["status"]) =>
    calls.filter((call) => call.status === status).length;
  const known = turns.filter(({ usage }) => usage.before !== null);
  const { replay_id, status, build_id, created_at } = row;
  return {
    replay_id,
    status,
    version: JSON.parse(row.version),
    build_id,
    created_at: isoTime(created_at),
    expires_at: isoTime(created_at + LIMITS.replayKeptMs),
    totals: {
      chats: {
        all: chats.length,
        done: chats.filter((it) => it.status === "done").length,
        skipped: chats.filter((it) => it.status === "skipped").length,
      },
      turns: {
        all: chats.reduce((sum, { turn_count }) => sum + turn_count, 0),
        done: turns.length,
        same: turns.filter(({ same }) => same).length,
        answers_changed: turns.filter(({ answer }) => !answer.same).length,
      },
      calls: {
        same: count("same"),
        changed: count("changed"),
        missing: count("missing"),
        new: count("new"),
      },
      usage: {
        before: sumOf(known.map(({ usage }) => usage.before)),
        after: sumOf(known.map(({ usage }) => usage.after)),
      },
    },
    chats: chats.map(({ n, chat_id, status, reason, turn_count }) => ({
      chat_id,
      status,
      ...(reason === null ? {} : { reason }),
      turn_count,
      turns: results.filter(({ chat_n }) => chat_n === n).map(({ result }) => result),
    })),
  };
}

function sumOf(all: readonly (ReplayedTurn["usage"]["after"] | null)[]) {
  const sum = all.reduce(
    (so, it) => ({ tokens: so.tokens + (it?.tokens ?? 0), cost: so.cost + BigInt(it?.cost_nano ?? "0") }),
    { tokens: 0, cost: 0n },
  );
  return { tokens: sum.tokens, cost_nano: String(sum.cost) };
}
