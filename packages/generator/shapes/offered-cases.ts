import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import { withArticle } from "../brief/words.ts";
import type { Site } from "../catalogue/capability.ts";
import type { OfferedTools, OfferedWords } from "./build-offered.ts";
import { expecting, injection, listsOwn, notTheirs } from "./cases.ts";
import type { OfferedSpec } from "./offered.ts";

/** What must hold for things that are offered: they are listed, one can be taken, found again and ended, by its owner only. */
export function offeredCases(
  spec: OfferedSpec,
  site: Site,
  about: OfferedWords,
  names: OfferedTools,
): AcceptanceCase[] {
  const { workflow, tableName, table, mine } = site;
  const { noun, nouns, record, records, column, titles } = about;
  const [first, second] = titles;
  const cases: AcceptanceCase[] = [];
  // What it takes over from the thing it is about, so that nothing else can be written there.
  const chosen = (site.tables[about.things]?.sample ?? []).find((it) => it.values[column] === second)?.values;
  const own = Object.fromEntries(
    [column, ...spec.carried]
      .filter((it) => table.columns[it])
      .flatMap((it) => {
        const value = chosen?.[it];
        return value === null || value === undefined ? [] : [[it, value] as const];
      }),
  );
  if (first && second) {
    cases.push({
      name: `A person hears which ${nouns} there are`,
      as: "stranger",
      workflow,
      steps: [
        {
          say: `What ${nouns} do you have?`,
          expect: expecting({ tools: [names.things], includes: [first, second] }),
        },
      ],
    });
    const fits = Object.keys(spec.asked?.stored ?? {}).every((it) => table.columns[it]);
    if (fits)
      cases.push({
        name: `A person can ${spec.verb} ${withArticle(noun)} and finds it again`,
        as: "stranger",
        workflow,
        steps: [
          {
            say: `I want to ${spec.verb} the ${noun} ${second}${spec.asked?.say ?? ""}`,
            expect: expecting({
              tools: [names.take],
              rows: [
                {
                  table: tableName,
                  where: { ...own, ...(spec.asked?.stored ?? { status: spec.statuses[0] }) },
                  count: spec.asked ? 1 : 2,
                },
              ],
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
      });
  }
  if (!mine) return cases;
  const ended = (count: number) => [
    { table: tableName, where: { [table.key]: mine.key, status: spec.end.status }, count },
  ];
  return [
    ...cases,
    listsOwn(site, mine.key, records, names.list),
    {
      name: `A person can ${spec.end.verb} their ${record} after confirming it`,
      as: "creator",
      workflow,
      steps: [
        {
          say: `Please ${spec.end.verb} my ${record} ${mine.key}`,
          expect: expecting({ tools: [names.end], awaits: "confirmation", rows: ended(0) }),
        },
        { respond: { approved: true }, expect: expecting({ rows: ended(1) }) },
      ],
    },
    ...notTheirs(site, record, names.find, "What is the status of"),
    ...injection(site, records, [names.take, names.end]),
  ];
}
