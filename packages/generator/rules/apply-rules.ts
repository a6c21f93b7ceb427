import type { Rule } from "#protocol/api/rule";
import type { TableTool } from "#protocol/app-file/tool";
import { capital, withArticle } from "../brief/words.ts";
import type { Built, Site } from "../catalogue/capability.ts";
import { comparisonCel, conditionOf, rowNotice } from "./conditions.ts";
import { conforming, isAutomatic } from "./conform.ts";
import { ruleCases } from "./rule-cases.ts";
import { sayRule, type Terms } from "./say-rule.ts";
import { changersOf, endOf, makerNamed } from "./tools-of.ts";

/** A workflow that keeps to its rules: refused by its tools, said by its agent, tried by its conversations. Pure. */
export function applyRules(built: Built, site: Site, rules: readonly Rule[], currency: string): Built {
  if (rules.length === 0) return built;
  const terms = termsOf(site, currency);
  const tools = { ...built.tools };
  const put = (name: string, change: (tool: TableTool) => TableTool) => {
    const tool = tools[name];
    if (tool?.kind === "table") tools[name] = change(tool);
  };
  const maker = makerNamed(built, site)?.name;
  const end = endOf(built, site);
  const changers = changersOf(built, site).map((it) => it.name);
  const left = new Set<string>();
  for (const [at, rule] of rules.entries()) {
    const message = sayRule(rule, terms);
    switch (rule.kind) {
      case "never":
        for (const name of rule.action === "end" ? (end ? [end.name] : []) : changers) left.add(name);
        break;
      case "count":
        if (maker)
          put(maker, (tool) => ({
            ...tool,
            count: [
              ...(tool.count ?? []),
              {
                as: `already_${at + 1}`,
                of: rule.of,
                same: rule.same,
                ...(rule.sum ? { sum: rule.sum } : {}),
                ...(end ? { unless: { column: "status", value: end.status } } : {}),
              },
            ].slice(0, 4),
            require: [...tool.require, { when: roomLeft(`already_${at + 1}`, rule, tool), message }],
          }));
        break;
      case "approval":
        if (maker) put(maker, (tool) => approved(tool, rule, site, terms));
        break;
      default:
        if (rule.kind === "notice" && rule.action !== "make") {
          for (const name of rule.action === "end" ? (end ? [end.name] : []) : changers)
            put(name, (tool) => ({
              ...tool,
              require: [...tool.require, { when: rowNotice(rule, site), message }],
            }));
          break;
        }
        for (const name of [...(maker ? [maker] : []), ...changers])
          put(name, (tool) => {
            const when = conditionOf(rule, tool, site);
            return when ? { ...tool, require: [...tool.require, { when, message }].slice(0, 10) } : tool;
          });
    }
  }
  for (const name of left) delete tools[name];
  const kept = withoutTools(built.cases, left);
  const changed: Built = {
    ...built,
    tools,
    description:
      end && left.has(end.name)
        ? built.description.replace(/ or (?:cancel|withdraw|close) (?=\w)/, " ")
        : built.description,
    instructions: [
      ...built.instructions.filter((it) => ![...left].some((name) => it.includes(name))),
      ...rules.map((rule) => instruction(rule, terms)),
    ],
  };
  const cases = conforming(kept, changed, site, rules);
  return { ...changed, cases: [...ruleCases(cases, changed, site, rules, left, built), ...cases] };
}

/** The conversations that don't need those tools. */
function withoutTools(cases: Built["cases"], left: ReadonlySet<string>): Built["cases"] {
  return cases
    .filter(({ steps }) => !steps.some(({ expect }) => expect.tools.some((it) => left.has(it))))
    .map((it) => ({
      ...it,
      steps: it.steps.map((step) => ({
        ...step,
        expect: { ...step.expect, not_tools: step.expect.not_tools.filter((name) => !left.has(name)) },
      })),
    }));
}

export function termsOf(site: Site, currency: string): Terms {
  const record = site.words.record ?? site.words.noun ?? "record";
  return { record, records: site.words.records ?? site.words.plural ?? record, table: site.table, currency };
}

function roomLeft(already: string, rule: Extract<Rule, { kind: "count" }>, tool: TableTool): string {
  return rule.sum && tool.set.includes(rule.sum)
    ? `${already} + (args.${rule.sum} == null ? 1 : args.${rule.sum}) <= ${rule.max}`
    : `${already} < ${rule.max}`;
}

function instruction(rule: Rule, terms: Terms): string {
  const said = sayRule(rule, terms);
  if (rule.kind === "approval")
    return rule.by === "operator"
      ? `Keep to this: ${said} When it waits for the team, say so; it is not done before they said yes.`
      : said;
  if (rule.kind === "never") return `Keep to this: ${said} Say so kindly when somebody asks for it.`;
  return rule.kind === "count" ? `Keep to this: ${said}` : said;
}

function approved(
  tool: TableTool,
  rule: Extract<Rule, { kind: "approval" }>,
  site: Site,
  terms: Terms,
): TableTool {
  const when = rule.when === null ? null : comparisonCel(rule.when, tool, site);
  if (rule.when !== null && when === null) return tool;
  const { approval } = tool;
  if (rule.by === "user")
    return approval
      ? tool
      : {
          ...tool,
          approval: {
            by: "user",
            ...(when ? { when } : {}),
            title: `Confirm this ${terms.record}`.slice(0, 80),
            message: `Shall this ${terms.record} be recorded${rule.when ? ` with {${rule.when.column}}` : ""}?`,
          },
        };
  const status = statusAfter(tool, rule, when, site);
  const value = status ? { values: { ...tool.values, status } } : {};
  const cases = either(approval?.by === "operator" ? approval.when : approval?.operator_when, when);
  if (approval?.by === "user" && !(approval.when === undefined && when === null))
    return { ...tool, ...value, approval: { ...approval, operator_when: cases ?? "true" } };
  return {
    ...tool,
    ...value,
    approval: {
      by: "operator",
      ...(cases === undefined ? {} : { when: cases }),
      title: `Approve this ${terms.record}?`.slice(0, 80),
      message: `${capital(withArticle(terms.record))} waits for your approval${rule.when ? `: {${rule.when.column}}` : ""}.`,
    },
  };
}

function either(a: string | undefined, b: string | null): string | undefined {
  if (b === null) return undefined;
  return a === undefined ? b : `(${a}) || (${b})`.slice(0, 500);
}

/** What the team has approved is stored as approved, where the table knows that word. */
function statusAfter(
  tool: TableTool,
  rule: Extract<Rule, { kind: "approval" }>,
  when: string | null,
  site: Site,
): string | null {
  const column = site.table.columns.status;
  if (!column?.values?.includes("approved")) return null;
  if (when === null || isAutomatic(rule)) return '"approved"';
  return `(${when}) ? "approved" : ${tool.values.status ?? `"${column.default ?? column.values[0]}"`}`;
}
