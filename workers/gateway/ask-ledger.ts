import { appError } from "#base/app-error";
import type { Env } from "../env.ts";
import { ledgerFor } from "../token-ledger/ledger-for.ts";
import { twice } from "../token-ledger/twice.ts";

type Ledger = ReturnType<typeof ledgerFor>;

/** One call to a tenant's ledger. Error: LEDGER_UNAVAILABLE when it can't be reached in time. */
export async function askLedger<P extends PromiseLike<unknown>>(
  env: Pick<Env, "TOKEN_LEDGER">,
  enterpriseId: string,
  call: (ledger: Ledger) => P,
): Promise<Awaited<P>> {
  try {
    return (await twice(() => call(ledgerFor(env, enterpriseId)))) as Awaited<P>;
  } catch {
    // Why is in the log already.
    throw appError("LEDGER_UNAVAILABLE");
  }
}
