import type { ReserveAnswer, SettleAnswer } from "#ledger/types";
import type { Asked, Pairs } from "../asked.ts";
import { ask, USED } from "../call.ts";
import type { BenchEnv } from "./index.ts";

/** Reserves and settles, `inFlight` at a time, until the time is over or there are enough. */
export async function payPairs(env: BenchEnv, asked: Extract<Asked, { do: "pairs" }>): Promise<Pairs> {
  const ledger = env.TOKEN_LEDGER.getByName(asked.enterprise);
  const bare = env.BARE_ROW.getByName(asked.enterprise);
  const run = crypto.randomUUID();
  let left = asked.pairs ?? Number.MAX_SAFE_INTEGER;
  const ms: number[] = [];
  async function one(n: number): Promise<void> {
    const wanted = ask({ chat_id: `chat_${n}`, user_id: `user_${n}` }, `${run}-${n}-${left}`);
    const object = asked.of === "ledger" ? ledger : bare;
    const reserved: ReserveAnswer = await object.reserve(wanted);
    const settled: SettleAnswer = await object.settle(wanted.call_id, [USED]);
    if (!reserved.ok || !settled.ok) throw new Error("a pair was refused");
  }
  async function loop(n: number): Promise<void> {
    while (left-- > 0 && performance.now() < endsAt) {
      const from = performance.now();
      await one(n);
      ms.push(performance.now() - from);
      if (asked.pauseMs) await scheduler.wait(asked.pauseMs);
    }
  }
  const startedAt = performance.now();
  const endsAt = startedAt + asked.ms;
  await Promise.all(Array.from({ length: asked.inFlight }, (_, n) => loop(n)));
  return { pairs: ms.length, elapsedMs: performance.now() - startedAt, ms };
}
