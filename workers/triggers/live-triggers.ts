import { findEnterprise } from "#enterprises/enterprise";
import { scopeOf } from "#enterprises/scope";
import type { TriggerStore } from "#triggers/trigger-store";
import { triggersOf } from "#triggers/triggers-of";
import { loadVersion } from "#workflows/load-version";
import type { Deps } from "../compose.ts";
import { askLedger } from "../gateway/ask-ledger.ts";

/** Makes what is stored the triggers of the version that is live now: none, if none is. Cheap when nothing has changed, unless `anew`. */
export async function followLive(
  deps: Deps,
  store: TriggerStore,
  enterpriseId: string,
  anew = false,
): Promise<void> {
  const scope = scopeOf(enterpriseId);
  const enterprise = await findEnterprise(deps.db, scope);
  const version = enterprise?.status === "live" ? enterprise.liveVersion : null;
  const known = store.app();
  if (!anew && known && known.version === version) return;
  const declared = version === null ? [] : triggersOf(await loadVersion(deps.files, scope, version));
  const isPlaced = declared.every(({ trigger }) => trigger.kind !== "schedule" || trigger.time_zone);
  const zone = isPlaced
    ? "UTC"
    : (await askLedger(deps.env, enterpriseId, (ledger) => ledger.settings())).time_zone;
  store.replace({ enterprise_id: enterpriseId, version }, declared, zone, deps.clock.now());
}
