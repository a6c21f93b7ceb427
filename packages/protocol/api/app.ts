import * as z from "zod";
import { branding } from "../app-file/branding.ts";
import { slug, time } from "../ids.ts";

export const MAX_PROMPT_LENGTH = 8_000;
export const prompt = z.string().trim().min(3, "say in a few words what to build").max(MAX_PROMPT_LENGTH);

export const app = z.object({
  enterprise_id: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  /** Where its end users chat. */
  url: z.string(),
  status: z.enum(["draft", "live", "unpublished"]),
  live_version: z.number().int().nullable(),
  branding,
  /** Whether end users see what their chats cost. */
  show_cost: z.boolean(),
  created_at: time,
});
export type App = z.infer<typeof app>;

export const createApp = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  prompt: prompt.optional(),
  /** With `prompt`: publish when green, or wait for the plan's approval. */
  approve: z.enum(["auto", "manual"]).default("auto"),
});

export const createdApp = app.extend({ build_id: z.string().optional(), chat_id: z.string().optional() });
export type CreatedApp = z.infer<typeof createdApp>;

export const patchApp = z
  .object({
    name: z.string().trim().min(1).max(80),
    description: z.string().max(2_000),
    slug,
    branding,
    show_cost: z.boolean(),
    /** Refused rather than ignored: who sets a limit must not believe that it holds. */
    limits: z
      .unknown()
      .refine(() => false, "Limits can't be set yet.")
      .describe("Can't be set yet: refused."),
  })
  .partial()
  .refine((body) => Object.keys(body).length > 0, "nothing to change");

export const deleted = z.object({ deleted: z.literal(true) });
