import type { Meter } from "#runtime/meter";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { ledgerFor } from "../token-ledger/ledger-for.ts";
import { meterFor } from "../token-ledger/meter-for.ts";

/** The reserved enterprise that pays for building. */
export const FOUNDRY = "foundry";

/** What the foundry may spend on building in a month: $1,000. A stop for runaway builds, not a price. */
const MONTHLY_NANO = 1_000_000_000_000n;

/** The foundry's own meter: generator chats, builds and acceptance conversations are never the app's cost. */
export async function foundryMeter(env: Env): Promise<Meter> {
  const month = new Date(compose(env).clock.now()).toISOString().slice(0, 7);
  await ledgerFor(env, FOUNDRY).credit({
    kind: "promotion",
    amount_nano: MONTHLY_NANO,
    key: `foundry:${month}`,
  });
  return meterFor(env, FOUNDRY);
}
