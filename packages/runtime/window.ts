import { LIMITS } from "#base/limits";
import { usualTokens } from "./estimate-tokens.ts";
import { gistLines, withLines } from "./gist.ts";
import type { Entry, Outcome } from "./transcript.ts";

/** What of a conversation a model is shown: the newest turns, and the gist of those before. */
export type Window = { gist: string; entries: Entry[] };

/**
 * Newest turns first, each whole, until `LIMITS.contextBudgetTokens` or `historyMaxMessages` are spent; the turn that
 * is going on is always there as it is. In earlier turns a tool's answer is shortened. A cut is made where a person
 * speaks, so no result loses its call; what is cut away leaves its gist. Pure.
 */
export function windowOf(transcript: readonly Entry[]): Window {
  const first = transcript[0];
  const before = first?.kind === "gist" ? first.text : "";
  const turns = turnsOf(first?.kind === "gist" ? transcript.slice(1) : transcript);
  const newest = turns.pop() ?? [];
  let kept = [...newest];
  let tokens = tokensOf(newest);
  while (turns.length > 0) {
    const turn = (turns.at(-1) ?? []).map(shortened);
    tokens += tokensOf(turn);
    const isTorn = turn[0]?.kind !== "user";
    const isFull = kept.length + turn.length > LIMITS.historyMaxMessages;
    if (isTorn || isFull || tokens > LIMITS.contextBudgetTokens) break;
    kept = [...turn, ...kept];
    turns.pop();
  }
  return { gist: withLines(before, gistLines(turns.flat())), entries: kept };
}

/** Split where a person speaks; what stands before the first of them is a turn that lost its beginning. */
function turnsOf(entries: readonly Entry[]): Entry[][] {
  const turns: Entry[][] = [];
  for (const entry of entries) {
    const current = turns.at(-1);
    if (entry.kind === "user" || !current) turns.push([entry]);
    else current.push(entry);
  }
  return turns;
}

function tokensOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + tokensOfOne(entry), 0);
}

/** Entries never change, and a chat holds the same ones from turn to turn: each is counted once. */
const counted = new WeakMap<Entry, number>();

function tokensOfOne(entry: Entry): number {
  const known = counted.get(entry);
  if (known !== undefined) return known;
  const tokens = usualTokens(JSON.stringify(entry));
  counted.set(entry, tokens);
  return tokens;
}

function shortened(entry: Entry): Entry {
  if (entry.kind !== "tool") return entry;
  const json = JSON.stringify(entry.outcome);
  if (json.length <= LIMITS.oldOutcomeMaxChars) return entry;
  const { ok, error } = entry.outcome;
  const outcome: Outcome = { ok, shortened: json.slice(0, LIMITS.oldOutcomeMaxChars) };
  return { ...entry, outcome: error ? { ...outcome, error } : outcome };
}
