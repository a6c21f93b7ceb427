import { putRight } from "./put-right.ts";

/** "see where their orders are": to track them. */
const WHERE_IT_IS =
  /\b(?:(?:to )?(?:see|know|check|find out|ask|learn) )?where (my|their|the|your|an?) ([\w-]{1,30}) (?:is|are)\b/g;

/** A sentence as lower-case words, commas among them, with turns of phrase said as others say them. */
export function wordsOf(sentence: string): string[] {
  return (
    putRight(sentence.toLowerCase())
      .replace(
        /\b((?:my|our|the|an?) (?:[\p{L}-]{1,30} ){0,3}[\p{L}-]{1,30})'s (customers|clients|members|guests|visitors|users|patients|students|employees|staff)\b/gu,
        "$2 of $1",
      )
      .replace(/\b(?:what|which) ([\w-]{1,30}) (?:are there|there are|(?:do )?(?:you|we) have)\b/g, "see $1")
      .replace(/\bwhich ([\w-]{1,30}) are (?:down|late|delayed|on time)\b/g, "$1 status")
      .replace(/\bwhich ([\w-]{1,30}) are (?:free|available|in stock)\b/g, "$1 availability")
      .replace(/\blost (and|&) found\b/g, "lost items")
      .replace(/\bsign[- ]?ups\b/g, "registrations")
      .replace(/\b(class|workshop|event|course) sign[- ]?up\b/g, "$1 registration")
      .replace(/\bclick (and|&) collect\b/g, "pickup")
      .replace(/\bnot (?:only|just)\b/g, "")
      .replace(WHERE_IT_IS, "can track $1 $2")
      .replace(/\bwhere(?:'s| is| are) (?=(my|their|the|your|an?)\b)/g, "can track ")
      .replace(/\bkeep(s|ing)? (?:tabs|track|an eye|a close eye) (?:on|of)\b/g, "track$1")
      .replace(/\b(?:sort(s?) out|deal(s?) with|take(s?) care of|look(s?) after)\b/g, "handle$1$2$3$4")
      .replace(
        /^(?:it would|it'd|would it) be \w+ (?:to have|if (?:there was|there were|we had|you (?:built|made)))/,
        "",
      )
      .match(/[\p{L}\p{N}$€£%][\p{L}\p{N}'.\-$€£%]*|[,&+/]/gu) ?? []
  );
}
