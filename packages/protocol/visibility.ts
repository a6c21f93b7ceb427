import * as z from "zod";

/**
 * Who may come into a live app. `public`: anybody, guests too where they are allowed. `sign_in`: whoever has an account.
 * `invited`: whoever the team has invited, or who joined by its link.
 */
export const VISIBILITIES = ["public", "sign_in", "invited"] as const;
export const visibility = z.enum(VISIBILITIES);
export type Visibility = z.infer<typeof visibility>;

/** What end users read while they may write nothing; null: they may. */
export const maintenance = z.string().trim().min(1).max(300).nullable();
