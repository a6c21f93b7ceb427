import * as z from "zod";
import { errorCode } from "../errors.ts";
import { nano, time } from "../ids.ts";
import { appDiff } from "./app-diff.ts";
import { plan } from "./plan.ts";
import { prompt } from "./prompt.ts";
import { answersToQuestions, question } from "./question.ts";

export const BUILD_STEPS = ["brief", "plan", "files", "check", "test", "publish"] as const;
export type BuildStep = (typeof BUILD_STEPS)[number];

/** The first three wait for somebody: for answers, for the plan's approval, for a yes to publish what is green. */
export const BUILD_STATUSES = [
  "questions",
  "planned",
  "ready",
  "building",
  "testing",
  "live",
  "failed",
  "cancelled",
] as const;
export type BuildStatus = (typeof BUILD_STATUSES)[number];
const status = z.enum(BUILD_STATUSES);

export const startBuild = z.object({
  prompt,
  /** `auto`: from the prompt to live without a question. */
  approve: z.enum(["auto", "manual"]).default("manual"),
  /** To what would be asked, by a question's id; `{}` skips all questions. */
  answers: answersToQuestions.optional(),
  /** False: a green build waits as `ready` until it is told to publish. */
  publish: z.boolean().default(true),
  /** The version that the prompt is to change: the live one or the draft. Absent: the app is built anew. */
  base_version: z.number().int().min(1).optional(),
});

export const startedBuild = z.object({ build_id: z.string(), chat_id: z.string(), status: z.string() });

const acceptanceResult = z.object({
  workflow: z.string(),
  name: z.string(),
  passed: z.boolean(),
  /** What was expected and what came instead. */
  failure: z.string().optional(),
});
export type AcceptanceResult = z.infer<typeof acceptanceResult>;

/** Who made the plan. `asks`: how often the model was asked, corrections included; none by rules alone. */
export const plannedBy = z.object({
  by: z.enum(["rules", "model"]),
  asks: z.number().int(),
  model: z.string().optional(),
  prompt_version: z.string().optional(),
});
export type PlannedBy = z.infer<typeof plannedBy>;

/** What the app's own conversations took, in tokens a turn on average, and what that costs its owner. */
const measured = z.object({
  turns: z.number().int(),
  input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  turn_nano: nano,
  turn_usd: z.string(),
  conversation_nano: nano,
  conversation_usd: z.string(),
});
export type Measured = z.infer<typeof measured>;
/** Why an owner publishes although conversations are red, in their own words; it stands in the audit log. */
export const overrideReason = z.string().trim().min(3).max(200);
/** `POST …/builds/{build_id}/override`: makes a build live whose conversations did not pass. */
export const overrideBuild = z.object({ reason: overrideReason });

export const redCase = z.object({ workflow: z.string(), name: z.string() });
export type RedCase = z.infer<typeof redCase>;

export const build = z.object({
  build_id: z.string(),
  enterprise_id: z.string(),
  chat_id: z.string(),
  prompt: z.string(),
  status,
  /** There while they wait, and after. */
  questions: z.array(question).optional(),
  plan: plan.optional(),
  plan_hash: z.string().optional(),
  planned_by: plannedBy.optional(),
  /** Of an edit: the version it changes. */
  base_version: z.number().int().optional(),
  /** Of an edit, in the place of a plan: what was understood, and what changes. `plan_hash` is of its patches. */
  edit: appDiff.extend({ said: z.array(z.string()) }).optional(),
  /** Of an edit that was not clear: instructions that would be. */
  options: z.array(z.string()).optional(),
  steps: z.array(
    z.object({
      name: z.enum(BUILD_STEPS),
      status: z.enum(["waiting", "running", "done", "failed"]),
      detail: z.string().optional(),
    }),
  ),
  version: z.number().int().optional(),
  /** Where the app is, once it is live. */
  url: z.string().optional(),
  /** An owner published it although these conversations were red. */
  published_over: z.object({ user_id: z.string(), reason: z.string(), red: z.array(redCase) }).optional(),
  acceptance: z
    .object({
      passed: z.number().int(),
      failed: z.number().int(),
      cases: z.array(acceptanceResult),
    })
    .optional(),
  measured: measured.optional(),
  /** Always "0": building is metered to the foundry. */
  cost_nano: nano,
  error: z.object({ code: errorCode, message: z.string() }).optional(),
});
export type Build = z.infer<typeof build>;

export const listedBuild = z.object({
  build_id: z.string(),
  chat_id: z.string(),
  prompt: z.string(),
  status,
  version: z.number().int().nullable(),
  created_at: time,
});

/** `plan`: the edited plan; `plan_hash` is the hash of the plan as it was shown. */
export const approveBuild = z.object({ plan_hash: z.string().min(1).max(128), plan: plan.optional() });

/** Questions that are not in it are skipped; `{}` skips all. */
export const answerBuild = z.object({ answers: answersToQuestions });
