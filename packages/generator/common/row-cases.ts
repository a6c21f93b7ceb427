import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { Table } from "#protocol/app-file/table";
import type { TableTool } from "#protocol/app-file/tool";
import { expecting, secretsOf } from "../shapes/cases.ts";
import { type Desk, deedOf, findsByKey } from "./desk.ts";
import { exampleOf, freeKey, rowOf, type Values, whole } from "./sample-rows.ts";

type Given = NonNullable<AcceptanceCase["given"]>;
/** Somebody else's row and one's own, and how to make them be there. */
type People = { theirs: Values; mine: Values; given: Given };

/** What must hold of every tool that finds one row by its number: it finds, and changes, only one's own. */
export function rowCases(desk: Desk): AcceptanceCase[] {
  return desk.tools.flatMap(([name, tool, table]) => {
    if (table.owner !== "user" || !findsByKey(tool, table)) return [];
    const people = peopleOf(tool.table, table);
    if (!people) return [];
    const at: At = { desk, name, tool, table, people };
    return tool.action === "get" ? readCases(at) : tool.action === "update" ? changeCases(at) : [];
  });
}

type At = { desk: Desk; name: string; tool: TableTool; table: Table; people: People };

function peopleOf(name: string, table: Table): People | null {
  const sample = (owner: string) => table.sample.find((row) => row.owner === owner)?.values;
  const [first, second] = [freeKey(table, 1), freeKey(table, 2)];
  if (!first || !second) return null;
  const [mine, theirs] = [sample("creator"), sample("sample")];
  const given: Given = [];
  if (!theirs) given.push({ table: name, owner: "sample", values: rowOf(table, first, 1) });
  if (!mine) given.push({ table: name, owner: "creator", values: rowOf(table, second) });
  return { mine: mine ?? rowOf(table, second), theirs: theirs ?? rowOf(table, first, 1), given };
}

/** The record number stands as the tool's first words name it: `find order A-1001`. */
function asking({ name, tool, table }: At, values: Values): string {
  return `Please ${deedOf(name, tool)} ${values[table.key]}`;
}

function readCases(at: At): AcceptanceCase[] {
  const { desk, name, tool, table, people } = at;
  const { mine, theirs, given } = people;
  const deed = deedOf(name, tool);
  const workflow = desk.workflow.name;
  const missing = freeKey(table, 77)!;
  const kept = (values: Values, owner: "creator" | "sample") => ({
    table: tool.table,
    owner,
    where: whole(table, values),
    count: 1,
  });
  return [
    {
      name: `“${deed}” reads a person's own and nothing of another's`,
      as: "creator",
      workflow,
      given,
      steps: [
        {
          say: asking(at, mine),
          expect: expecting({
            calls: [{ tool: name, args: { [table.key]: mine[table.key] ?? null }, ok: true }],
            includes: [String(mine[table.key])],
            rows: [kept(mine, "creator")],
          }),
        },
        {
          say: asking(at, theirs),
          expect: expecting({
            calls: [{ tool: name, args: { [table.key]: theirs[table.key] ?? null }, ok: false }],
            not_tools: desk.writes,
            excludes: secretsOf(theirs, table),
            rows: [kept(theirs, "sample")],
          }),
        },
      ],
    },
    {
      name: `“${deed}” says so when there is none`,
      as: "creator",
      workflow,
      steps: [
        {
          say: asking(at, { [table.key]: missing }),
          expect: expecting({
            calls: [{ tool: name, args: { [table.key]: missing }, ok: false }],
            not_tools: desk.writes,
          }),
        },
      ],
    },
  ];
}

function changeCases(at: At): AcceptanceCase[] {
  const { desk, name, tool, table, people } = at;
  const { mine, theirs, given } = people;
  const deed = deedOf(name, tool);
  const workflow = desk.workflow.name;
  const to = changeTo(tool, table);
  if (to === null) return [];
  const unchanged = (values: Values, owner: "creator" | "sample") => [
    { table: tool.table, owner, where: whole(table, values), count: 1 },
  ];
  const cases: AcceptanceCase[] = [
    {
      name: `“${deed}” changes nothing of another person's`,
      as: "creator",
      workflow,
      given,
      steps: [
        {
          say: `${asking(at, theirs)}${to}`,
          expect: expecting({
            calls: [{ tool: name, args: { [table.key]: theirs[table.key] ?? null }, ok: false }],
            awaits: null,
            rows: unchanged(theirs, "sample"),
          }),
        },
      ],
    },
  ];
  const other = tool.approval ? inAnotherState(tool, table, mine) : null;
  const own = other ?? mine;
  if (tool.approval?.by === "user" && !tool.approval.when)
    cases.push({
      name: `“${deed}” changes nothing when the person says no`,
      as: "creator",
      workflow,
      given: other
        ? [...(given ?? []), { table: tool.table, owner: "creator" as const, values: other }]
        : given,
      steps: [
        {
          say: `${asking(at, own)}${to}`,
          expect: expecting({ tools: [name], awaits: "confirmation", rows: unchanged(own, "creator") }),
        },
        {
          respond: { approved: false },
          expect: expecting({ awaits: null, rows: unchanged(own, "creator") }),
        },
      ],
    });
  return [...cases, ...refusedCases(at, to)];
}

/** ` to 2030-07-02`: what it is changed to, in words; "" where nothing is to be said, null where it can't be. */
function changeTo(tool: TableTool, table: Table): string | null {
  if (tool.set.length === 0) return "";
  const [first = ""] = tool.set;
  const day = tool.set.find((it) => table.columns[it]?.type === "date");
  if (day) return " to 2030-07-02";
  const column = table.columns[first];
  if (!column) return null;
  return `, ${(column.title ?? first).toLowerCase()} ${exampleOf(column, 1)}`;
}

/** Another row, where the tool's rules are against this one for its state: what is active can't be resumed. */
function inAnotherState(tool: TableTool, table: Table, mine: Values): Values | null {
  for (const { when } of tool.require) {
    const [, column = "", value = ""] = /^\s*\w+\.(\w+) != "([^"]+)"\s*$/.exec(when) ?? [];
    const free = table.columns[column]?.values?.find((it) => it !== value);
    const key = freeKey(table, 31);
    if (value !== "" && mine[column] === value && free && key)
      return { ...rowOf(table, key), [column]: free };
  }
  return null;
}

/** A row in a state that one of the tool's rules is against: `!(x.status in ["done"])`, `x.status != "done"`. */
function refusedCases({ desk, name, tool, table }: At, to: string): AcceptanceCase[] {
  return tool.require.flatMap(({ when }, index): AcceptanceCase[] => {
    const found =
      /^\s*(\w+)\.(\w+) != "([^"]+)"\s*$/.exec(when) ?? /^\s*!\((\w+)\.(\w+) in \["([^"]+)"/.exec(when);
    const [, of = "", column = "", value = ""] = found ?? [];
    const isSame = of === "row" || tool.lookup.some((it) => it.as === of && it.table === tool.table);
    const key = freeKey(table, 11 + index);
    if (!isSame || !key || !table.columns[column]?.values?.includes(value)) return [];
    const values = { ...rowOf(table, key), [column]: value };
    return [
      {
        name: `“${deedOf(name, tool)}” is refused where it is already ${value}`,
        as: "creator",
        workflow: desk.workflow.name,
        given: [{ table: tool.table, owner: "creator", values }],
        steps: [
          {
            say: `Please ${deedOf(name, tool)} ${key}${to}`,
            expect: expecting({
              calls: [{ tool: name, args: { [table.key]: key }, ok: false }],
              awaits: null,
            }),
          },
        ],
      },
    ];
  });
}
