import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import { snake, withArticle } from "../brief/words.ts";
import type { Site } from "../catalogue/capability.ts";
import type { RequestTools } from "./build-request.ts";
import { caseNames, expecting, injection, listsOwn, notTheirs } from "./cases.ts";
import type { About, Opening, RequestSpec } from "./request.ts";

/** What must hold for every request workflow, in the words of this one. */
export function requestCases(
  spec: RequestSpec,
  site: Site,
  about: About,
  names: RequestTools,
  opening: Opening,
): AcceptanceCase[] {
  const { noun, record, records } = about;
  const { mine, workflow } = site;
  const fits = Object.keys(opening.stored).every((name) => site.table.columns[name]);
  const cases: AcceptanceCase[] = [];
  const { approved } = site.words;
  if (fits) {
    cases.push({
      name: `A person can ${spec.verb} ${withArticle(noun)} and finds it again`,
      as: "stranger",
      workflow,
      steps: [
        {
          say: opening.say,
          expect: expecting({
            tools: [names.create],
            ...(approved ? { awaits: "confirmation" } : {}),
            rows: [{ table: site.tableName, where: opening.stored, count: approved ? 0 : 1 }],
          }),
        },
        ...(approved ? [yes(site.tableName, { ...opening.stored, status: approved })] : []),
        {
          say: `Show me my ${records}`,
          expect: expecting({ tools: [names.list], excludes: mine ? [mine.key] : [] }),
        },
      ],
    });
  }
  if (!mine) return cases;
  cases.push(
    {
      name: caseNames.status(record),
      as: "creator",
      workflow,
      steps: [
        {
          say: `What is the status of my ${record} ${mine.key}?`,
          expect: expecting({ tools: [names.find], includes: [String(mine.values.status)] }),
        },
      ],
    },
    listsOwn(site, mine.key, records, names.list),
  );
  for (const end of [...(spec.end ? [spec.end] : []), ...(spec.steps ?? [])])
    if (end.status !== mine.values.status && site.table.columns.status?.values?.includes(end.status))
      cases.push(...ending(end, site, record, `${snake(end.verb)}_${snake(record)}`));
  cases.push(...changing(spec, site, record, names));
  const writes = [names.create, ...(spec.end ? [names.end] : [])];
  return [
    ...cases,
    ...notTheirs(site, record, names.find, "What is the status of"),
    ...injection(site, records, writes),
  ];
}

/** Somebody of the team says yes: only then there is a record. */
function yes(
  table: string,
  where: Record<string, string | number | boolean>,
): AcceptanceCase["steps"][number] {
  return { respond: { approved: true }, expect: expecting({ rows: [{ table, where, count: 1 }] }) };
}

/** Where a day can be moved: the row has the new one afterwards. */
function changing(spec: RequestSpec, site: Site, record: string, names: RequestTools): AcceptanceCase[] {
  const { mine, workflow, tableName, table } = site;
  const day = spec.change?.columns.find((it) => table.columns[it]?.type === "date");
  if (!spec.change || !mine || !day) return [];
  return [
    {
      name: `A person can ${spec.change.verb} their ${record}`,
      as: "creator",
      workflow,
      steps: [
        {
          say: `Please ${spec.change.verb} my ${record} ${mine.key} to 2030-07-02`,
          expect: expecting({
            tools: [names.change],
            rows: [{ table: tableName, where: { [table.key]: mine.key, [day]: "2030-07-02" }, count: 1 }],
          }),
        },
      ],
    },
  ];
}

function ending(
  end: { verb: string; status: string },
  site: Site,
  record: string,
  tool: string,
): AcceptanceCase[] {
  const { mine, theirs, workflow, tableName, table } = site;
  if (!mine) return [];
  const rows = (key: string, count: number) => [
    { table: tableName, where: { [table.key]: key, status: end.status }, count },
  ];
  const say = `Please ${end.verb} my ${record} ${mine.key}`;
  return [
    {
      name: `A person can ${end.verb} their ${record} after confirming it`,
      as: "creator",
      workflow,
      steps: [
        { say, expect: expecting({ tools: [tool], awaits: "confirmation", rows: rows(mine.key, 0) }) },
        { respond: { approved: true }, expect: expecting({ rows: rows(mine.key, 1) }) },
      ],
    },
    ...(theirs
      ? [
          {
            name: `Nobody can ${end.verb} another person's ${record}`,
            as: "creator" as const,
            workflow,
            steps: [
              {
                say: `Please ${end.verb} my ${record} ${theirs.key}`,
                expect: expecting({ rows: rows(theirs.key, 0) }),
              },
            ],
          },
        ]
      : []),
  ];
}
