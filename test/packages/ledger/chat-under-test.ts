import type { Clock } from "#base/clock";
import { exchange } from "#ledger/exchange";
import { LEASE_TABLES } from "#ledger/held-lease";
import { type LeaseMeter, leaseMeter } from "#ledger/lease-meter";
import type { LeaseAnswer, LeaseAsk } from "#ledger/lease-types";
import { refuse } from "#ledger/refuse";
import { nodeSql } from "#test/support/sqlite";
import type { LedgerUnderTest } from "./ledger-under-test.ts";

/** How an ask gets to the ledger: `deliver` does it, as often and as late as one likes. */
export type Way = (deliver: () => LeaseAnswer, ask: LeaseAsk) => Promise<LeaseAnswer>;

/** The ledger can't be reached. */
export const NO_WAY: Way = async () => refuse("LEDGER_UNAVAILABLE");
/** The ledger does what it was asked, and its answer is lost. */
export const NO_WAY_BACK: Way = async (deliver) => {
  deliver();
  return refuse("LEDGER_UNAVAILABLE");
};

export const LEASE_TTL_MS = 600_000;

/** One chat with a database of its own. `restart`: its process died, another goes on with its rows. */
export function chatUnderTest(ledger: LedgerUnderTest, chatId = "chat_1", clock: Clock = ledger.clock) {
  const sql = nodeSql();
  for (const table of LEASE_TABLES) sql.exec(table);
  const asked: LeaseAsk["then"]["do"][] = [];
  const chat = { sql, asked, way: (async (deliver) => deliver()) as Way, meter: start(), restart };

  function start(): LeaseMeter {
    return leaseMeter({
      sql,
      clock,
      prices: ledger.prices,
      chat_id: chatId,
      user_id: "user_1",
      lease_ttl_ms: LEASE_TTL_MS,
      heard: () => undefined,
      exchange: (ask) => {
        asked.push(ask.then.do);
        return chat.way(() => exchange(ledger, ask), ask);
      },
    });
  }

  function restart(): void {
    chat.meter = start();
  }
  return chat;
}
