import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { Site } from "../catalogue/capability.ts";
import type { ClassTools } from "./build-class-bookings.ts";
import { caseNames, expecting, injection, notTheirs } from "./cases.ts";

type About = {
  noun: string;
  nouns: string;
  record: string;
  records: string;
  column: string;
  classes: string;
  titles: readonly string[];
};

/** What must hold for classes: they are listed, one can be booked, found again and cancelled, by its owner only. */
export function classBookingCases(site: Site, about: About, names: ClassTools): AcceptanceCase[] {
  const { workflow, tableName, table, mine, theirs } = site;
  const { noun, nouns, record, records, column, titles } = about;
  const [first, second] = titles;
  const slotOf = (title: string) => {
    const { values } = site.tables[about.classes]?.sample.find((it) => it.values[column] === title) ?? {};
    return { [column]: title, day: values?.day ?? null, time: values?.time ?? null };
  };
  const cases: AcceptanceCase[] = [];
  if (first && second) {
    cases.push(
      {
        name: `A person hears which ${nouns} there are`,
        as: "stranger",
        workflow,
        steps: [
          {
            say: `What ${nouns} do you have?`,
            expect: expecting({ tools: [names.classes], includes: [first, second] }),
          },
          {
            say: "Sign me up for the second one",
            expect: expecting({ tools: [names.book], rows: [{ table: tableName, where: {}, count: 3 }] }),
          },
        ],
      },
      {
        name: `A person can book a ${noun} and finds it again`,
        as: "stranger",
        workflow,
        steps: [
          {
            say: `I want to book the ${noun} ${second}`,
            expect: expecting({
              tools: [names.book],
              rows: [
                { table: tableName, where: { [column]: second, status: "booked" }, count: 2 },
                { table: tableName, owner: "stranger", where: slotOf(second), count: 1 },
              ],
            }),
          },
          {
            say: `I want to book the ${noun} ${first}`,
            expect: expecting({
              tools: [names.book],
              rows: [{ table: tableName, owner: "stranger", where: slotOf(first), count: 1 }],
            }),
          },
          {
            say: `Show me my ${records}`,
            expect: expecting({
              tools: [names.list],
              includes: [second],
              excludes: mine ? [mine.key] : [],
            }),
          },
        ],
      },
    );
  }
  if (!mine) return cases;
  const cancelled = (count: number) => [
    { table: tableName, where: { [table.key]: mine.key, status: "cancelled" }, count },
  ];
  return [
    ...cases,
    {
      name: caseNames.list(records),
      as: "creator",
      workflow,
      steps: [
        {
          say: `Show me my ${records}`,
          expect: expecting({
            tools: [names.list],
            includes: [mine.key],
            excludes: theirs ? [theirs.key] : [],
          }),
        },
      ],
    },
    {
      name: `A person can cancel their ${record} after confirming it`,
      as: "creator",
      workflow,
      steps: [
        {
          say: `Please cancel my ${record} ${mine.key}`,
          expect: expecting({ tools: [names.cancel], awaits: "confirmation", rows: cancelled(0) }),
        },
        { respond: { approved: true }, expect: expecting({ rows: cancelled(1) }) },
      ],
    },
    ...notTheirs(site, record, names.find, "What is the status of"),
    ...injection(site, records, [names.book, names.cancel]),
  ];
}
