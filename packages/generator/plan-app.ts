import type { Plan, PlannedWorkflow } from "#protocol/api/plan";
import type { Answers, Question } from "#protocol/api/question";
import type { ErrorCode } from "#protocol/errors";
import { RESERVED_WORKFLOW_NAMES } from "#protocol/ids";
import { appName } from "./app-name.ts";
import { assumptionsOf } from "./assumptions.ts";
import { brandingOf } from "./branding-of.ts";
import type { Brief } from "./brief/brief.ts";
import { cleanPrompt } from "./brief/clean-prompt.ts";
import { asksForHuman } from "./brief/find-facts.ts";
import { languageOf } from "./brief/is-english.ts";
import { readBrief } from "./brief/read-brief.ts";
import type { Planned as PlannedPart } from "./catalogue/capability.ts";
import { chooseEntry } from "./choose-entry.ts";
import { contradictionsIn } from "./contradictions.ts";
import { estimateOf } from "./estimate.ts";
import { type Pick, picksFrom } from "./picks-from.ts";
import { rolesOf, withRules } from "./plan-rules.ts";
import { questionsFor, sentencesFrom, settled } from "./questions-for.ts";

export type Planned = { kind: "plan"; plan: Plan };
export type Refused = { kind: "refused"; code: ErrorCode; message: string };
export type PlanAnswer = Planned | Refused | { kind: "questions"; questions: Question[] };

/** More than these in one app is a sign of a misread prompt. */
const MAX_WORKFLOWS = 12;
const UNUSABLE = {
  none: "I could not find anything to build in that. Say in a sentence what the app should do, for example: “Build a customer support app that handles refunds and tracks orders”.",
  other:
    "Sorry, I can only read prompts in English for now. Please say in English what the app should do, for example: “A dentist app where patients book appointments”.",
  commands:
    "That reads like instructions to me rather than a description of an app. Say what the app should do for the people who use it.",
} as const;

/**
 * Plans an app from a prompt by rules: pure, the same plan for the same prompt and answers, in time linear in its
 * length. Without `answers`, a prompt that leaves open what to build is answered with questions; with them (`{}`: all
 * were skipped) there are none. Refused: PROMPT_UNUSABLE, with a sentence for the person, when there is nothing to read.
 */
export function planApp(prompt: string, answers: Answers): Planned | Refused;
export function planApp(prompt: string, answers?: Answers): PlanAnswer;
export function planApp(prompt: string, answers?: Answers): PlanAnswer {
  const { sentences, left_out } = cleanPrompt(prompt);
  if (sentences.length === 0 && left_out.length > 0) return unusable(UNUSABLE.commands);
  const language = languageOf(sentences.join(". "));
  if (language !== "english") return unusable(UNUSABLE[language]);
  const said = readBrief(prompt);
  const contradictions = contradictionsIn(said);
  const questions = questionsFor(said, contradictions);
  if (questions.length > 0 && answers === undefined) return { kind: "questions", questions };
  const told = sentencesFrom(questions, answers ?? {});
  const { brief, notes } = settled(
    told === "" ? said : readBrief(`${told}\n${prompt}`),
    contradictions,
    answers ?? {},
  );
  const picks = picksFrom(brief);
  const shown = chooseEntry(picks.slice(0, MAX_WORKFLOWS), brief);
  const { workflows, tables } = assemble(shown, brief);
  const name = appName(brief, workflows);
  const roles = rolesOf(brief);
  const plan = withRules(brief, notes, {
    name,
    description: workflows
      .filter((it) => it.table !== null)
      .map((it) => it.description)
      .join(" ")
      .slice(0, 2_000),
    brief: brief.clauses.map((it) => it.text),
    assumptions: assumptionsOf(brief, picks, MAX_WORKFLOWS),
    ...(brief.said.languages.length > 0 ? { languages: brief.said.languages } : {}),
    ...(brief.said.currency ? { currency: brief.said.currency } : {}),
    ...(roles.length > 0 ? { roles } : {}),
    workflows,
    tables,
    branding: brandingOf(name, sentences.join(" ")),
  });
  return { kind: "plan", plan: { ...plan, estimate: estimateOf(plan) } };
}

function unusable(message: string): Refused {
  return { kind: "refused", code: "PROMPT_UNUSABLE", message };
}

function assemble(picks: readonly Pick[], brief: Brief): Assembled {
  const workflows: PlannedWorkflow[] = [];
  const tables: Plan["tables"] = {};
  const humans = picks.some((it) => it.capability.id === "support") || brief.clauses.some(asksForHuman);
  for (const pick of picks) {
    const planned = pick.capability.plan({ noun: pick.noun, verb: pick.verb, items: pick.items, brief });
    const name = freeName(planned.name, workflows);
    if (planned.table && tables[planned.table] && workflows.some((it) => it.table === planned.table))
      continue;
    for (const [key, table] of Object.entries(planned.tables)) tables[key] ??= table;
    const isHuman = humans || pick.capability.human === true;
    workflows.push(plannedWorkflow(planned, name, pick, isHuman));
  }
  return { workflows, tables };
}
type Assembled = { workflows: PlannedWorkflow[]; tables: Plan["tables"] };

function plannedWorkflow(planned: PlannedPart, name: string, pick: Pick, isHuman: boolean): PlannedWorkflow {
  return {
    name,
    title: planned.title.slice(0, 80),
    description: planned.description.slice(0, 400),
    capability: pick.capability.id,
    table: planned.table,
    entry: pick.entry,
    words: { ...planned.words, ...(isHuman ? { human: "yes" } : {}) },
  };
}

function freeName(wanted: string, taken: readonly PlannedWorkflow[]): string {
  const reserved = (RESERVED_WORKFLOW_NAMES as readonly string[]).includes(wanted);
  const base = reserved ? `${wanted}-desk` : wanted;
  let name = base;
  for (let count = 2; taken.some((it) => it.name === name); count += 1) name = `${base}-${count}`;
  return name;
}
