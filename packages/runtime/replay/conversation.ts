import type { Place } from "../find-agent.ts";
import type { GivenRoles } from "../roles.ts";
import { cardId } from "../set-aside.ts";
import type { Fact } from "../tools/planned.ts";
import type { Entry, UserEntry } from "../transcript.ts";
import type { Vars } from "../vars.ts";
import { type RecordedCall, recordedCalls } from "./recorded-calls.ts";

export type RunEnd = "completed" | "paused" | "failed" | "cancelled";

/** A message that agents answered, as its run's rows and frames tell. */
export type AnsweredMessage = {
  message_id: string;
  /** When it was said, in milliseconds since the epoch. */
  at: number;
  /** Null where it isn't known. */
  status: RunEnd | null;
  /** The chat's variables as the run began. */
  vars: Vars;
  /** What its model calls used; null where it isn't known. Nano-USD as text. */
  usage: { tokens: number; cost_nano: string } | null;
};

/** A card that waited for the person or the team (`by`). `facts`: what an approval showed. */
export type WaitingCard = {
  tool_call_id: string;
  kind: "ui" | "approval" | "operator";
  by: "user" | "operator";
  facts: Fact[];
};

/** A real chat as it stands in its rows. Plain JSON. */
export type Conversation = {
  /** With the roles they were given; absent in what was read before there were any. */
  user: { id: string; name: string; roles?: GivenRoles };
  /** Of the app, and the workflow the chat began with. */
  version: number;
  workflow: string;
  /** In their order, also those of private conversations that have ended; what was taken back is not among them. */
  entries: Entry[];
  answered: AnsweredMessage[];
  /** Ids of the messages of agents that the person saw. */
  seen: string[];
  cards: WaitingCard[];
  answers: { tool_call_id: string; answer: unknown }[];
};

/** One message of a person, and all that came of it then. */
export type RecordedTurn = Omit<AnsweredMessage, "status"> & {
  said: UserEntry;
  /** Where the conversation stood. */
  place: Place;
  user: Conversation["user"];
  /** What a model was shown before it. */
  history: Entry[];
  /** What the person read. */
  answer: string;
  calls: RecordedCall[];
  status: RunEnd | null;
};

/**
 * The turns of a conversation, each with the history it really had. What came after a person of the team had taken
 * over, or when the team decided late, is no part of the turn: no model would come to it by itself. Pure.
 */
export function recordedTurns(it: Conversation): RecordedTurn[] {
  const answered = new Map(it.answered.map((one) => [one.message_id, one]));
  const seen = new Set(it.seen);
  return it.entries.flatMap((said, index): RecordedTurn[] => {
    if (said.kind !== "user" || said.scope !== undefined || !said.at) return [];
    const message = answered.get(said.message_id);
    if (!message) return [];
    const own = ofTurn(it.entries.slice(index + 1));
    const calls = recordedCalls(own, it.cards, it.answers);
    const texts = own.flatMap((entry) =>
      entry.kind === "assistant" && seen.has(entry.message_id) ? [entry.text] : [],
    );
    return [
      {
        ...message,
        said,
        place: said.at,
        user: it.user,
        history: it.entries.slice(0, index).filter(({ scope }) => scope === undefined),
        answer: answerOf(texts),
        calls,
        // A card that the person passed over ended the run later; in its own course the turn waited.
        status: calls.some(({ waited }) => waited) ? "paused" : message.status,
      },
    ];
  });
}

/** What a person reads of a turn: its messages, one below the other. */
export function answerOf(texts: readonly string[]): string {
  return texts
    .map((text) => text.trim())
    .filter(Boolean)
    .join("\n\n");
}

function ofTurn(after: readonly Entry[]): Entry[] {
  const end = after.findIndex(
    (entry) =>
      entry.scope === undefined &&
      (entry.kind === "user" ||
        (entry.kind === "assistant" &&
          (entry.operator !== undefined || entry.calls.some(({ tool_call_id: id }) => cardId(id) !== id)))),
  );
  return end < 0 ? [...after] : after.slice(0, end);
}
