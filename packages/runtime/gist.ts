import { LIMITS } from "#base/limits";
import type { Entry } from "./transcript.ts";

const LINE_CHARS = 160;

/**
 * What is kept of turns that a model no longer sees, by rule and without a model: how each message of the person
 * began, and what tools did for it. Only of the conversation with the person; what went wrong is left out.
 */
export function gistLines(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => {
    if (entry.scope !== undefined) return [];
    if (entry.kind === "user") return [`They said: ${cut(firstSentence(entry.text))}`];
    if (entry.kind !== "tool" || !entry.outcome.ok) return [];
    const { ok: _ok, message: _message, ...facts } = entry.outcome;
    return Object.keys(facts).length > 0 ? [`${entry.tool_name}: ${cut(JSON.stringify(facts))}`] : [];
  });
}

/** The gist with more lines; the oldest fall away beyond `LIMITS.gistMaxChars`. */
export function withLines(gist: string, lines: readonly string[]): string {
  if (lines.length === 0) return gist;
  const all = [...(gist ? gist.split("\n") : []), ...lines];
  let from = all.length;
  for (let chars = 0; from > 0; from -= 1) {
    chars += (all[from - 1]?.length ?? 0) + 1;
    if (chars > LIMITS.gistMaxChars) break;
  }
  return all.slice(from).join("\n");
}

function firstSentence(text: string): string {
  return /^[\s\S]*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LINE_CHARS ? `${line.slice(0, LINE_CHARS - 1)}…` : line;
}
