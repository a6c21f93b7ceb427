import { and, eq } from "drizzle-orm";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import type { Db } from "#enterprises/db";
import { session } from "./tables.ts";

/** Whether a session began just now: who only found it open can't have it. Error: FRESH_SIGN_IN_NEEDED. */
export async function askForFreshSession(
  db: Db,
  realm: string,
  it: { userId: string; sessionId: string | undefined; now: number },
): Promise<void> {
  const [found] = await db
    .select({ createdAt: session.createdAt })
    .from(session)
    .where(and(eq(session.realm, realm), eq(session.id, it.sessionId ?? ""), eq(session.userId, it.userId)));
  if (!found || found.createdAt.getTime() < it.now - LIMITS.freshSessionMs)
    throw appError("FRESH_SIGN_IN_NEEDED");
}
