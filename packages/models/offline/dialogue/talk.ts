import type { Outcome, ToolFacts } from "../scene/scene.ts";

/** Something a person wants done with one tool, and what they said about it, oldest first. */
export type Task = {
  tool: ToolFacts;
  texts: string[];
  /** Values already known for sure: answers on cards, corrections. */
  given: Record<string, unknown>;
};

export type Finished = { task: Task; args: Record<string, unknown>; outcome: Outcome; at: number };

/** A row a tool has shown, newest last. `single` when it was the only one. */
export type KnownRow = { tool: string; row: Record<string, unknown>; single: boolean; group: number };

/** What a conversation has come to before a message is read. */
export type Talk = {
  /** Begun, but something is missing or a card was passed over. */
  task: Task | null;
  /** What was asked for beside it and has not been begun. */
  later: Task[];
  finished: Finished[];
  rows: KnownRow[];
  /** Arguments tools were called with, newest last. */
  used: Record<string, unknown>[];
  /** What the person said before, oldest first. */
  said: string[];
  /** The last thing the assistant said, or "". */
  answer: string;
};

export function newTalk(): Talk {
  return { task: null, later: [], finished: [], rows: [], used: [], said: [], answer: "" };
}
