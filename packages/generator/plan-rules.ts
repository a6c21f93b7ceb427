import type { Plan, PlannedParts, PlannedWorkflow } from "#protocol/api/plan";
import type { Rule } from "#protocol/api/rule";
import type { Brief } from "./brief/brief.ts";
import { isPeople } from "./brief/find-facts.ts";
import { andList, plural, singular } from "./brief/words.ts";
import { money } from "./catalogue/column.ts";
import { termsOf } from "./rules/apply-rules.ts";
import { ADDED_AMOUNT } from "./rules/conform.ts";
import { mentions, placeRules } from "./rules/place-rules.ts";
import { sayRule } from "./rules/say-rule.ts";
import { buildPlain } from "./sites-of.ts";

/** The plan with the conditions of its prompt: built where a workflow can keep to them, else named as not built. */
export function withRules(brief: Brief, decided: readonly string[], bare: PlannedParts): PlannedParts {
  const { said } = brief;
  const plan = withAmount(brief, bare);
  const { sites, built } = buildPlain(plan, { ...plan.tables });
  const places = plan.workflows.map((workflow, at) => ({ workflow, site: sites[at]!, built: built[at]! }));
  const { rules, unbuilt } = placeRules(said.rules, places);
  const tables = { ...plan.tables };
  const workflows = plan.workflows.map((planned, at) => {
    const own = rules.get(planned.name) ?? [];
    if (own.length === 0) return planned;
    const it = asking(planned, own, tables);
    const terms = termsOf(sites[at]!, plan.currency ?? "USD");
    const cancels = own.some((rule) => rule.kind === "never" && rule.action === "end");
    const description = cancels
      ? it.description.replace(/ and (?:cancel|withdraw|close) them/, "")
      : it.description;
    const sentences = own.map((rule) => sayRule(rule, terms));
    return { ...it, rules: own, description: [description, ...sentences].join(" ").slice(0, 400) };
  });
  const notes = [
    ...decided,
    ...(brief.name_refused ? ["I did not use the name you gave; you can give the app another one."] : []),
    ...unbuilt.map((it) => `Not built: “${it.text}”${it.kind === "unbuilt" && it.why ? `; ${it.why}` : ""}.`),
    ...leftOut(brief),
    ...languageNotes(said.languages),
    ...roleNotes(plan.roles ?? []),
    ...said.rules.flatMap((it) =>
      it.kind === "hours" && it.guessed ? [`I took “${it.text}” to be from ${it.from} to ${it.to}.`] : [],
    ),
    ...(workflows.some((it) => it.rules?.some((rule) => rule.kind === "notice"))
      ? ["How long ahead something is, is counted with days and times in UTC."]
      : []),
  ];
  return {
    ...plan,
    workflows,
    tables,
    assumptions: [...plan.assumptions, ...notes].slice(0, 30).map((it) => it.slice(0, 400)),
  };
}

/** An amount that a rule is about has to be given, or the rule could be got round by saying nothing of it. */
function asking(planned: PlannedWorkflow, rules: readonly Rule[], tables: Plan["tables"]): PlannedWorkflow {
  for (const rule of rules) {
    const about = rule.kind === "approval" ? rule.when : rule.kind === "range" ? rule : null;
    const table = planned.table ? tables[planned.table] : undefined;
    const column = about && !about.until ? table?.columns[about.column] : undefined;
    if (!about || !planned.table || !table || !column || column.required || column.default !== undefined)
      continue;
    tables[planned.table] = {
      ...table,
      columns: { ...table.columns, [about.column]: { ...column, required: true } },
    };
    return { ...planned, words: { ...planned.words, added: about.column } };
  }
  return planned;
}

/** "Purchase requests over $1,000 need approval": then a request that nobody knows more about has an amount. */
function withAmount({ said }: Brief, plan: PlannedParts): PlannedParts {
  const about = said.rules.filter(
    (it) =>
      (it.kind === "approval" && it.when?.unit === "money") ||
      (it.kind === "range" && it.amounts.some(({ unit }) => unit === "money")),
  );
  const open = plan.workflows.filter((it) => it.capability === "request" && it.table);
  const found =
    open.find((it) => about.some(({ own }) => mentions(own, it) > 0)) ??
    (plan.workflows.length === 1 ? open[0] : undefined);
  const table = found?.table ? plan.tables[found.table] : undefined;
  if (!found?.table || !table || about.length === 0) return plan;
  const { status, ...columns } = table.columns;
  const amount = money("Amount", `How much the ${found.words.record ?? "request"} is about.`, {
    required: true,
  });
  const sample = table.sample.map((row, at) => ({
    ...row,
    values: { ...row.values, amount: at === 0 ? ADDED_AMOUNT : 120 },
  }));
  return {
    ...plan,
    workflows: plan.workflows.map((it) =>
      it === found ? { ...it, words: { ...it.words, added: "amount" } } : it,
    ),
    tables: {
      ...plan.tables,
      [found.table]: { ...table, columns: { ...columns, amount, ...(status ? { status } : {}) }, sample },
    },
  };
}

function leftOut({ said }: Brief): string[] {
  return said.rules.flatMap((it) =>
    it.kind !== "without"
      ? []
      : /\b(?:log-?\s?ins?|sign-?\s?(?:in|up)s?|accounts?|passwords?)\b/i.test(it.what)
        ? [`Not built: “${it.text}”; people sign in to chat.`]
        : [`Nothing is built for what you ruled out: “${it.text}”.`],
  );
}

const PLAIN: Record<string, string> = {
  hr: "people of HR",
  finance: "people of finance",
  owner: "yourself and other owners",
  office: "people of the office",
  "head office": "people of the head office",
  team: "your team",
};

function languageNotes(languages: readonly string[]): string[] {
  if (languages.length === 0) return [];
  const others = languages.filter((it) => it !== "English");
  if (others.length === 0) return [];
  return [
    `Agents are told to answer in ${andList(languages)}. The offline model speaks English only, so ${andList(others)} needs a hosted model.`,
  ];
}

function roleNotes(roles: NonNullable<Plan["roles"]>): string[] {
  const chat = roles.filter((it) => it.where === "chat");
  const team = roles.filter((it) => it.where === "team");
  return [
    ...(chat.length > 1
      ? [
          `${andList(chat.map((it) => plural(it.name)))} share one chat: what each may do there is not kept apart.`,
        ]
      : []),
    ...(team.length > 0
      ? [
          `Add ${andList(team.map((it) => PLAIN[it.name] ?? plural(it.name)))} as members of the app's team: there they see all records and give approvals.`,
        ]
      : []),
  ].map((it) => it.charAt(0).toUpperCase() + it.slice(1));
}

/** Kinds of people the prompt sets apart; one kind alone is just whoever chats. */
export function rolesOf(brief: Brief): NonNullable<Plan["roles"]> {
  const { roles } = brief.said;
  const names = new Set<string>();
  for (const { text, frame } of brief.clauses) {
    const words = text.split(" ");
    const doers = frame === "task" ? words.slice(0, 2) : words.length === 1 ? words : [];
    const doer = doers.map((it) => singular(it)).find((it, at) => it !== doers[at] && isPeople(it));
    if (doer && !roles.some((it) => it.name === doer)) names.add(doer);
  }
  const chat = names.size > 1 ? [...names].map((name) => ({ name, where: "chat" as const })) : [];
  return [...chat, ...roles].slice(0, 12);
}
