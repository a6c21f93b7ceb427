import { stem } from "./stem.ts";

/** Groups of everyday English words that stand for nearly the same in a request. */
const GROUPS = [
  "appointment booking reservation visit consultation",
  "refund reimburse reimbursement moneyback",
  "return exchange sendback",
  "delivery deliver ship shipping shipment shipped parcel package courier stuff",
  "track tracking whereabouts",
  "broken damaged defective faulty cracked smashed broke",
  "cancel cancellation calloff",
  "change reschedule move postpone modify edit update amend alter switch rearrange",
  "price cost fee charge rate",
  "ticket incident issue problem bug fault trouble error",
  "employee staff colleague worker",
  "leave vacation holiday timeoff pto absence dayoff",
  "house home property flat apartment villa condo studio",
  "viewing tour",
  "recipe dish",
  "doctor dentist physician hygienist clinician",
  "class lesson session course",
  "quiz test exam",
  "question",
  "buy purchase",
  "reserve book",
  "invoice bill receipt",
  "payment pay paid",
  "phone telephone mobile cell",
  "email mail e-mail",
  "complaint complain",
  "feedback review rating",
  "subscription subscribe membership plan",
  "password login signin credential",
  "laptop computer pc macbook notebook machine",
  "wifi internet network connection",
  "remove delete erase",
  "available availability free slot",
  "job position vacancy role",
  "car vehicle auto",
  "trip travel journey",
  "remaining balance left entitlement",
  "hour schedule timetable",
  "arrive arrival eta",
  "broken-down repair fix mend",
  "pet dog cat animal",
  "task todo to-do chore",
  "guest attendee participant",
  "quote estimate quotation",
  "event party",
  "customer client",
  "purchase-order procurement",
  "sick ill unwell sickness",
  "lead prospect enquiry inquiry",
  "money cash",
  "reminder remind remember",
  "expense spend spent",
  "location place address area city town neighbourhood neighborhood",
  "start begin",
  "finish end complete",
  "document file paper",
  "shop store",
  "food eat",
  "teacher tutor instructor trainer coach",
  "student pupil learner",
];

const CONCEPT = new Map<string, string>();
for (const group of GROUPS) {
  const members = group.split(" ").map(stem);
  for (const member of members) if (!CONCEPT.has(member)) CONCEPT.set(member, `~${members[0]}`);
}

/** The idea a stem stands for, shared by its synonyms. */
export function conceptOf(stemmed: string): string {
  return CONCEPT.get(stemmed) ?? stemmed;
}

/** Phrases of two or three words that are one idea, rewritten before words are cut. */
const PHRASES: [RegExp, string][] = [
  [/\bmoney[- ]back\b|\bmy money\b[^.]{0,12}\bback\b/gi, "moneyback"],
  [/\btime[- ]off\b|\bdays? off\b|\boff work\b/gi, "timeoff"],
  [/\bcall(?:ing)? off\b/gi, "calloff"],
  [/\bsign(?:ing)? in\b|\blog(?:ging)? ?in(?:to)?\b|\blog on\b/gi, "login"],
  [/\bsend (?:it |them |this )?back\b/gi, "sendback"],
  [/\bwi-fi\b/gi, "wifi"],
  [/\bto-do\b/gi, "todo"],
  [/\bhow much (?:is|are|does|do|will|would)\b/gi, "price"],
  [
    /\b(?:opening|business|office|working) (?:hours?|times?)\b|\bwhen (?:do|are) you (?:open|close)d?\b|\bwhat time do you (?:open|close)\b|\byour hours\b/gi,
    "open",
  ],
];

export function joinPhrases(text: string): string {
  let joined = text;
  for (const [phrase, word] of PHRASES) joined = joined.replace(phrase, word);
  return joined;
}
