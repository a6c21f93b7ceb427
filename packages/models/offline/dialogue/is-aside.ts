import type { Property, ToolFacts } from "../scene/scene.ts";
import { terms } from "../text/terms.ts";

const LEADS =
  /^(?:(?:and|but|so|ok|okay|hey|wait|well|first|actually|by the way|btw)[,\s]+)*(?:what|who|where|when|why|how|which|do you|does|are you|is there|are there|can you|could you|will you|is it|will it)\b/i;
/** Without a question mark only what nobody would say to tell something: "how old are you". */
const ASKS_OUTRIGHT =
  /^(?:(?:and|but|so|ok|okay|hey|well)[,\s]+)*(?:how (?:old|much|many|long|far|are|is|do|does)|what(?:'s| is| are| do| does| time)|who(?:'s| is| are)|where(?:'s| is| are)|when(?:'s| is| are| do| does)|do you|are you|can you|could you)\b/i;
/** Properties that a question is a fitting value of. */
const TAKES_QUESTIONS =
  /\b(?:question|query|search|keyword|message|topic|subject|comments?|enquiry|inquiry)\b/;

/**
 * Whether a message asks something instead of answering: it is put as a question and shares no word with what it
 * would be the value of. "What's the weather like?" is no reason for a refund.
 */
export function isAside(message: string, told: readonly Property[], tool: ToolFacts): boolean {
  const said = message.trim();
  if (!(LEADS.test(said) && /\?\s*$/.test(said)) && !ASKS_OUTRIGHT.test(said)) return false;
  const about = new Set(terms(said));
  return told.every(
    (property) =>
      (property.kind === "prose" || property.kind === "text") &&
      !TAKES_QUESTIONS.test(property.label) &&
      ![...property.terms].some((term) => about.has(term)) &&
      !terms(tool.noun).some((term) => about.has(term)),
  );
}
