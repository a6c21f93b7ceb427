import { findAmounts, NUMBER, numberFrom } from "./amounts.ts";
import type { SaidRole, SaidWhat } from "./said-rule.ts";
import { singular } from "./words.ts";

/** What a stretch of a sentence lays down. `rest`: what of it still says what to build; "" where nothing does. */
export type Laid = { whats: SaidWhat[]; rest: string; roles: SaidRole[] };

const TEAM =
  "managers?|admins?|administrators?|supervisors?|bosses|boss|owners?|staff|team leads?|leads?|hr|teachers?|head office|operators?|agents?|moderators?|coordinators?|directors?|accountants?|landlords?|trainers?|coaches|doctors?|dispatchers?|receptionists?|team|office|instructors?|organi[sz]ers?|librarians?|vets?|chefs?|finance|humans?";
const APPROVES =
  /\b(?:approv(?:e|es|ed|al|als|ing)|sign(?:s|ed)?[- ]?off|authori[sz](?:e|es|ed|ation)|permission|green light|(?:my|manager's|boss's|owner's) (?:ok|okay|yes)|(?:needs?|requires?) (?:a )?confirmation|(?:ok|okay)(?:'?d|ed) by)\b/i;
const BY_PERSON =
  /\b(?:customer|user|client|guest|patient|member|person)(?:'s|s')? (?:has to |must |should )?(?:approv|confirm|consent)|(?:approv\w*|confirm\w*) (?:by|from|of) the (?:customer|user|client|guest|patient|member)/i;
const AUTOMATIC =
  /\b(?:automatic(?:ally)?|auto-?\s?approv\w*|instantly|straight away|right away|no approval|without (?:\w+ )?(?:approval|permission|asking)|(?:don't|do not|doesn't|does not|needn't|need not|never|not) (?:\w+ )?(?:need|require|have to be|necessary))/i;
const DEMANDS =
  /\b(?:needs?|needing|requires?|requiring|must|ha(?:ve|s) to|waits?|subject to|automatic\w*|should|before|without)\b/i;
const SUBMIT =
  /\b(?:for|to get|and get|pending|with|after) (?:my |a |the |their |manager'?s? |owner'?s? |admin )?(?:approval|permission|sign-?off)\b/i;

const SEES_ALL = new RegExp(
  `\\b(${TEAM}|i|we)\\b[^,;]{0,30}?\\b(?:see|view|access|read|manage|check|look at|oversee|review)\\s+(?:all|every|everyone's|everybody's|everything|any|the whole|other people's|others')\\b.*`,
  "i",
);
const OWN =
  /\b(?:(?:see|view|access|read|find|change|edit|cancel|manage)s?\s+(?:only\s+)?(?:their|his|her|its)\s+own\b|only\s+(?:see|view|access|read|manage|change)s?\s+(?:their|his|her)\b|(?:not|never|nobody|no one|can't|cannot)\b[^,;]{0,30}\b(?:see|view|access|read)\b[^,;]{0,20}\b(?:other|others|others'|each other's|somebody else's|someone else's|anyone else's)\b)/i;
const FOR_SOME = new RegExp(
  `\\b(?:only (?:for )?(?:our )?(${TEAM}|employees|members|students|residents)|(${TEAM}|employees|members|students|residents)[- ]only|for (${TEAM}|employees|members) only)\\b`,
  "i",
);
const NEVER =
  /\b(?:cannot|can't|can not|could not|may not|must not|mustn't|should not|shouldn't|not be able to|not allowed to|never|don't let [a-z]+|do not let [a-z]+|no|without(?: the| any| an)?)\s+(?:possibility to\s+|possibility of\s+|option to\s+|way to\s+)?(?:be\s+)?(?:ever\s+)?(cancel\w*|withdraw\w*|reschedul\w*|chang\w*|edit\w*|modif\w*|mov(?:e|ed))\b/i;
const ONLY_TEAM_MAY = new RegExp(
  `\\bonly\\s+(?:(?!the|my|our)[a-z]+\\s+|the\\s+|my\\s+|our\\s+)?(${TEAM}|i|we)\\s+(?:can|may|should)\\s+(cancel\\w*|chang\\w*|reschedul\\w*|edit\\w*|close\\w*|withdraw\\w*|delete)`,
  "i",
);
const WITHOUT =
  /^(.*?)\b(?:without|(?<!says? )no(?! (?:more|less|later|one|longer|fewer|earlier|matter|need to))|except(?: for)?|excluding|minus|but not|not including|leave out|skip)\s+(?:any\s+|the\s+|a\s+|an\s+|have\s+|having\s+|do\s+|doing\s+|need for\s+)?([a-z].*)$/i;
const DO_NOT =
  /^(.*?)\b(?:don't|do not|doesn't|does not|shouldn't|should not|must not|mustn't|won't|will not|never|not)\s+(?:ever\s+|be able to\s+|want(?: to)?\s+|need(?: to)?\s+)?(?:be\s+)?(?:let\s+(?:people|users|customers|them|anyone|anybody)\s+)?(?:want|need|include|allow|offer|accept|handle|support|do|add|build|give|take|process|show|collect|provide|sell|deal with|refund|ask for|send|store|hand out|promise)\s*(?:any\s+|the\s+|for\s+|a\s+|out\s+)*([a-z].*)?$/i;
const NOT_ALLOWED =
  /^(.*?)\b(?:is|are|will be|be)\s+(?:not|never|n't)\s+(?:be\s+)?(?:allowed|needed|included|offered|possible|accepted|supported|required|given|available|wanted|permitted)|^(.*?)\b(?:aren't|isn't)\s+(?:allowed|needed|included|offered|possible|accepted|supported|required|given|available|permitted)/i;
/** Comparisons without these say how something is, not how much of it there may be. */
const BOUNDS =
  /\b(?:at most|no more than|not more than|up to|max\w*|limit\w*|capped|at least|min\w*|between|no less than|no fewer than|no longer than|not longer than|or (?:less|more|fewer)|\d\s*(?:to|-|–)\s*\d+\s+[a-z]+|(?:only|just)\b.*\b(?:over|above|under|below|(?:more|less|fewer) than))\b/i;
const WITHIN = new RegExp(
  `\\bwithin\\s+(?:the first\\s+)?(${NUMBER})\\s+(days?|weeks?|hours?|months?)\\b`,
  "i",
);

/** "customers get told", "are reminded a day before": people would hear of something by themselves. */
const IS_TOLD =
  /^\s*(?:[\w'-]+\s+){0,4}?(?:get|gets|getting|are|is|be|being)\s+(?:told|notified|informed|alerted|reminded|warned|pinged|texted|e?-?mailed)(?:\s+(?:by|via)\s+[\w-]+)?(?:\s+(?:an?|one|two|\d+)\s+\w+\s+(?:before|ahead|earlier|later|after))?\s*$/i;

/** @param follows what joins the next stretch to it */
export function layDown(stretch: string, follows = ""): Laid {
  if (/^\s*(?:all\s+)?(?:others?|otherwise|the rest|everything else|anything else|all else)\b/i.test(stretch))
    return { whats: [], rest: "", roles: [] };
  const approval = approvalIn(stretch);
  if (approval) return approval;
  const sees = SEES_ALL.exec(stretch);
  if (sees) {
    const name = /^(?:i|we)$/i.test(sees[1]!) ? "owner" : singular(sees[1]!.toLowerCase());
    const why = `${name === "owner" ? "you see" : `a ${name} sees`} all records in the app's tables, as a member of its team, not in the chat`;
    return { whats: [{ kind: "unbuilt", why }], rest: "", roles: [{ name, where: "team" }] };
  }
  const only = ONLY_TEAM_MAY.exec(stretch);
  if (only) {
    const name = /^(?:i|we)$/i.test(only[1]!) ? "owner" : singular(only[1]!.toLowerCase());
    return {
      whats: [{ kind: "never", action: actionOf(only[2]!) }],
      rest: "",
      roles: [{ name, where: "team" }],
    };
  }
  if (IS_TOLD.test(stretch)) {
    // "… get told where their order is": what they ask for stands behind.
    if (/\b(?:where|who|which|that)\b/i.test(follows)) return { whats: [], rest: "", roles: [] };
    const why = "an app answers people, and writes to nobody by itself";
    return { whats: [{ kind: "unbuilt", why }], rest: "", roles: [] };
  }
  if (OWN.test(stretch)) return { whats: [{ kind: "own" }], rest: restOfOwn(stretch), roles: [] };
  const never = MARKED.test(stretch) ? null : NEVER.exec(stretch);
  if (never) {
    const before = stretch.slice(0, never.index);
    const rest = /\b(?:app|bot|system|site|platform|tool|assistant)\b/i.test(before) ? before : "";
    const both =
      /\b(?:cancel|withdraw)/i.test(stretch) &&
      /\b(?:reschedul|chang|edit|modif|mov(?:e|ed)\b)/i.test(stretch);
    const actions = both ? (["end", "change"] as const) : [actionOf(never[1]!)];
    return { whats: actions.map((action) => ({ kind: "never", action })), rest, roles: [] };
  }
  const some = FOR_SOME.exec(stretch);
  if (some) {
    const name = singular((some[1] ?? some[2] ?? some[3])!.toLowerCase());
    const why = "everybody who can open the app's address can sign in; who that is isn't checked";
    const rest = stretch.replace(some[0], ` for ${some[1] ?? some[2] ?? some[3]} `);
    return { whats: [{ kind: "unbuilt", why }], rest, roles: [{ name, where: "chat" }] };
  }
  if (/\b(?:don't|do not|doesn't) have (?:the |any |enough )?time\b|\bno time\b/i.test(stretch))
    return { whats: [], rest: "", roles: [] };
  const without = denied(stretch);
  if (without) return without;
  if (WITHIN.test(stretch)) {
    const [all, value, unit] = WITHIN.exec(stretch)!;
    const why = `nothing checks that it is within ${numberFrom(value!)} ${unit}`;
    return {
      whats: [{ kind: "unbuilt", why }],
      rest: stretch.replace(all, " ").replace(/\b(?:of|after|from)\s+\w+\s*$/i, " "),
      roles: [],
    };
  }
  if (findAmounts(stretch) && /\b(?:needs?|requires?)\b/i.test(stretch))
    return { whats: [{ kind: "unbuilt", why: "" }], rest: "", roles: [] };
  const found = BOUNDS.test(stretch) ? findAmounts(stretch) : null;
  if (found) {
    const after = stretch
      .slice(found.at[1])
      .replace(/^\s*(?:per|for each|for every|in each|an?|each|every)\b(?:\s+[a-z]+)?/i, " ");
    const around = `${stretch.slice(0, found.at[0])} ${after}`;
    // "orders of at least 6 bottles" only says of what.
    const rest = /^\s*[a-z]+\s+(?:of|for|with)\s*$/i.test(around) ? "" : around;
    return { whats: [{ kind: "range", amounts: found.amounts }], rest, roles: [] };
  }
  return { whats: [], rest: stretch, roles: [] };
}

function approvalIn(stretch: string): Laid | null {
  if (
    !APPROVES.test(stretch) &&
    !(AUTOMATIC.test(stretch) && (/approv|paid|accepted|confirmed/i.test(stretch) || findAmounts(stretch)))
  )
    return null;
  const amounts = findAmounts(stretch)?.amounts ?? [];
  const isAutomatic = AUTOMATIC.test(stretch);
  const [amount] = amounts;
  // "under €100 is approved automatically" asks for approval from €100 on.
  const when = amount ? (isAutomatic ? { ...amount, op: OPPOSITE[amount.op] } : amount) : null;
  const role = new RegExp(`\\b(${TEAM})\\b(?:'s)?`, "i").exec(stretch)?.[1]?.toLowerCase();
  const by = BY_PERSON.test(stretch) ? "user" : "operator";
  const roles: SaidRole[] = role && by === "operator" ? [{ name: singular(role), where: "team" }] : [];
  if (isAutomatic && !when) return { whats: [], rest: stretch.replace(AUTOMATIC, " "), roles: [] };
  return { whats: [{ kind: "approval", by, when }], rest: restOfApproval(stretch), roles };
}

/** "submit expenses for approval" still says what people do; "refunds over $50 need approval" does not. */
function restOfApproval(stretch: string): string {
  const submit = SUBMIT.exec(stretch);
  if (submit && submit.index > 0) return stretch.slice(0, submit.index);
  return findAmounts(stretch) || DEMANDS.test(stretch) || /\bapproves?\b/i.test(stretch) ? "" : stretch;
}

/** "no refunds"; with a condition ("no refunds after 30 days") it is not all that is left out. */
function denied(stretch: string): Laid | null {
  const found = deniedIn(stretch);
  if (!found) return null;
  const { what, rest } = found;
  if (MARKED.test(what) || what === "") return { whats: [], rest: stretch, roles: [] };
  const amount = findAmounts(what)?.amounts[0];
  if (amount)
    return { whats: [{ kind: "range", amounts: [{ ...amount, op: OPPOSITE[amount.op] }] }], rest, roles: [] };
  if (/\s(?:for|after|before|on|over|under|above|unless|if|without|within|from|during|when|to)\s/i.test(what))
    return { whats: [{ kind: "unbuilt", why: "" }], rest, roles: [] };
  return {
    whats: [
      {
        kind: "without",
        what: what.replace(/\s+(?:please|thanks?|thank you|at all|yet|either|anymore)\b.*$/i, ""),
      },
    ],
    rest,
    roles: [],
  };
}

/** Marks of what was found before: see `find-rules.ts`. */
const MARKED = /[\ue000-\ue0ff]/;
const OPPOSITE = { ">": "<=", ">=": "<", "<": ">=", "<=": ">" } as const;
/** Tells how things are now rather than what not to build. */
const STORY =
  /\b(?:currently|yet|right now|at the moment|properly|today|anymore|any more|keep up|not only|not just|not sure|don't know|no idea|no time|no longer|nobody|no one|know how|no more than)\b/i;

function deniedIn(stretch: string): { what: string; rest: string } | null {
  if (STORY.test(stretch)) return null;
  const allowed = NOT_ALLOWED.exec(stretch);
  if (allowed) {
    const tail = stretch.slice(allowed.index + allowed[0].length);
    return { what: `${(allowed[1] ?? allowed[2] ?? "").trim()}${tail}`.trim(), rest: "" };
  }
  const without = WITHOUT.exec(stretch);
  if (without) {
    const rest = /^(?:and|but|it|there|please|with|has|have|should have)?\s*$/i.test(without[1]!)
      ? ""
      : without[1]!;
    return { what: without[2]!.trim(), rest };
  }
  const not = DO_NOT.exec(stretch);
  return not ? { what: (not[2] ?? not[1] ?? "").trim(), rest: "" } : null;
}

/** "customers can see their own orders": what they do stays. */
function restOfOwn(stretch: string): string {
  if (/\b(?:not|never|nobody|no one|can't|cannot)\b/i.test(stretch)) return "";
  return stretch.replace(/\bonly\b/gi, " ").replace(/\bown\b\s*$/i, " ");
}

function actionOf(verb: string): "end" | "change" {
  return /^(?:cancel|withdraw|delete|close)/i.test(verb) ? "end" : "change";
}

/** "refunds" of "refunds over $50 need my approval" or of "my approval for refunds over $50". */
export function subjectOf(stretch: string): string {
  const found = findAmounts(stretch);
  const whole = found ? `${stretch.slice(0, found.at[0])} , ${stretch.slice(found.at[1])}` : stretch;
  const [head = ""] = whole.split(/\b(?:needs?|requires?|must|should|ha(?:ve|s) to|waits?|are|is|gets?)\b/i);
  const bare =
    /^\W*(?:if\b|when\b|i\b|we\b|an?\s*$)|approv|permission/i.test(head) || head.trim().length < 3
      ? whole
      : head;
  return bare
    .replace(NEVER, " ")
    .replace(ONLY_TEAM_MAY, " ")
    .replace(/[\ue000-\ue0ff]/g, " ")
    .replace(
      new RegExp(
        `\\b(?:${TEAM}|my|me|i|we|someone|somebody|a|an|the|all|every|any|each|if|when|is|are|it|they|them|must|first|to|by|before|always|no|not|only|can|may)\\b(?:'s)?`,
        "gi",
      ),
      " ",
    )
    .replace(
      /\b(?:needs?|needing|requires?|requiring|required|must|ha(?:ve|s)|should|waits?|want|automatically|amount|total|value|worth|costs?)\b/gi,
      " ",
    )
    .replace(new RegExp(APPROVES.source, "gi"), " ")
    .replace(/\b(?:for|of|with|on)\b/gi, " ")
    .replace(/[\s,]+/g, " ")
    .trim();
}

/** "appointments" of "never see other patients' appointments". */
export function ownedIn(stretch: string): string {
  return (/\b(?:see|view|access|read|find)s?\s+(.*)$/i.exec(stretch)?.[1] ?? "")
    .replace(
      /\b(?:others?|each other|people|somebody|someone|anyone)(?:'s?)?(?:\s+else's)?|\b[a-z]+s?'s?(?=\s)/gi,
      " ",
    )
    .trim();
}
