import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ReserveAsk } from "#ledger/types";
import type { Env } from "#workers/env";
import { ledgerFor } from "#workers/token-ledger/ledger-for";

const bindings = env as unknown as Env;
const CENT = 10_000_000n;

/** 250,000 output tokens of the offline model are exactly ten cents. */
function tenCents(callId: string): ReserveAsk {
  return {
    call_id: callId,
    user_id: "user_1",
    chat_id: "chat_1",
    run_id: "run_1",
    workflow: "support",
    agent: "helper",
    model: "offline/mozaiks-1",
    input_upper: 0,
    max_output: 250_000,
    ttl_ms: 60_000,
  };
}

function used(output: number) {
  return {
    attempt: 0,
    model: "offline/mozaiks-1",
    counts: { input: 0, cache_read: 0, cache_write: 0, output, reasoning: 0 },
    source: "provider" as const,
  };
}

async function ledgerWith(name: string, amount: bigint) {
  const ledger = ledgerFor(bindings, name);
  expect(await ledger.credit({ kind: "trial", amount_nano: amount, key: "trial" })).toMatchObject({
    ok: true,
  });
  return ledger;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-15T12:00:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a thousand reserves of $0.10 at once against $5.00 admit exactly fifty", async () => {
  const ledger = await ledgerWith("ent_crowd", 500n * CENT);
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, n) => ledgerFor(bindings, "ent_crowd").reserve(tenCents(`call_${n}`))),
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(50);
  const codes = answers.flatMap((answer) => (answer.ok ? [] : [answer.code]));
  expect(new Set(codes)).toEqual(new Set(["TEMPORARILY_HELD"]));
  expect(await ledger.usage()).toMatchObject({ balance_nano: "5000000000", held_nano: "5000000000" });
  expect((await ledger.selfCheck()).ok).toBe(true);
});
