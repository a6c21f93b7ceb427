import { troubleIn } from "../text/trouble.ts";

const LOSS = /\b(?:died|passed away|funeral|death)\b/i;
const HEALTH = /\b(?:sick|ill|injured|swollen|bleeding|hurts?|pain(?:ful)?|ache|toothache|allerg(?:y|ic))\b/i;

/** A short kind word where something went wrong for the person, or "". */
export function empathy(text: string): string {
  if (!troubleIn(text)) return "";
  if (LOSS.test(text)) return "I'm very sorry for your loss.";
  if (HEALTH.test(text)) return "I'm sorry to hear that, I hope it gets better soon.";
  return "I'm sorry to hear that.";
}
