import * as z from "zod";
import { time } from "../ids.ts";
import { listQuery } from "./list.ts";

/** One of an app's roles. */
const roleName = z.string().min(1).max(60);

/**
 * Somebody who uses an app. `kind`: with an account, as a guest, or as a visitor whom a host site signed in; of the last
 * two there is no address. `roles`: what the team or the host site gave. `admitted`: true lets them in where only
 * invited people may come, false keeps them out; null: as the app's visibility says. `may_enter`: what comes of it.
 */
export const endUser = z.object({
  user_id: z.string(),
  kind: z.enum(["account", "guest", "visitor"]),
  name: z.string(),
  email: z.string().nullable(),
  email_verified: z.boolean(),
  roles: z.array(z.string()),
  admitted: z.boolean().nullable(),
  may_enter: z.boolean(),
  created_at: time,
});
export type EndUser = z.infer<typeof endUser>;

export const endUserQuery = listQuery.extend({ search: z.string().trim().min(1).max(100).optional() });

export const patchEndUser = z
  .strictObject({ roles: z.array(roleName).max(12), admitted: z.boolean().nullable() })
  .partial()
  .refine((body) => Object.keys(body).length > 0, "nothing to change");

/** An address whose owner may come in once it is proven theirs. */
export const invitedAddress = z.object({ email: z.string(), created_at: time });
export type InvitedAddress = z.infer<typeof invitedAddress>;
export const inviteAddress = z.object({ email: z.email().max(254) });
export const addressParam = z.string().trim().min(3).max(254);

/** The link by which people join, told this once. */
export const joinLink = z.object({ url: z.string(), created_at: time });
export type JoinLink = z.infer<typeof joinLink>;
/** What stands behind `#token=` in the link. */
export const joinToken = z.object({ token: z.string().min(1).max(200) });
export const joined = z.object({ joined: z.literal(true) });
