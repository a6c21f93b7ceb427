import type { Principal } from "#auth/principal";
import { findKeyByText, noteUse } from "#keys/keys";
import type { Ctx } from "./call.ts";

/** The program that an API key is, on this address; null for any key that opens nothing, whatever the reason. */
export async function findProgram(c: Ctx, key: string): Promise<Principal | null> {
  const { db, clock } = c.env.deps;
  const now = clock.now();
  const found = await findKeyByText(db, key, now);
  if (found === null) return null;
  c.executionCtx.waitUntil(noteUse(db, found, now));
  const { keyId, enterpriseId, name, scopes } = found;
  const program = { enterprise_id: enterpriseId, scopes };
  return { user_id: keyId, email: "", name, realm: c.var.host.realm, program };
}
