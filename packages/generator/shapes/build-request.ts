import type { Table } from "#protocol/app-file/table";
import type { TableTool, Tool } from "#protocol/app-file/tool";
import { capital, orList, plural, snake, withArticle } from "../brief/words.ts";
import type { Built, Site } from "../catalogue/capability.ts";
import { statusFilter } from "./cases.ts";
import { formCase, formName, formTool } from "./form.ts";
import type { About, RequestSpec } from "./request.ts";
import { requestCases } from "./request-cases.ts";
import { tableTool } from "./table-tool.ts";

/** Names of a request workflow's tools. */
export type RequestTools = { create: string; find: string; list: string; end: string; change: string };

export function buildRequest(spec: RequestSpec, site: Site): Built {
  const about = aboutFrom(spec, site);
  const { noun, record, records } = about;
  const names: RequestTools = {
    create: `${snake(spec.verb)}_${snake(noun)}`,
    find: `find_${snake(record)}`,
    list: `list_${snake(records)}`,
    end: `${snake(spec.end?.verb ?? "cancel")}_${snake(record)}`,
    change: `${snake(spec.change?.verb ?? "change")}_${snake(record)}`,
  };
  // "book a book" helps nobody.
  const wants = [spec.verb, ...spec.also.filter((it) => !noun.split(" ").includes(it))]
    .join(", ")
    .replace(/, ([^,]*)$/, " or $1");
  const choices = about.items.length > 1 ? ` (${orList(about.items)})` : "";
  const { key } = site.table;
  const asked = askedColumns(site.table);
  const opening = spec.opening(about);
  const example = String(site.mine?.key ?? `${site.table.key_prefix ?? ""}1001`);
  const approved = site.table.columns.status?.values?.includes(site.words.approved ?? "")
    ? site.words.approved
    : undefined;
  const tools: Record<string, Tool> = {
    [names.create]: tool(site, "insert", `${capital(spec.verb)} ${noun}`, {
      description: `${capital(spec.verb)} ${withArticle(noun)} for the person. Use it when they want to ${wants} ${withArticle(noun)}, once what is required is known${spec.says ? `, or say that ${spec.says}` : ""}.`,
      set: asked,
      ...(approved
        ? {
            approval: {
              by: "operator" as const,
              title: `Approve this ${record}?`.slice(0, 80),
              message: `${capital(withArticle(record))} waits for your approval.`,
            },
            values: { status: `"${approved}"` },
          }
        : {}),
    }),
    [names.find]: tool(site, "get", `Find ${record}`, {
      description: `Find one ${record} by its number, like ${example}. Use it when the person asks about the status or details of ${withArticle(record)} they already have.`,
      by: [key],
    }),
    [names.list]: tool(site, "find", `List ${records}`, {
      description: `List the person's own ${records}, newest first. Use it when they ask to see, show or list their ${records}, or which ${records} they have.`,
      by: statusFilter(site.table, records),
    }),
  };
  for (const { verb, status } of [...(spec.end ? [spec.end] : []), ...(spec.steps ?? [])])
    if (site.table.columns.status?.values?.includes(status))
      tools[`${snake(verb)}_${snake(record)}`] = endTool(site, about, { verb, status });
  const changed = (spec.change?.columns ?? []).filter((name) => site.table.columns[name]);
  if (spec.change && changed.length > 0) {
    tools[names.change] = tool(site, "update", `${capital(spec.change.verb)} ${record}`, {
      description: `${capital(spec.change.verb)} ${withArticle(record)} that the person already has, found by its number. Use it when they want to change or move it; give only what changes.`,
      by: [key],
      set: changed,
    });
  }
  const form = spec.form ? formName(record) : null;
  if (form) tools[form] = formTool(site.table, asked, record);
  const wish = `I want to ${spec.verb} ${withArticle(noun)}`;
  const ends = [...(spec.end ? [spec.end] : []), ...(spec.steps ?? [])].map((it) => it.verb);
  return {
    description: `${capital(records)}: to ${wants} ${withArticle(noun)}${choices}, and to ${orList(["see", ...ends])} ${records}.`,
    offer: `${spec.steps ? orList([spec.verb, ...ends]) : spec.verb} ${withArticle(noun)}`,
    instructions: [
      `You help people ${spec.verb} ${withArticle(noun)} and look after the ${records} they have.`,
      `To ${spec.verb} one, use ${names.create}. Take what the person has already said; ask only for required details that are missing: ${requiredTitles(site.table, asked)}.`,
      ...(form ? [`When several of them are missing, show ${form} instead of asking one by one.`] : []),
      ...(about.items.length > 1 ? [`There is a choice of ${about.plural}: ${orList(about.items)}.`] : []),
      ...(approved
        ? [`Somebody of the team approves each ${record} first; until then tell them that it waits for that.`]
        : []),
      `Afterwards tell them the ${record} number, so that they can come back to it.`,
      `Use ${names.find} when they give a number, and ${names.list} when they ask what they have.`,
      ...ends.map(
        (verb) =>
          `Use ${snake(verb)}_${snake(record)} when they want to ${verb} one; they confirm it on a card.`,
      ),
      ...(spec.note ? [spec.note] : []),
    ],
    tools,
    cases: [
      ...requestCases(spec, site, about, names, opening),
      ...(form ? formCase(site, asked, wish, { form, create: names.create }) : []),
    ],
    welcome: `I can help you ${spec.verb} ${withArticle(noun)}.`,
    suggestions: [wish, `Show me my ${records}`],
  };
}

/** What a person is asked for: what is not the key, not the status and not filled in by itself. */
export function askedColumns(table: Table): string[] {
  return Object.entries(table.columns)
    .filter(([name, column]) => name !== table.key && name !== "status" && column.default === undefined)
    .map(([name]) => name);
}

function requiredTitles(table: Table, asked: readonly string[]): string {
  const titles = asked
    .filter((name) => table.columns[name]?.required)
    .map((name) => (table.columns[name]?.title ?? name).toLowerCase());
  return titles.join(", ") || "nothing is required";
}

function endTool(site: Site, about: About, end: { verb: string; status: string }): TableTool {
  const { key } = site.table;
  const as = snake(about.record);
  return {
    ...tool(site, "update", `${capital(end.verb)} ${about.record}`, {
      description: `${capital(end.verb)} ${withArticle(about.record)} that the person has, found by its number. Use it when they want to ${end.verb} it.`,
      by: [key],
    }),
    approval: {
      by: "user",
      title: `${capital(end.verb)} this ${about.record}?`,
      message: `${capital(end.verb)} ${about.record} {${key}}?`,
    },
    lookup: [{ as, table: site.tableName, by: { [key]: key } }],
    values: { status: `"${end.status}"` },
    require: [
      {
        when: `${as}.status != "${end.status}"`,
        message: `This ${about.record} is already marked as ${end.status}.`,
      },
    ],
  };
}

function tool(
  site: Site,
  action: TableTool["action"],
  title: string,
  more: Partial<TableTool> & { description: string },
): TableTool {
  return tableTool(site.tableName, action, title, more);
}

function aboutFrom(spec: RequestSpec, site: Site): About {
  const noun = site.words.noun ?? spec.noun;
  const record = site.words.record ?? noun;
  return {
    noun,
    plural: site.words.plural ?? plural(noun),
    record,
    records: site.words.records ?? plural(record),
    items: site.words.items?.split(" | ") ?? [],
    trade: site.words.trade ?? "",
  };
}
