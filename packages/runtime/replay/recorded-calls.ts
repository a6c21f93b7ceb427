import { canonical, SAID_AGAIN } from "../failing.ts";
import { isProvisional } from "../set-aside.ts";
import type { Entry, Outcome, ToolCall } from "../transcript.ts";
import type { Conversation, WaitingCard } from "./conversation.ts";

/** A tool call of a real turn, and what came of it. */
export type RecordedCall = ToolCall & {
  /** What the tool answered; null where it was never carried out. */
  result: Outcome | null;
  /** The card by which somebody was asked. */
  card: WaitingCard | null;
  /** What they answered while the turn waited. */
  answer: unknown;
  /** The turn came no further: nobody answered before the person went on. */
  waited: boolean;
};

export function recordedCalls(
  entries: readonly Entry[],
  cards: Conversation["cards"],
  answers: Conversation["answers"],
): RecordedCall[] {
  const outcomes = new Map<string, Outcome>();
  for (const entry of entries) if (entry.kind === "tool") outcomes.set(entry.tool_call_id, entry.outcome);
  const asked = new Map(cards.map((card) => [card.tool_call_id, card]));
  const given = new Map(answers.map(({ tool_call_id, answer }) => [tool_call_id, answer]));
  return entries.flatMap((entry) => {
    if (entry.kind !== "assistant") return [];
    return entry.calls.map((call) => {
      const outcome = outcomes.get(call.tool_call_id) ?? null;
      const card = asked.get(call.tool_call_id) ?? null;
      const open = outcome === null || (!outcome.ok && outcome.dismissed === true) || isProvisional(outcome);
      const isDone = !open && !(card && outcome.declined === true);
      return {
        ...call,
        result: isDone ? withoutHint(outcome) : null,
        card,
        answer: open ? undefined : given.get(call.tool_call_id),
        waited: open && card !== null,
      };
    });
  });
}

/** The runtime says it anew where it is due. */
function withoutHint(outcome: Outcome): Outcome {
  if (!outcome.error?.endsWith(SAID_AGAIN)) return outcome;
  return { ...outcome, error: outcome.error.slice(0, -SAID_AGAIN.length) };
}

export type Matcher = {
  /** The call of the recording that this one is, by name and arguments; each is found once, in their order. */
  of: (call: ToolCall) => RecordedCall | null;
  /** What nothing was found to be. */
  left: () => RecordedCall[];
};

export function matcherOf(calls: readonly RecordedCall[]): Matcher {
  const left = [...calls];
  const found = new Map<string, RecordedCall | null>();
  return {
    of(call) {
      const known = found.get(call.tool_call_id);
      if (known !== undefined) return known;
      const args = canonical(call.args);
      const index = left.findIndex((it) => it.tool_name === call.tool_name && canonical(it.args) === args);
      const match = index < 0 ? null : (left.splice(index, 1)[0] ?? null);
      found.set(call.tool_call_id, match);
      return match;
    },
    left: () => [...left],
  };
}
