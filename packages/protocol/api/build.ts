import * as z from "zod";
import { errorCode } from "../errors.ts";
import { nano } from "../ids.ts";
import { prompt } from "./app.ts";
import { plan } from "./plan.ts";

export const BUILD_STEPS = ["brief", "plan", "files", "check", "test", "publish"] as const;
export type BuildStep = (typeof BUILD_STEPS)[number];

export const startBuild = z.object({ prompt, approve: z.enum(["auto", "manual"]).default("manual") });

export const startedBuild = z.object({ build_id: z.string(), chat_id: z.string(), status: z.string() });

const acceptanceResult = z.object({
  workflow: z.string(),
  name: z.string(),
  passed: z.boolean(),
  /** What was expected and what came instead. */
  failure: z.string().optional(),
});
export type AcceptanceResult = z.infer<typeof acceptanceResult>;

/** Why an owner publishes although conversations are red, in their own words; it stands in the audit log. */
export const overrideReason = z.string().trim().min(3).max(200);
/** `POST …/builds/{build_id}/publish`: makes a build live whose conversations did not pass. */
export const publishBuild = z.object({ override: z.literal(true), reason: overrideReason });

export const redCase = z.object({ workflow: z.string(), name: z.string() });
export type RedCase = z.infer<typeof redCase>;

export const build = z.object({
  build_id: z.string(),
  enterprise_id: z.string(),
  chat_id: z.string(),
  prompt: z.string(),
  status: z.enum(["planned", "building", "testing", "live", "failed", "cancelled"]),
  plan: plan.optional(),
  plan_hash: z.string().optional(),
  steps: z.array(
    z.object({
      name: z.enum(BUILD_STEPS),
      status: z.enum(["waiting", "running", "done", "failed"]),
      detail: z.string().optional(),
    }),
  ),
  version: z.number().int().optional(),
  /** An owner published it although these conversations were red. */
  published_over: z.object({ user_id: z.string(), reason: z.string(), red: z.array(redCase) }).optional(),
  acceptance: z
    .object({
      passed: z.number().int(),
      failed: z.number().int(),
      cases: z.array(acceptanceResult),
    })
    .optional(),
  /** Always "0": building is metered to the foundry. */
  cost_nano: nano,
  error: z.object({ code: errorCode, message: z.string() }).optional(),
});
export type Build = z.infer<typeof build>;

/** `plan`: the edited plan; `plan_hash` is the hash of the plan as it was shown. */
export const approveBuild = z.object({ plan_hash: z.string().min(1).max(128), plan: plan.optional() });
