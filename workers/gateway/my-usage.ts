import { isoTime } from "#base/clock";
import { usageOfUserIn } from "#billing/usage-by-user";
import type { EnterpriseRow } from "#enterprises/tables";
import { UNUSED } from "#ledger/totals";
import type { MyUsageOfApp } from "#protocol/api/usage";
import type { Deps } from "../compose.ts";
import { askLedger } from "./ask-ledger.ts";

export type MyUsage = MyUsageOfApp & { name: string; stale: boolean };

/**
 * What one person used in some enterprises. Reads fail open: of a ledger that can't be reached, what it last passed
 * on, and it says so.
 */
export async function myUsageIn(
  deps: Deps,
  apps: readonly EnterpriseRow[],
  userId: string,
  asked?: string,
): Promise<MyUsage[]> {
  const found = await Promise.all(
    apps.map(({ enterpriseId }) =>
      askLedger(deps.env, enterpriseId, (it) => it.usageOfUser(userId, asked)).catch(() => null),
    ),
  );
  const lost = apps.filter((_, n) => found[n] === null).map((it) => it.enterpriseId);
  // Which month it is in an enterprise's own time zone, only its ledger knows.
  const period = asked ?? isoTime(deps.clock.now()).slice(0, 7);
  const known = await usageOfUserIn(deps.db, { enterprise_ids: lost, user_id: userId, period });
  return apps.map(({ enterpriseId, name }, n) => {
    const used = found[n];
    if (used) return { ...used, name, stale: false };
    const last = known.get(enterpriseId) ?? UNUSED;
    return { enterprise_id: enterpriseId, ...last, budgets: [], name, stale: true };
  });
}
