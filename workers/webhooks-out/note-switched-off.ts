import { note } from "#audit/note";
import type { Sql } from "#base/sql";
import { scopeOf } from "#enterprises/scope";
import { markOffNoted, offUnnoted } from "#webhooks/endpoints";
import type { Deps } from "../compose.ts";

/** Puts into the app's audit log what the platform has switched off, and why: nobody did it, so the platform is named. */
export async function noteSwitchedOff(deps: Deps, enterpriseId: string, sql: Sql): Promise<void> {
  for (const { id, off_reason, off_at } of offUnnoted(sql)) {
    await note(deps.db, scopeOf(enterpriseId), {
      auditId: deps.newId("aud"),
      actorId: "platform",
      actorEmail: "",
      role: "platform",
      action: "webhooks.switched_off",
      target: id,
      outcome: "done",
      at: off_at ?? deps.clock.now(),
      requestId: "",
      details: { reason: off_reason },
    });
    markOffNoted(sql, id);
  }
}
