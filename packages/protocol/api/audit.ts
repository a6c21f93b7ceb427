import * as z from "zod";
import { time } from "../ids.ts";
import { listQuery } from "./list.ts";

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
export type AuditEntry = z.infer<typeof auditRow>;

/** `action` is one (`members.add`) or a family of them (`members`); `from` is in, `to` is not. */
const auditFilter = z.object({
  actor: z.string().max(64).optional(),
  action: z
    .string()
    .max(64)
    .regex(/^[a-z_]+(\.[a-z_]+)*$/)
    .optional(),
  from: time.optional(),
  to: time.optional(),
});

export const auditQuery = listQuery.extend(auditFilter.shape);
export const auditExportQuery = auditFilter.extend({ format: z.enum(["csv", "ndjson"]).default("csv") });
