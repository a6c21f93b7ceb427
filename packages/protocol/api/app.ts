import * as z from "zod";
import { roles } from "../app-file/app.ts";
import { branding } from "../app-file/branding.ts";
import { chatLimits } from "../chat-limits.ts";
import { nanoLimit, slug, time } from "../ids.ts";
import { signInSettings } from "../sign-in.ts";
import { maintenance, visibility } from "../visibility.ts";
import { plan } from "./plan.ts";
import { prompt } from "./prompt.ts";
import { answersToQuestions } from "./question.ts";

export const app = z.object({
  enterprise_id: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  /** Where its end users chat. */
  url: z.string(),
  status: z.enum(["draft", "live", "unpublished"]),
  live_version: z.number().int().nullable(),
  /** A green version that waits to be published, if there is one. */
  draft_version: z.number().int().nullable(),
  branding,
  /** Where its members find its picture, as a path; null while it has letters alone. */
  logo: z.string().nullable(),
  /** Whether end users see what their chats cost. */
  show_cost: z.boolean(),
  created_at: time,
});
export type App = z.infer<typeof app>;

/** What may be spent, in nano-USD; null for no limit. And how fast chats may go; null for the platform's own limit. */
export const limits = z.object({
  turn_nano: nanoLimit.nullable(),
  chat_nano: nanoLimit.nullable(),
  user_day_nano: nanoLimit.nullable(),
  user_month_nano: nanoLimit.nullable(),
  workflow_month_nano: nanoLimit.nullable(),
  app_month_nano: nanoLimit.nullable(),
  ...chatLimits.shape,
});
export type Limits = z.infer<typeof limits>;

/** What is absent stays as it is. Unknown names are refused: who sets a limit must not believe that it holds. */
const limitsChange = z.strictObject(limits.partial().shape);

const signInChange = z.strictObject(signInSettings.partial().shape);

const timeZone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: name }) !== null;
    } catch {
      return false;
    }
  }, "must be the name of a time zone, like 'Europe/Berlin'");

/** One app with what its owner has set of its spending, and of who may come in and how. */
export const appDetail = app.extend({
  limits,
  time_zone: z.string(),
  sign_in: signInSettings,
  visibility,
  maintenance,
  /** When the link was made by which people join; null while there is none. */
  join_link_made_at: time.nullable(),
  /** What the live version declares. */
  roles,
  /** What the caller may do there, such as `app.change` or `money.read`. */
  can: z.array(z.string()),
});
export type AppDetail = z.infer<typeof appDetail>;

export const createApp = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  prompt: prompt.optional(),
  /** With `prompt`: publish when green, or wait for the plan's approval. */
  approve: z.enum(["auto", "manual"]).default("auto"),
  /** To what would be asked of the prompt; `{}` skips all questions. */
  answers: answersToQuestions.optional(),
  /** With `prompt`: what was planned of it (`POST /api/plan`) and looked at, edited or not: built as it is. */
  plan: plan.optional(),
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
    limits: limitsChange,
    sign_in: signInChange,
    visibility,
    maintenance,
    /** IANA name, e.g. `Europe/Berlin`: where the app's days and months begin. */
    time_zone: timeZone,
  })
  .partial()
  .refine((body) => Object.keys(body).length > 0, "nothing to change");

/** Where its members find an app's picture now; null for none. */
export const appLogo = app.pick({ logo: true });
export type AppLogo = z.infer<typeof appLogo>;

export const deleted = z.object({ deleted: z.literal(true) });
