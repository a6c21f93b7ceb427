import * as z from "zod";
import { currency, languages, roles } from "../app-file/app.ts";
import { branding } from "../app-file/branding.ts";
import { table } from "../app-file/table.ts";
import { identifier, nano, slug } from "../ids.ts";
import { prompt } from "./prompt.ts";
import { answersToQuestions, question } from "./question.ts";
import { rule } from "./rule.ts";

const plannedWorkflow = z.object({
  name: slug,
  title: z.string().min(1).max(80),
  description: z.string().min(1).max(400),
  /** Which kind of work it does: a capability of the planner's catalogue. */
  capability: z.string().min(1).max(63),
  /** The table it works on, if any. */
  table: identifier.nullable(),
  entry: z.boolean().default(false),
  /** Words taken from the prompt: `{ noun: "order", plural: "orders" }`. */
  words: z.record(z.string(), z.string().max(200)).default({}),
  /** Conditions it keeps to. */
  rules: z.array(rule).max(12).optional(),
});
export type PlannedWorkflow = z.infer<typeof plannedWorkflow>;

/** What will be built, before it is built. Editable; `plan_hash` names exactly what was approved. */
export const plan = z.object({
  name: z.string().min(1).max(80),
  description: z.string().max(2_000),
  /** The prompt, clause by clause. */
  brief: z.array(z.string()).max(60),
  /** What was decided without being asked for. */
  assumptions: z.array(z.string()).max(30),
  workflows: z.array(plannedWorkflow).min(1).max(40),
  tables: z.record(identifier, table),
  branding: branding.default({}),
  /** In English: "Spanish". Absent: the person's own. */
  languages: languages.optional(),
  currency: currency.optional(),
  roles: roles.optional(),
  estimate: z.object({
    /** What one turn of a chat with this app costs its owner, roughly: a message and its answer. */
    turn_nano: nano,
    turn_usd: z.string(),
    /** What a conversation of `conversation_turns` turns costs them. */
    conversation_nano: nano,
    conversation_usd: z.string(),
    conversation_turns: z.number().int(),
    /** What the creator pays for the build itself. */
    build_nano: nano,
  }),
});
export type Plan = z.infer<typeof plan>;
/** As far as it says what is built. */
export type PlannedParts = Omit<Plan, "estimate">;

/** A plan as it was edited: what it costs is answered, whatever it says of that. */
export const askEstimate = z.object({ plan });
export const askedEstimate = plan.pick({ estimate: true });

/** What is to be planned, before anybody has signed up; `answers` to what was asked, `{}` to skip it. */
export const askPlan = z.object({ prompt, answers: answersToQuestions.optional() });
/** The plan by rules, or what has to be asked first. */
export const askedPlan = z.union([z.object({ plan }), z.object({ questions: z.array(question) })]);
export type AskedPlan = z.infer<typeof askedPlan>;
