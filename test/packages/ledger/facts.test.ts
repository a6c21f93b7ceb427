import { expect, test } from "vitest";
import { analytics } from "#ledger/analytics";
import { exchange } from "#ledger/exchange";
import type { Fact } from "#ledger/facts";
import { latencyClass, percentile } from "#ledger/latency";
import type { Analytics } from "#protocol/api/analytics";
import { analytics as analyticsSchema } from "#protocol/api/analytics";
import { leaseAsk, ledgerUnderTest } from "./ledger-under-test.ts";

const run = (run_id: string, changes: object = {}): Fact => ({
  kind: "run",
  run_id,
  workflow: "support",
  status: "completed",
  first_token_ms: 100,
  duration_ms: 400,
  handoffs: 0,
  ...changes,
});

function told(...facts: Fact[]) {
  const ledger = ledgerUnderTest();
  for (const fact of facts) exchange(ledger, leaseAsk({ do: "return" }, { facts: [fact] }));
  return { ledger, seen: analyticsSchema.parse(analytics(ledger)) as Analytics };
}

test("a run that paused and went on is one run, as it was told last; told twice it counts once", () => {
  const paused = run("r1", { status: "paused", duration_ms: 50, handoffs: 1 });
  const done = run("r1", { duration_ms: 900, handoffs: 2 });
  const { seen } = told(paused, paused, done, done, run("r2", { status: "failed", first_token_ms: null }));
  expect(seen.completion).toEqual({ completed: 1, paused: 0, failed: 1, cancelled: 0, rate: 0.5 });
  expect(seen.handoffs).toBe(2);
  expect(seen.latency_ms.first_token.p50).toBeGreaterThanOrEqual(100);
  expect(seen.latency_ms.first_token.p50).toBeLessThanOrEqual(105);
  expect(seen.latency_ms.run.p99).toBeGreaterThanOrEqual(900);
  expect(seen.latency_ms.run.p99).toBeLessThanOrEqual(945);
});

test("thumbs are counted by person and message; a changed mind counts as it is now", () => {
  const thumb = (user_id: string, value: "up" | "down"): Fact => ({
    kind: "feedback",
    message_id: "m1",
    user_id,
    value,
  });
  const { seen } = told(thumb("ann", "up"), thumb("bob", "up"), thumb("bob", "up"), thumb("ann", "down"));
  expect(seen.thumbs).toEqual({ up: 1, down: 1 });
});

test("nothing measured is null, not zero; a fact that makes no sense is refused with no effect", () => {
  const { ledger, seen } = told();
  expect(seen).toMatchObject({ completion: { rate: null }, latency_ms: { run: { p50: null } } });
  for (const changes of [{ duration_ms: -1 }, { duration_ms: 1.5 }, { status: "lost" }, { run_id: "" }]) {
    const ask = leaseAsk({ do: "return" }, { facts: [run("bad", changes)] });
    expect(exchange(ledger, ask)).toMatchObject({ ok: false, code: "BAD_REQUEST" });
  }
  expect(ledger.sql.exec("SELECT * FROM runs")).toEqual([]);
});

test("a percentile is never too low and at most 5 % too high", () => {
  for (const ms of [0, 1, 2, 3, 7, 19, 20, 99, 100, 1_000, 59_999, 600_000]) {
    const read = percentile(new Map([[latencyClass(ms), 1]]), 0.5)!;
    expect(read).toBeGreaterThanOrEqual(ms);
    expect(read).toBeLessThanOrEqual(Math.max(ms, Math.ceil(ms * 1.05)));
  }
});
