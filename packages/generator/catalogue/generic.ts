import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import type { Capability } from "./capability.ts";
import { date, text } from "./column.ts";

type Kind = {
  verbs: string;
  verb: string;
  record: string;
  also: readonly string[];
  /** One makes the whole record: one reports a rent payment, not rent. */
  whole?: true;
  /** It may be about no day at all: something broken, a wish. */
  anyDay?: true;
  /** What somebody says about it. */
  says?: string;
};

/** How what people do is recorded: a swap is offered, a street light reported. */
const KINDS: readonly Kind[] = [
  {
    verbs: "report flag notify declare",
    anyDay: true,
    verb: "report",
    record: "report",
    also: ["tell about", "flag"],
    says: "somebody should look at it soon",
  },
  {
    verbs: "log record track monitor keep document measure note enter collect gather capture score",
    verb: "log",
    record: "entry",
    also: ["record", "write down", "add"],
    says: "everything looked fine this time",
  },
  {
    verbs: "plan prepare organize organise design outline",
    verb: "plan",
    record: "plan",
    also: ["organise", "prepare"],
    says: "about ten people and not too expensive",
  },
  {
    verbs: "swap trade exchange share lend sell",
    anyDay: true,
    verb: "offer",
    record: "offer",
    also: ["swap", "share", "give away"],
    says: "it is in good shape and can be picked up in the evening",
  },
  {
    verbs: "upload submit send attach",
    anyDay: true,
    verb: "submit",
    record: "submission",
    also: ["send in", "hand in"],
    says: "all pages are there and easy to read",
  },
  {
    verbs: "borrow",
    verb: "borrow",
    record: "loan",
    also: ["take out", "get"],
    says: "I bring it back within two weeks",
  },
  {
    verbs: "vote nominate",
    anyDay: true,
    verb: "vote for",
    record: "vote",
    also: ["choose", "nominate"],
    says: "the one from last time",
  },
  {
    verbs: "pay",
    verb: "report",
    record: "payment",
    also: ["pay", "tell about"],
    whole: true,
    says: "all of it, by bank transfer",
  },
  {
    verbs: "renew extend",
    verb: "request",
    record: "renewal",
    also: ["renew", "extend", "ask for"],
    whole: true,
    says: "for as long as last time",
  },
];
/** Where only the subject is known: one makes a "wine cellar request". */
const MAKE: Omit<Kind, "verbs"> = {
  verb: "make",
  record: "request",
  also: ["send", "submit", "ask for"],
  whole: true,
};
const OTHER: Omit<Kind, "verbs"> = {
  verb: "request",
  record: "request",
  also: ["ask for", "submit", "make"],
};

/** Anything the catalogue has no better idea for: say what you need, come back to it, withdraw it. */
export const generic: Capability = {
  id: "request",
  cues: {},
  plan: (ask) => {
    const kind =
      KINDS.find((it) => it.verbs.split(" ").includes(ask.verb ?? "")) ?? (ask.verb ? OTHER : MAKE);
    const planned = requests(kind).plan(ask);
    return { ...planned, words: { ...planned.words, verb: kind.verb } };
  },
  build: (site) => {
    const kind = [...KINDS, MAKE].find(
      (it) => it.verb === site.words.verb && site.words.record?.endsWith(it.record),
    );
    return requests(kind ?? OTHER).build(site);
  },
};

function requests(kind: Omit<Kind, "verbs">): Capability {
  return request({
    id: "request",
    noun: "request",
    record: kind.record,
    verb: kind.verb,
    also: kind.also,
    cues: {},
    ...(kind.whole ? { madeAsRecord: kind.whole } : {}),
    columns: ({ record }) => ({
      details: text("Details", `What the ${record} is about, in the person's own words.`, {
        required: true,
        examples: ["Something for two people", "As soon as it can be done"],
      }),
      day: date("Day", "The day it is about or needed by.", kind.anyDay ? {} : { required: true }),
    }),
    statuses: ["open", "in progress", "done", "withdrawn"],
    end: { verb: "withdraw", status: "withdrawn" },
    samples: () => [
      { details: "As soon as it can be done, and please tell me beforehand", day: "2030-05-14" },
      { details: "It is for Dana, please keep it quiet", day: "2030-06-01" },
    ],
    opening: ({ noun }) => ({
      say: `I want to ${kind.verb} ${withArticle(noun)} for 2030-06-20: ${kind.says ?? "please tell me beforehand"}`,
      stored: { day: "2030-06-20" },
    }),
  });
}
