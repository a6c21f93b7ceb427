import * as z from "zod";
import { branding } from "../app-file/branding.ts";
import { signInWays } from "../sign-in.ts";
import { maintenance, visibility } from "../visibility.ts";

/** Which site the caller's host is: the creators' foundry, or one app with its look. Public. */
export const site = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("foundry"),
    apps_host: z.string(),
    offline_model: z.boolean(),
    sign_in: signInWays,
  }),
  z.object({
    kind: z.literal("app"),
    enterprise_id: z.string(),
    name: z.string(),
    slug: z.string(),
    status: z.enum(["draft", "live", "unpublished"]),
    branding,
    /** Its picture, as a path at this address; null while it has letters alone. */
    logo: z.string().nullable(),
    show_cost: z.boolean(),
    offline_model: z.boolean(),
    sign_in: signInWays,
    /** Who may come in. */
    visibility,
    /** What to tell end users while they may write nothing. */
    maintenance,
  }),
]);
export type Site = z.infer<typeof site>;
