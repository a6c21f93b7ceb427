import { stem } from "../text/stem.ts";
import type { Action } from "./scene.ts";

const VERBS: Record<Exclude<Action, "other">, string> = {
  find: "find get list show look lookup check search see view track fetch read browse display review locate retrieve tell explain describe",
  create:
    "create add book order buy purchase request make open file report submit register enrol enroll join apply reserve schedule place log record raise new start send leave subscribe post save capture note write hire rent sign claim rsvp arrange set place issue give plan",
  cancel: "cancel delete remove withdraw drop unsubscribe close revoke",
  change:
    "change update edit modify move reschedule postpone switch correct rename set mark amend extend renew adjust assign swap rate approve reject complete finish pay",
};

const BY_STEM = new Map<string, Action>();
for (const [action, verbs] of Object.entries(VERBS))
  for (const verb of verbs.split(" "))
    if (!BY_STEM.has(stem(verb))) BY_STEM.set(stem(verb), action as Action);

/** What sort of doing a verb is. */
export function actionOfVerb(verb: string): Action {
  return BY_STEM.get(stem(verb.toLowerCase())) ?? "other";
}

/** Words that are nouns as often as verbs: they count as doing only where a verb stands. */
const ALSO_NOUN = new Set(
  [
    "order",
    "book",
    "request",
    "report",
    "file",
    "schedule",
    "record",
    "place",
    "issue",
    "review",
    "log",
    "note",
    "plan",
    "post",
    "rate",
    "claim",
    "track",
    "sign",
    "set",
    "rent",
    "leave",
    "look",
    "list",
    "search",
    "view",
    "check",
    "register",
    "start",
    "open",
    "close",
    "new",
    "change",
    "return",
    "move",
    "complete",
    "renew",
  ].map(stem),
);

const ASKING =
  /^(?:where(?:'s| is| are| has| have)?|what(?:'s|s| is| are| was| were)?|when(?:'s| is| will| does| do| was)?|which|who(?:'s)?|how (?:much|many|long|is|are|far|do|does|did)|is|are|was|were|did|does|has|have|status|any|do (?:i|you|we) have)\b/i;

const BEFORE_VERB =
  /(?:^|\b(?:to|please|can you|could you|can i|could i|i'd|let's|lets|and|then|i|will you|would you|you|me)\s+)$/i;

/** What a clause asks to be done, or null when it does not say. */
export function actionOfClause(clause: string): Action | null {
  const text = clause
    .trim()
    .replace(/^(?:(?:hi|hello|hey|please|ok|okay|so|and|also|then|well|yes|actually|now)[,!.]?\s+)+/i, "")
    .replace(
      /^(?:is it possible|is there (?:a|any) way|am i able|would it be possible|is there any chance|do you think i (?:can|could))(?: for me)? to /i,
      "can i ",
    );
  let asked: Action | null = null;
  for (const match of text.matchAll(/[a-z]+(?:'[a-z]+)?/gi)) {
    const action = BY_STEM.get(stem(match[0].toLowerCase()));
    if (!action) continue;
    const leads = BEFORE_VERB.test(text.slice(0, match.index));
    if (ALSO_NOUN.has(stem(match[0].toLowerCase())) && !leads) continue;
    if (
      match[0].toLowerCase() === "get" &&
      /\b(?:i|to|can i|could i|me)\s+$/i.test(text.slice(0, match.index))
    )
      return "create";
    // "View it" may want a visit; "view my …" wants a list.
    if (/^view$/i.test(match[0]) && !/^\s+(?:my|all|our)\b/i.test(text.slice(match.index + 4))) continue;
    // "I need to see someone" asks for a meeting, not for a list.
    if (
      /^see$/i.test(match[0]) &&
      /^\s+(?:someone|somebody|an?\b|the\b|my\b|dr\b)/i.test(text.slice(match.index + 3)) &&
      /\b(?:need|want|like|have) to\s+$/i.test(text.slice(0, match.index))
    )
      return "create";
    asked ??= action;
  }
  if (ASKING.test(text))
    return asked === "find" || asked === null
      ? "find"
      : /^(?:did|was|is|are|were|has|have|where|when|what|which|who)\b/i.test(text)
        ? "find"
        : asked;
  return (
    asked ??
    (/\b(?:i (?:want|need|would like|'d like)|i'd like|i'll have|give me|can i have|could i have)\b/i.test(
      text,
    )
      ? "create"
      : null)
  );
}
