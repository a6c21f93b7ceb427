import { exchange } from "#ledger/exchange";
import { OFFLINE_PRICE, priceBook } from "#ledger/price-book";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { settle } from "#ledger/settle";
import { usage } from "#ledger/usage";
import { ask, USED } from "./call.ts";
import type { FileLedger } from "./file-ledger.ts";

const { price_version } = priceBook([OFFLINE_PRICE]).priceOf(OFFLINE_PRICE.model, 0)!;
const WHO = { chat_id: "filled_7", user_id: "user_1" };
const TTL_MS = 600_000;

/** What the ledger does all day, by name; `times` is how often one measurement does it. */
export const OPERATIONS = {
  "reserve + settle": {
    times: 200,
    run(ledger: FileLedger, id: string) {
      const wanted = ask(WHO, id);
      const reserved = reserve(ledger, wanted);
      const settled = settle(ledger, wanted.call_id, [USED]);
      if (!reserved.ok || !settled.ok) throw new Error("a pair was refused");
    },
  },
  "a chat's report": {
    times: 200,
    run(ledger: FileLedger, id: string) {
      const { ttl_ms: _ttl, chat_id: _chat, user_id: _user, ...call } = ask(WHO, id);
      const calls = [{ ...call, attempts: [{ ...USED, price_version }] }];
      const then = { do: "keep", ttl_ms: TTL_MS } as const;
      const answer = exchange(ledger, { ...WHO, epoch: 0, calls, facts: [], alerts_after: null, then });
      if (!answer.ok || answer.refused.length > 0) throw new Error("a report was refused");
    },
  },
  "usage()": { times: 50, run: (ledger: FileLedger) => void usage(ledger) },
  "a frame of the feed": {
    times: 50,
    run: (ledger: FileLedger) => void JSON.stringify(usage(ledger, undefined, 100)),
  },
};
export type Operation = keyof typeof OPERATIONS;

/** Microseconds of one. Leaves nothing behind. */
export function timeOperation(ledger: FileLedger, name: Operation): number {
  const { times, run } = OPERATIONS[name];
  const ids = crypto.randomUUID();
  let us = 0;
  ledger.atOnce(() => {
    run(ledger, `${ids}-warm`);
    const from = performance.now();
    for (let n = 0; n < times; n++) run(ledger, `${ids}-${n}`);
    us = (1_000 * (performance.now() - from)) / times;
  }, "ROLLBACK");
  return us;
}

export function timeSelfCheck(ledger: FileLedger): number {
  const from = performance.now();
  const { ok } = selfCheck(ledger);
  if (!ok) throw new Error("the ledger's figures disagree");
  return performance.now() - from;
}
