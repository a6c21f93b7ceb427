import type { Column, SampleRow } from "#protocol/app-file/table";
import { capital, kebab, plural, snake, withArticle } from "../brief/words.ts";
import type { Built, Capability, Cell, Columns, Cues, Site } from "../catalogue/capability.ts";
import { caseNames, expecting, injection, notTheirs, statusFilter } from "./cases.ts";
import { compound } from "./compound.ts";
import { nounOf } from "./noun-of.ts";
import { tableTool } from "./table-tool.ts";

/** People ask about records that somebody else keeps: orders, deliveries, invoices. */
export type TrackerSpec = {
  id: string;
  noun: string;
  suffix: string;
  cues: Cues;
  /** "where order A-1 is and when it arrives", with `the order` put in. */
  says: (the: string) => string;
  key: (record: string) => Column;
  columns: (record: string) => Columns;
  /** Other words for wanting to see them: "what they owe". */
  asks?: string;
  /** The first is the creator's, the second the sample person's. */
  samples: { key: string; owner: SampleRow["owner"]; values: Record<string, Cell> }[];
  /** "Where is my": how a person asks. */
  where: string;
  /** What a person may set by themselves, and how they say so. */
  change?: {
    verb: string;
    /** "move it to another day": when the tool is used. */
    also: string;
    columns: readonly string[];
    say: (record: string, key: string) => string;
    stored: Record<string, string>;
  };
};

export function tracker(spec: TrackerSpec): Capability {
  return {
    id: spec.id,
    cues: spec.cues,
    plan: (ask) => {
      const noun = nounOf(ask.noun, spec.noun);
      const nouns = plural(noun);
      const key = `${snake(noun)}_number`;
      const name = snake(nouns);
      return {
        name: kebab(compound(noun, spec.suffix)),
        title: capital(compound(noun, spec.suffix)),
        description: `Finds ${nouns} and tells people ${spec.says(`the ${noun}`)}.`,
        table: name,
        tables: {
          [name]: {
            title: capital(nouns),
            description: `One row for each ${noun}.`,
            owner: "user",
            key,
            columns: { [key]: spec.key(noun), ...spec.columns(noun) },
            sample: spec.samples.map((row) => ({
              owner: row.owner,
              values: { [key]: row.key, ...row.values },
            })),
          },
        },
        words: { noun, plural: nouns },
      };
    },
    build: (site) => buildTracker(spec, site),
  };
}

function buildTracker(spec: TrackerSpec, site: Site): Built {
  const noun = site.words.noun ?? spec.noun;
  const nouns = site.words.plural ?? plural(noun);
  const get = `find_${snake(noun)}`;
  const list = `list_${snake(nouns)}`;
  const { mine, theirs } = site;
  const { change } = spec;
  const changed = (change?.columns ?? []).filter((it) => site.table.columns[it]);
  const set = change && changed.length > 0 ? `${snake(change.verb)}_${snake(noun)}` : null;
  const question = `${spec.where} ${noun} ${mine?.key ?? ""}?`;
  return {
    description: `${capital(nouns)}: ${spec.says(`the ${noun}`)}${set && change ? `, and to ${change.also}` : ""}.`,
    offer: `see how your ${nouns} stand`,
    instructions: [
      `You help people who ask about their ${nouns}: ${spec.says(`the ${noun}`)}.`,
      `When they give a number, use ${get}. When they don't, ask for it, or use ${list} if they want to see all of theirs.`,
      `Say the status first, then the dates and details they asked about.`,
      ...(set && change ? [`Use ${set} when they want to ${change.verb} one: ${change.also}.`] : []),
    ],
    tools: {
      [get]: {
        kind: "table",
        title: `Find ${noun}`,
        description: `Find one ${noun} by its number. Use it when the person asks ${spec.says(`their ${noun}`)}, or asks to track, check or look up ${noun} ${mine?.key ?? ""}.`,
        table: site.tableName,
        action: "get",
        by: [site.table.key],
        set: [],
        lookup: [],
        values: {},
        require: [],
      },
      [list]: {
        kind: "table",
        title: `List ${nouns}`,
        description: `List the person's own ${nouns}, newest first. Use it when they ask to see, show or list all of their ${nouns}, or which ${nouns} they have${spec.asks ? `, or ${spec.asks}` : ""}.`,
        table: site.tableName,
        action: "find",
        by: statusFilter(site.table, nouns),
        set: [],
        lookup: [],
        values: {},
        require: [],
      },
      ...(set && change
        ? {
            [set]: tableTool(site.tableName, "update", `${capital(change.verb)} ${noun}`, {
              description: `${capital(change.verb)} ${withArticle(noun)} that the person already has, found by its number. Use it when they want to ${change.also}.`,
              by: [site.table.key],
              set: changed,
            }),
          }
        : {}),
    },
    cases: !mine
      ? []
      : [
          {
            name: caseNames.status(noun),
            as: "creator",
            steps: [
              {
                say: question,
                expect: {
                  agent: site.workflow,
                  tools: [get],
                  not_tools: [],
                  includes: [String(mine.values.status)],
                  excludes: [],
                  rows: [],
                },
              },
            ],
          },
          {
            name: caseNames.list(nouns),
            as: "creator",
            workflow: site.workflow,
            steps: [
              {
                say: `Show me all my ${nouns}`,
                expect: {
                  tools: [list],
                  not_tools: [],
                  includes: [mine.key],
                  excludes: theirs ? [theirs.key] : [],
                  rows: [],
                },
              },
            ],
          },
          ...(set && change ? [changes(site, change, noun, set, mine.key)] : []),
          ...notTheirs(site, noun, get, spec.where),
          ...injection(site, nouns, set ? [set] : []),
        ],
    welcome: `Ask me about your ${nouns}.`,
    suggestions: [`${spec.where} ${noun}?`, `Show me all my ${nouns}`],
  };
}

function changes(
  site: Site,
  change: NonNullable<TrackerSpec["change"]>,
  noun: string,
  tool: string,
  key: string,
): Built["cases"][number] {
  return {
    name: `A person can ${change.verb} their ${noun}`,
    as: "creator",
    workflow: site.workflow,
    steps: [
      {
        say: change.say(noun, key),
        expect: expecting({
          tools: [tool],
          rows: [{ table: site.tableName, where: { [site.table.key]: key, ...change.stored }, count: 1 }],
        }),
      },
    ],
  };
}
