import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import type { Capability } from "./capability.ts";
import { date, text } from "./column.ts";

/** How what people do is recorded: a swap is offered, a street light reported. */
const KINDS: readonly { verbs: string; verb: string; record: string; also: readonly string[] }[] = [
  { verbs: "report flag notify", verb: "report", record: "report", also: ["tell about", "flag"] },
  {
    verbs: "log record track monitor keep document measure note enter",
    verb: "log",
    record: "entry",
    also: ["record", "write down", "add"],
  },
  {
    verbs: "plan prepare organize organise design outline",
    verb: "plan",
    record: "plan",
    also: ["organise", "prepare"],
  },
  {
    verbs: "swap trade exchange share lend sell",
    verb: "offer",
    record: "offer",
    also: ["swap", "share", "give away"],
  },
  { verbs: "pay", verb: "report", record: "payment", also: ["pay", "tell about"] },
  {
    verbs: "upload submit send attach",
    verb: "submit",
    record: "submission",
    also: ["send in", "hand in"],
  },
  { verbs: "renew", verb: "request", record: "renewal", also: ["renew", "ask for"] },
];
/** Where only the subject is known: one makes a "wine cellar request". */
const MAKE = { verb: "make", record: "request", also: ["send", "submit", "ask for"] };
const OTHER = { verb: "request", record: "request", also: ["ask for", "submit", "make"] };

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

function requests(kind: { verb: string; record: string; also: readonly string[] }): Capability {
  return request({
    id: "request",
    noun: "request",
    record: kind.record,
    verb: kind.verb,
    also: kind.also,
    cues: {},
    ...(kind === MAKE ? { madeAsRecord: true as const } : {}),
    columns: ({ record }) => ({
      details: text("Details", `What the ${record} is about, in the person's own words.`, {
        required: true,
        examples: ["The large one by the entrance", "Something for two people"],
      }),
      day: date("Day", "The day it is about or needed by.", { required: true }),
    }),
    statuses: ["open", "in progress", "done", "withdrawn"],
    end: { verb: "withdraw", status: "withdrawn" },
    samples: () => [
      { details: "Something for two people, with a short introduction", day: "2030-05-14" },
      { details: "A surprise for Dana's birthday, please keep it quiet", day: "2030-06-01" },
    ],
    opening: ({ noun }) => ({
      say: `I want to ${kind.verb} ${withArticle(noun)} for 2030-06-20: the large one by the entrance, please`,
      stored: { day: "2030-06-20" },
    }),
  });
}
