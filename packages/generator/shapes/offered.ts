import { capital, kebab, plural, snake, withArticle } from "../brief/words.ts";
import type { Ask, Capability, Cell, Columns, Cues } from "../catalogue/capability.ts";
import { numberOf, status, text } from "../catalogue/column.ts";
import { buildOffered } from "./build-offered.ts";
import { compound } from "./compound.ts";
import { nounOf } from "./noun-of.ts";
import { prefixOf } from "./request.ts";

/**
 * Things that are there for everybody, and what each person does with them: classes and the places booked in them,
 * open jobs and applications, steps of a checklist and those that are done.
 */
export type OfferedSpec = {
  id: string;
  cues: Cues;
  noun: string;
  /** What a thing is called, when that is not simply what was asked for. */
  nounIn?: (ask: Ask) => string;
  /** One record of a person: `class booking`. */
  recordOf?: (noun: string) => string;
  /** Put behind the noun for one record, where `recordOf` is absent. */
  suffix: string;
  /** The workflow's name; the record's where absent. */
  workflow?: string;
  /** What a person does with a thing: `book`, as a base verb; `did`: what has been done to it then; other ways to say it. */
  verb: string;
  also: readonly string[];
  /** "their day, time and teacher": what the list tells of things. */
  tells: string;
  /** Columns of a thing beside its name. */
  columns: (noun: string) => Columns;
  /** Names of the things there are, and the values of their other columns, in order. */
  things: (ask: Ask, noun: string) => { title: string; values: Record<string, Cell> }[];
  /** Columns of a thing that a record takes over. */
  carried: readonly string[];
  /** Columns of a thing by which the list can be narrowed. */
  narrow: readonly string[];
  /** Further columns a person is asked for, what the two sample rows have in them, and how somebody says it. */
  asked?: {
    columns: Columns;
    samples: [Record<string, Cell>, Record<string, Cell>];
    say: string;
    stored: Record<string, string | number | boolean>;
  };
  /** Other words for wanting to see them, and for having taken one. */
  asks?: string;
  does?: string;
  /** What a person can do here, where "apply for a job" does not say it. */
  offer?: string;
  statuses: readonly [string, ...string[]];
  end: { verb: string; status: string };
};

/** More than these in a sample are no help to anybody. */
const MAX_THINGS = 6;

export function offered(spec: OfferedSpec): Capability {
  return {
    id: spec.id,
    cues: spec.cues,
    plan: (ask) => {
      const noun = spec.nounIn?.(ask) ?? nounOf(ask.noun, spec.noun);
      const record = spec.recordOf?.(noun) ?? compound(noun, spec.suffix);
      const column = `${snake(noun)}_name`;
      const things = snake(plural(noun));
      const own = snake(plural(record));
      const key = `${snake(record)}_number`.slice(0, 63);
      const prefix = prefixOf(record);
      const all = spec.things(ask, noun).slice(0, MAX_THINGS);
      const columns = spec.columns(noun);
      const name = text(`${capital(noun)} name`, `Which ${noun} it is, by its name.`, {
        required: true,
        examples: all.map((it) => it.title),
      });
      const carried = Object.fromEntries(
        spec.carried.map((it) => [it, { ...columns[it]!, required: false }] as const),
      );
      const row = (of: number, number: number, more: Record<string, Cell> = {}) => ({
        [key]: `${prefix}${number}`,
        [column]: all[of]!.title,
        ...Object.fromEntries(spec.carried.map((it) => [it, all[of]!.values[it] ?? null])),
        ...more,
        status: spec.statuses[0],
      });
      return {
        name: kebab(spec.workflow ?? record),
        title: capital(spec.workflow ?? record),
        description: `Tells people which ${plural(noun)} there are, lets them ${spec.verb} ${withArticle(noun)} and look after their own ${plural(record)}.`,
        table: own,
        tables: {
          [things]: {
            title: capital(plural(noun)),
            description: `One row for each ${noun}; everybody can look them up.`,
            owner: "shared",
            key: column,
            columns: { [column]: name, ...columns },
            // Lists show the newest first, so they are written backwards.
            sample: all
              .map(({ title, values }) => ({
                owner: "creator" as const,
                values: { [column]: title, ...values },
              }))
              .reverse(),
          },
          [own]: {
            title: capital(plural(record)),
            description: `One row for each ${record} of a person.`,
            owner: "user",
            key,
            key_prefix: prefix,
            columns: {
              [key]: numberOf(record, `${prefix}\\d{4,}`, `${prefix}1001`),
              [column]: name,
              ...carried,
              ...spec.asked?.columns,
              status: status(record, spec.statuses),
            },
            sample: [
              { owner: "creator", values: row(0, 1001, spec.asked?.samples[0]) },
              { owner: "sample", values: row(1, 1002, spec.asked?.samples[1]) },
            ],
          },
        },
        words: { noun, plural: plural(noun), record, records: plural(record), things },
      };
    },
    build: (site) => buildOffered(spec, site),
  };
}
