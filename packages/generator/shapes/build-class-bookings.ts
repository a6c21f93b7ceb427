import type { TableTool } from "#protocol/app-file/tool";
import { capital, plural, snake } from "../brief/words.ts";
import type { Built, Site } from "../catalogue/capability.ts";
import { classBookingCases } from "./class-booking-cases.ts";

/** Names of the tools of a workflow for classes. */
export type ClassTools = { classes: string; book: string; find: string; list: string; cancel: string };

/** Tools, instructions and conversations for classes that take place every week. */
export function buildClassBookings(site: Site): Built {
  const noun = site.words.noun ?? "class";
  const nouns = site.words.plural ?? plural(noun);
  const record = site.words.record ?? `${noun} booking`;
  const records = site.words.records ?? plural(record);
  const column = `${snake(noun)}_name`;
  const classes = site.words.classes ?? snake(nouns);
  const { key } = site.table;
  const names: ClassTools = {
    classes: `list_${snake(nouns)}`,
    book: `book_${snake(noun)}`,
    find: `find_${snake(record)}`,
    list: `list_${snake(records)}`,
    cancel: `cancel_${snake(record)}`,
  };
  const titles = (site.tables[classes]?.sample ?? []).map(({ values }) => String(values[column])).reverse();
  const tools: Record<string, TableTool> = {
    [names.classes]: tool(classes, "find", `List ${nouns}`, {
      description: `List all ${nouns} with their day, time and teacher. Use it when the person asks which ${nouns} there are or which you have or offer, for the timetable, or what is on on a certain day.`,
      by: ["day"],
    }),
    [names.book]: tool(site.tableName, "insert", `Book ${noun}`, {
      description: `Book a place in a ${noun} for the person. Use it when they want to book, join, attend, register for or sign up for a ${noun}, once it is known which.`,
      set: [column],
      lookup: [{ as: "session", table: classes, by: { [column]: column } }],
      values: { day: "session.day", time: "session.time" },
    }),
    [names.find]: tool(site.tableName, "get", `Find ${record}`, {
      description: `Find one ${record} by its number, like ${site.mine?.key ?? "the one they were given"}. Use it when the person asks about the status or details of a ${record} they already have.`,
      by: [key],
    }),
    [names.list]: tool(site.tableName, "find", `List ${records}`, {
      description: `List the person's own ${records}, newest first. Use it when they ask to see, show or list their ${records}, or which ${nouns} they have booked.`,
    }),
    [names.cancel]: tool(site.tableName, "update", `Cancel ${record}`, {
      description: `Cancel a ${record} that the person has, found by its number. Use it when they want to cancel it.`,
      by: [key],
      approval: {
        by: "user",
        title: `Cancel this ${record}?`.slice(0, 80),
        message: `Cancel ${record} {${key}}?`,
      },
      lookup: [{ as: "booking", table: site.tableName, by: { [key]: key } }],
      values: { status: '"cancelled"' },
      require: [
        {
          when: 'booking.status != "cancelled"',
          message: `This ${record} is already marked as cancelled.`,
        },
      ],
    }),
  };
  return {
    description: `${capital(nouns)}: which there are and when, to book, join or sign up for a ${noun}, and to see or cancel ${records}.`,
    instructions: [
      `You help people find a ${noun} and book a place in it, and look after the ${records} they have.`,
      `Use ${names.classes} when they ask which ${nouns} there are; never name one that it does not list.`,
      `To book one, use ${names.book} with its name. When they don't say which, ask for it. Day and time are taken from the timetable.`,
      `Afterwards tell them the day, the time and the ${record} number, so that they can come back to it.`,
      `Use ${names.find} when they give a number, and ${names.list} when they ask what they have booked.`,
      `Use ${names.cancel} when they want to cancel one; they confirm it on a card.`,
    ],
    tools,
    cases: classBookingCases(site, { noun, nouns, record, records, column, classes, titles }, names),
    welcome: `I can tell you which ${nouns} there are and book you a place.`,
    suggestions: [`What ${nouns} do you have?`, `Show me my ${records}`],
  };
}

function tool(
  table: string,
  action: TableTool["action"],
  title: string,
  more: Partial<TableTool> & { description: string },
): TableTool {
  return {
    kind: "table",
    title: title.slice(0, 80),
    table,
    action,
    by: [],
    set: [],
    lookup: [],
    values: {},
    require: [],
    ...more,
  };
}
