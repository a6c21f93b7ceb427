import { capital, kebab, plural, snake, withArticle } from "../brief/words.ts";
import type { Ask, Capability, Cell, Columns, Cues } from "../catalogue/capability.ts";
import { numberOf, status } from "../catalogue/column.ts";
import { buildRequest } from "./build-request.ts";
import { compound } from "./compound.ts";
import { nounOf } from "./noun-of.ts";

/** Something a person makes here and comes back to: a booking, a ticket, a claim, or anything else. */
export type RequestSpec = {
  id: string;
  cues: Cues;
  /** What it is about when the prompt does not say: `appointment`. */
  noun: string;
  /** Put behind the noun for one record: `yoga class` + `booking`. "" where the noun is the record. */
  record: string;
  /** Nouns that already are a record: an `appointment` is not called an "appointment booking". */
  whole?: readonly string[];
  /** What is made is called by the whole record: one makes a "wine cellar request", not a wine cellar. */
  madeAsRecord?: true;
  /** Put behind the noun for the workflow's name; the record's where absent. */
  suffix?: string;
  /** What a person does to make one, as a base verb: `book`, and other ways to say so. */
  verb: string;
  also: readonly string[];
  /** What somebody says who wants one without saying so: "they spent money on something". */
  says?: string;
  /** Whether things that were named, or that the business offers, are choices of one column. */
  choices?: true;
  /** What is asked for. */
  columns: (about: About) => Columns;
  statuses: readonly [string, ...string[]];
  /** The status a person may set by themselves, and how they say so. */
  end?: { verb: string; status: string };
  /** Columns a person may change later. */
  change?: { verb: string; columns: readonly string[] };
  /** Values of the asked-for columns: the creator's row and the sample person's. */
  samples: (about: About) => [Record<string, Cell>, Record<string, Cell>];
  /** The first message of someone who says everything, and what must be stored from it. */
  opening: (about: About) => Opening;
  /** Other statuses a person may set: to pause and to resume. */
  steps?: readonly { verb: string; status: string }[];
  /** Whether what is missing is asked for on a form, for what needs many details. */
  form?: true;
  /** The status of what somebody of the team has approved, where the prompt speaks of an approval. */
  approved?: string;
  /** Whether people can ask for a human of the team. */
  human?: true;
  /** Who may be asked to speak about it; part of the agent's instructions. */
  note?: string;
};

export type Opening = { say: string; stored: Record<string, string | number | boolean> };

/** The words a record is written in. */
export type About = {
  noun: string;
  plural: string;
  record: string;
  records: string;
  items: readonly string[];
  /** The line of business the prompt named: `bike repair shop`, or "". */
  trade: string;
};

/** More choices than this are no help to anybody. */
const MAX_ITEMS = 12;

export function request(spec: RequestSpec): Capability {
  return {
    id: spec.id,
    cues: spec.cues,
    ...(spec.choices ? { several: spec.choices } : {}),
    ...(spec.human ? { human: spec.human } : {}),
    plan: (ask) => {
      const about = aboutOf(spec, ask);
      const name = snake(about.records);
      const key = `${snake(about.record)}_number`.slice(0, 63);
      const prefix = prefixOf(about.record);
      const [mine, theirs] = spec.samples(about);
      const [first] = spec.statuses;
      const columns: Columns = {
        [key]: numberOf(about.record, `${prefix}\\d{4,}`, `${prefix}1001`),
        ...spec.columns(about),
        status: status(about.record, spec.statuses),
      };
      const workflow = compound(about.noun, spec.suffix ?? spec.record);
      return {
        name: kebab(workflow),
        title: capital(workflow),
        description: `Lets people ${spec.verb} ${withArticle(about.noun)}, look up their own ${about.records}${spec.end ? ` and ${spec.end.verb} them` : " and see how they stand"}.`,
        table: name,
        tables: {
          [name]: {
            title: capital(about.records),
            description: `One row for each ${about.record}.`,
            owner: "user",
            key,
            key_prefix: prefix,
            columns,
            sample: [
              { owner: "creator", values: { [key]: `${prefix}1001`, ...mine, status: first } },
              { owner: "sample", values: { [key]: `${prefix}1002`, ...theirs, status: first } },
            ],
          },
        },
        words: {
          noun: about.noun,
          plural: about.plural,
          record: about.record,
          records: about.records,
          ...(about.trade ? { trade: about.trade } : {}),
          ...(spec.approved && asksForApproval(ask) ? { approved: spec.approved } : {}),
          ...(about.items.length > 0 ? { items: about.items.join(" | ").slice(0, 200) } : {}),
        },
      };
    },
    build: (site) => buildRequest(spec, site),
  };
}

function aboutOf(spec: RequestSpec, ask: Ask): About {
  const noun = thingOf(nounOf(ask.noun, spec.noun), spec);
  const isWhole = spec.whole?.some((it) => noun === it || noun.endsWith(` ${it}`));
  const record = isWhole ? noun : compound(noun, spec.record);
  const made = spec.madeAsRecord ? record : noun;
  return {
    noun: made,
    plural: plural(made),
    record,
    records: plural(record),
    items: spec.choices && ask.items.length > 1 ? ask.items.map(capital).slice(0, MAX_ITEMS) : [],
    trade: ask.brief.business_words,
  };
}

/** "expense approval", "managers approve leave". */
function asksForApproval({ brief }: Ask): boolean {
  return brief.clauses.some((it) => it.lemmas.some((lemma) => lemma === "approve" || lemma === "approval"));
}

/** "cake order" is about a cake where the record is an order; "order" alone is about the usual thing. */
function thingOf(noun: string, spec: RequestSpec): string {
  if (!spec.record || spec.record === spec.noun) return noun;
  if (spec.whole?.includes(noun)) return noun;
  if (noun === spec.record) return spec.noun;
  return noun.endsWith(` ${spec.record}`) ? noun.slice(0, -spec.record.length - 1) : noun;
}

/** `yoga class booking` → `YCB-`, `ticket` → `TI-`. */
export function prefixOf(record: string): string {
  const words = record
    .replace(/[^a-z ]/g, "")
    .split(" ")
    .filter(Boolean);
  const letters = words.length > 1 ? words.map((word) => word[0]).join("") : (words[0] ?? "r").slice(0, 2);
  return `${letters.toUpperCase().slice(0, 4)}-`;
}
