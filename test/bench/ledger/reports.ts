import type { LeaseAsk } from "#ledger/lease-types";
import { OFFLINE_PRICE, priceBook } from "#ledger/price-book";
import { ask, USED } from "./call.ts";

/** Few at first, so that the smallest ledger has as many chats as the largest. */
const FIRST_CALLS = 5;
const CALLS_PER_REPORT = 100;
const CHATS_PER_USER = 4;

const { price_version } = priceBook([OFFLINE_PRICE]).priceOf(OFFLINE_PRICE.model, 0)!;

const then = { do: "return" } as const;

/** What chats would report until the ledger has the calls number `from` to `to`. */
export function* reports(from: number, to: number, chats: number): Generator<LeaseAsk> {
  let first = from;
  for (let n = 0; first < to; n++) {
    const who = {
      chat_id: `filled_${n % chats}`,
      user_id: `user_${Math.floor((n % chats) / CHATS_PER_USER)}`,
    };
    const count = Math.min(first < chats * FIRST_CALLS ? FIRST_CALLS : CALLS_PER_REPORT, to - first);
    const start = first;
    const calls = Array.from({ length: count }, (_, at) => {
      const { chat_id: _chat, user_id: _user, ttl_ms: _ttl, ...call } = ask(who, `fill-${start + at}`);
      return { ...call, attempts: [{ ...USED, price_version }] };
    });
    first += count;
    yield { ...who, epoch: 0, calls, facts: [], alerts_after: null, then };
  }
}
