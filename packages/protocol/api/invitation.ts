import * as z from "zod";
import { time } from "../ids.ts";
import { role } from "./member.ts";

/** Somebody who was asked to run an app and has not answered. `invited_by`: an address; null for who is gone. */
export const invitation = z.object({
  invitation_id: z.string(),
  email: z.string(),
  role,
  invited_by: z.string().nullable(),
  created_at: time,
  expires_at: time,
});
export type Invitation = z.infer<typeof invitation>;
export const invitations = z.object({ items: z.array(invitation) });

/** Whether anybody has an account with the address is not told. */
export const invite = z.object({ email: z.email().max(254), role });

/** What stands behind `#token=` in the mail. */
export const invitationToken = z.object({ token: z.string().min(1).max(200) });

/** What a token invites to, for whoever has it. */
export const offeredInvitation = z.object({
  app_name: z.string(),
  email: z.string(),
  role,
  invited_by: z.string().nullable(),
  expires_at: time,
});
export type OfferedInvitation = z.infer<typeof offeredInvitation>;

export const acceptedInvitation = z.object({ enterprise_id: z.string(), role });
export type AcceptedInvitation = z.infer<typeof acceptedInvitation>;
