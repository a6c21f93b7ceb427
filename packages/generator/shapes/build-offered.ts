import type { Tool } from "#protocol/app-file/tool";
import { capital, orList, plural, snake, withArticle } from "../brief/words.ts";
import type { Built, Site } from "../catalogue/capability.ts";
import { compound } from "./compound.ts";
import type { OfferedSpec } from "./offered.ts";
import { offeredCases } from "./offered-cases.ts";
import { tableTool } from "./table-tool.ts";

/** Names of the tools of a workflow for things that are offered. */
export type OfferedTools = { things: string; take: string; find: string; list: string; end: string };

/** The words such a workflow is written in. `titles`: names of the things in the sample, in order. */
export type OfferedWords = {
  noun: string;
  nouns: string;
  record: string;
  records: string;
  column: string;
  things: string;
  titles: readonly string[];
};

/** Tools, instructions and conversations for things that are offered and what a person does with them. */
export function buildOffered(spec: OfferedSpec, site: Site): Built {
  const about = wordsOf(spec, site);
  const { noun, nouns, record, records, column, things } = about;
  const { key } = site.table;
  const names: OfferedTools = {
    things: `list_${snake(nouns)}`,
    take: `${snake(spec.verb)}_${snake(noun)}`,
    find: `find_${snake(record)}`,
    list: `list_${snake(records)}`,
    end: `${snake(spec.end.verb)}_${snake(record)}`,
  };
  const asked = Object.keys(spec.asked?.columns ?? {}).filter((it) => site.table.columns[it]);
  const wants = orList([spec.verb, ...spec.also]);
  const tools: Record<string, Tool> = {
    [names.things]: tableTool(things, "find", `List ${nouns}`, {
      description: `List all ${nouns} with ${spec.tells}. Use it when the person asks which ${nouns} there are or which you have or offer, or wants to see them${spec.asks ? `, or asks ${spec.asks}` : ""}.`,
      by: spec.narrow.filter((it) => site.tables[things]?.columns[it]),
    }),
    [names.take]: tableTool(site.tableName, "insert", `${capital(spec.verb)} ${noun}`, {
      description: `${capital(spec.verb)} ${withArticle(noun)} for the person. Use it when they want to ${wants} ${withArticle(noun)}, once it is known which${spec.does ? `, or say that ${spec.does}` : ""}.`,
      set: [column, ...asked],
      lookup: [{ as: "chosen", table: things, by: { [column]: column } }],
      values: Object.fromEntries(
        spec.carried.filter((it) => site.table.columns[it]).map((it) => [it, `chosen.${it}`]),
      ),
    }),
    [names.find]: tableTool(site.tableName, "get", `Find ${record}`, {
      description: `Find one ${record} by its number, like ${site.mine?.key ?? "the one they were given"}. Use it when the person asks about the status or details of ${withArticle(record)} they already have.`,
      by: [key],
    }),
    [names.list]: tableTool(site.tableName, "find", `List ${records}`, {
      description: `List the person's own ${records}, newest first. Use it when they ask to see, show or list their ${records}.`,
    }),
    [names.end]: tableTool(site.tableName, "update", `${capital(spec.end.verb)} ${record}`, {
      description: `${capital(spec.end.verb)} ${withArticle(record)} that the person has, found by its number. Use it when they want to ${spec.end.verb} it.`,
      by: [key],
      approval: {
        by: "user",
        title: `${capital(spec.end.verb)} this ${record}?`.slice(0, 80),
        message: `${capital(spec.end.verb)} ${record} {${key}}?`,
      },
      lookup: [{ as: "own", table: site.tableName, by: { [key]: key } }],
      values: { status: `"${spec.end.status}"` },
      require: [
        {
          when: `own.status != "${spec.end.status}"`,
          message: `This ${record} is already marked as ${spec.end.status}.`,
        },
      ],
    }),
  };
  return {
    description: `${capital(nouns)}: which there are, with ${spec.tells}, to ${wants} ${withArticle(noun)}, and to see or ${spec.end.verb} ${records}.`,
    offer: spec.offer ?? `${spec.verb} ${withArticle(noun)}`,
    instructions: [
      `You tell people which ${nouns} there are, help them ${spec.verb} one, and look after the ${records} they have.`,
      `Use ${names.things} when they ask which ${nouns} there are; never name one that it does not list.`,
      `To ${spec.verb} one, use ${names.take} with its name. When they don't say which, ask for it.`,
      `Afterwards tell them the ${record} number, so that they can come back to it.`,
      `Use ${names.find} when they give a number, and ${names.list} when they ask which ${records} they have.`,
      `Use ${names.end} when they want to ${spec.end.verb} one; they confirm it on a card.`,
    ],
    tools,
    cases: offeredCases(spec, site, about, names),
    welcome: `I can tell you which ${nouns} there are and help you ${spec.verb} one.`,
    suggestions: [`What ${nouns} do you have?`, `Show me my ${records}`],
  };
}

function wordsOf(spec: OfferedSpec, site: Site): OfferedWords {
  const noun = site.words.noun ?? spec.noun;
  const nouns = site.words.plural ?? plural(noun);
  const record = site.words.record ?? compound(noun, spec.suffix);
  const things = site.words.things ?? snake(nouns);
  const column = `${snake(noun)}_name`;
  const titles = (site.tables[things]?.sample ?? []).map(({ values }) => String(values[column])).reverse();
  return { noun, nouns, record, records: site.words.records ?? plural(record), column, things, titles };
}
