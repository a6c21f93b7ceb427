import { isoTime } from "#base/clock";
import type { AuditEntry } from "#protocol/api/audit";
import { guardFormula } from "#tables/csv/formula";
import type { AuditRow } from "./tables.ts";

/** A row as the API shows it. */
export function auditEntry(it: AuditRow): AuditEntry {
  return {
    audit_id: it.auditId,
    actor: { user_id: it.actorId, email: it.actorEmail, role: it.role },
    action: it.action,
    target: it.target,
    outcome: it.outcome,
    at: isoTime(it.at),
    request_id: it.requestId,
    details: it.details,
  };
}

export const AUDIT_CSV_HEADER =
  "audit_id,at,actor_id,actor_email,actor_role,action,target,outcome,request_id,details\r\n";

/** As RFC 4180 has it, without the header. `details` is JSON in one cell. No cell is a formula to a spreadsheet. */
export function auditCsv(rows: readonly AuditRow[]): string {
  return rows
    .map((row) => {
      const { audit_id, at, actor, action, target, outcome, request_id, details } = auditEntry(row);
      const who = [actor.user_id, actor.email, actor.role];
      const cells = [audit_id, at, ...who, action, target, outcome, request_id, JSON.stringify(details)];
      return `${cells.map((it) => cell(it ?? "")).join(",")}\r\n`;
    })
    .join("");
}

/** One row a line. */
export function auditNdjson(rows: readonly AuditRow[]): string {
  return rows.map((row) => `${JSON.stringify(auditEntry(row))}\n`).join("");
}

function cell(value: string): string {
  const text = guardFormula(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
