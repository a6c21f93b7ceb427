import { chunkText } from "./chunk-text.ts";
import { outputTokens, tokensOf } from "./count-tokens.ts";
import type { Reply } from "./reply.ts";

type Bounded = { answer: Reply; cut: boolean };

/** Keeps an answer within a number of output tokens: whole words of its text, and its call only if all of it fits. */
export function within(answer: Reply, maxTokens: number | undefined): Bounded {
  if (maxTokens === undefined || outputTokens(answer) <= maxTokens) return { answer, cut: false };
  let text = "";
  for (const piece of chunkText(answer.text)) {
    if (tokensOf(text + piece) > maxTokens) break;
    text += piece;
  }
  return { answer: { text, call: null }, cut: true };
}
