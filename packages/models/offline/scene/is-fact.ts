/** Sentences that tell the assistant how to work. They are for it, not for the person. */
const FOR_THE_ASSISTANT =
  /\b(?:tools?|system prompt|instructions?|prompt|the (?:person|user|customer|caller|visitor|client|guest|patient|member|student|employee|requester)s?(?:'s)?|hand (?:it |the conversation )?(?:off|over)|hand-?off|colleague|conversation)\b|\b[a-z]+_[a-z_]+\b/i;

/** How a sentence of advice begins. */
const ADVICE =
  /^(?:afterwards|hand over|hand |take what|name |get |to [a-z ]+, use|help |welcome|you\b|your (?:job|role|task|goal)|be |never|always|do not|don't|do |use|ask|call|confirm|check|make sure|ensure|say|tell|answer|reply|respond|help|offer|look|find|if (?:the|you|they|something|asked|someone|a )|when (?:the|you|they|someone|a )|before|after (?:the|you|that)|once|first|then|only|keep|write|give|explain|greet|start|speak|treat|collect|record|remember|please|avoid|stay|text that|what you|today is|act as|let |show|put|take care|it is your)/i;

/** Whether a sentence of a prompt states something about the business, which may be repeated to a person. */
export function isFact(sentence: string): boolean {
  const words = sentence.split(/\s+/).length;
  if (words < 3 || words > 45 || sentence.length > 320) return false;
  return !ADVICE.test(sentence) && !FOR_THE_ASSISTANT.test(sentence) && /[a-z]/.test(sentence);
}
