import * as z from "zod";
import { time } from "../ids.ts";

/** What a member did, or tried: `outcome` is `done` or the code of the error that refused it. */
export const auditRow = z.object({
  audit_id: z.string(),
  actor: z.object({ user_id: z.string(), email: z.string(), role: z.string() }),
  action: z.string(),
  target: z.string().nullable(),
  outcome: z.string(),
  at: time,
  request_id: z.string(),
  details: z.record(z.string(), z.unknown()),
});
