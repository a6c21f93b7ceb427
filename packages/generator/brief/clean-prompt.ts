import { withoutCode } from "./without-code.ts";

/** More than the API accepts; what comes after is not read. */
const MAX_READ_CHARACTERS = 20_000;

/** Sentences that try to command the planner or a model rather than describe an app. */
const COMMANDS =
  /\b(ignore|disregard|forget|override|bypass)\b[^.!?]{0,60}\b(instruction|prompt|rule|previous|above|guardrail|polic)|\b(system prompt|developer mode|jailbreak|you are now|reveal your|print your|rm -rf|drop table|os\.system|eval\()/i;

export type Cleaned = { sentences: string[]; left_out: string[] };

/** Plain sentences of a prompt: no markup, no code, no control characters, no commands to the planner. */
export function cleanPrompt(prompt: string): Cleaned {
  const text = prompt
    .slice(0, MAX_READ_CHARACTERS)
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/```[^`]{0,8000}(```|$)/g, " ")
    .replace(/<(script|style)\b[^>]{0,200}>[^<]{0,8000}(<\/\1>)?/gi, " ")
    .replace(/<[^<>]{0,300}>/g, " ")
    .replace(/https?:\/\/\S{1,500}/g, " ");
  const plain = withoutCode(text)
    .replace(/[’‘]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, "")
    .replace(/[\t ]+/g, " ");
  const sentences = plain
    .split(/[.!?;:\n\r•*]+(?=\s|$)|\n+|(?<!\d)\s[-–—]+\s+(?!\d|mon|tue|wed|thu|fri|sat|sun)/i)
    .map((sentence) => sentence.replace(/^(?:[\s\-–—(]+|\d{1,2}\)\s*)+/, "").trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
  return {
    sentences: sentences.filter((sentence) => !COMMANDS.test(sentence)),
    left_out: sentences.filter((sentence) => COMMANDS.test(sentence)).map((it) => it.slice(0, 200)),
  };
}
