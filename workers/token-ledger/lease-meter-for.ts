import { LIMITS } from "#base/limits";
import { secondTry } from "#ledger/lease-line";
import { type LeaseMeter, type LeaseMeterDeps, leaseMeter } from "#ledger/lease-meter";
import type { LeaseAnswer } from "#ledger/lease-types";
import type { Deps } from "../compose.ts";
import { objectSql } from "../object-sql.ts";
import { ledgerFor } from "./ledger-for.ts";
import { twice, UNAVAILABLE } from "./twice.ts";

/** The meter of a chat, under a lease of the enterprise that pays. Money fails closed: LEDGER_UNAVAILABLE. */
export function leaseMeterFor(
  deps: Pick<Deps, "env" | "clock" | "prices">,
  storage: DurableObjectStorage,
  chat: { payer: string; chat_id: string; user_id: string },
  heard: LeaseMeterDeps["heard"],
): LeaseMeter {
  const { env, clock, prices } = deps;
  return leaseMeter({
    sql: objectSql(storage),
    clock,
    prices,
    chat_id: chat.chat_id,
    user_id: chat.user_id,
    exchange: (ask) =>
      twice<LeaseAnswer>((isSecond) =>
        ledgerFor(env, chat.payer).exchange(isSecond ? secondTry(ask) : ask),
      ).catch(() => UNAVAILABLE),
    lease_ttl_ms: LIMITS.leaseTtlMs,
    heard,
  });
}
