import { note } from "#audit/note";
import { AppError, appError } from "#base/app-error";
import type { Action } from "#enterprises/may";
import type { Ctx } from "./call.ts";
import { allows, type SeenAs, seeAnyhow } from "./see-enterprise.ts";

/** What goes into the audit log. `details` may be completed while the work is done; never a secret. */
export type Deed = {
  /** As `members.add`. */
  action: string;
  target?: string;
  details?: Record<string, unknown>;
  /** The enterprise and its audit log are gone with it: only the Worker's log tells. */
  endsAll?: true;
  /** What programs do of it in great number is not told one by one. */
  ofMembers?: true;
};

/**
 * Does what only some members or keys may, and leaves exactly one row of it in the audit log: done, or why not, also for
 * members without the right. Errors: NOT_FOUND (leaves none: it is not their enterprise), FORBIDDEN, those of `work`.
 */
export async function privileged<T>(
  c: Ctx,
  enterpriseId: string,
  right: Action,
  deed: Deed,
  work: (seen: SeenAs) => Promise<T>,
): Promise<T> {
  const seen = await seeAnyhow(c, enterpriseId);
  // End users can't fill the log of those who run the app.
  if (seen.as === "end_user") throw appError("FORBIDDEN");
  let outcome = "done";
  try {
    if (!allows(seen, right)) throw appError("FORBIDDEN");
    return await work(seen);
  } catch (error) {
    outcome = error instanceof AppError ? error.code : "INTERNAL";
    throw error;
  } finally {
    if (!deed.ofMembers || seen.as === "member") await leaveRow(c, seen, deed, outcome);
  }
}

/** What was done is done: a row that can't be written is a fault for the log, not an answer. */
export async function leaveRow(
  c: Ctx,
  seen: Pick<SeenAs, "scope" | "role">,
  deed: Deed,
  outcome: string,
): Promise<void> {
  const { deps, requestId } = c.env;
  const { enterprise_id } = seen.scope;
  const { user_id, email } = c.var.principal;
  const { action, target = null, details = {} } = deed;
  const line = { enterprise_id, actor: user_id, action, outcome, request_id: requestId };
  deps.log("info", "audit", line);
  if (deed.endsAll && outcome === "done") return;
  try {
    await note(deps.db, seen.scope, {
      auditId: deps.newId("aud"),
      actorId: user_id,
      actorEmail: email,
      role: seen.role ?? "key",
      action,
      target,
      outcome,
      at: deps.clock.now(),
      requestId,
      details,
    });
  } catch (cause) {
    deps.log("error", "audit.failed", { ...line, cause: String(cause) });
  }
}
