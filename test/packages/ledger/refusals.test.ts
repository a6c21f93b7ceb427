import { expect, test } from "vitest";
import { checkpoint } from "#ledger/checkpoint";
import { credit } from "#ledger/credit";
import { exchange } from "#ledger/exchange";
import { findLease } from "#ledger/leases";
import { reserve } from "#ledger/reserve";
import { settle } from "#ledger/settle";
import { voidCall } from "#ledger/void-call";
import { busyLedger } from "./busy-ledger.ts";
import { changed, dump } from "./dump.ts";
import { ask, attempt, counts, type LedgerUnderTest, leaseAsk } from "./ledger-under-test.ts";

const REFUSED: [code: string, says: string, work: (ledger: LedgerUnderTest) => unknown][] = [
  ["UNKNOWN_MODEL", "a model nobody knows", (it) => reserve(it, ask("b", { model: "nobody/knows" }))],
  [
    "UNKNOWN_MODEL",
    "a fallback nobody knows",
    (it) => settle(it, "open", [attempt({}, { model: "nobody/knows" })]),
  ],
  ["NOT_FOUND", "a settle of no call", (it) => settle(it, "none", [attempt({})])],
  ["NOT_FOUND", "a void of no call", (it) => voidCall(it, "none")],
  ["NOT_FOUND", "a checkpoint of no call", (it) => checkpoint(it, "none", counts())],
  [
    "IDEMPOTENCY_MISMATCH",
    "a second settle with other figures",
    (it) => settle(it, "settled", [attempt({ input: 9 })]),
  ],
  [
    "IDEMPOTENCY_MISMATCH",
    "a second reserve with another ask",
    (it) => reserve(it, ask("open", { max_output: 1 })),
  ],
  [
    "IDEMPOTENCY_MISMATCH",
    "a key of another credit",
    (it) => credit(it, { kind: "topup", amount_nano: 1n, key: "pay" }),
  ],
  [
    "IDEMPOTENCY_MISMATCH",
    "one response with two figures",
    (it) =>
      settle(it, "open", [
        attempt({}, { response_id: "r" }),
        attempt({ input: 1 }, { attempt: 1, response_id: "r" }),
      ]),
  ],
  ["CONFLICT", "a reserve of an ended call", (it) => reserve(it, ask("settled"))],
  ["CONFLICT", "a settle of a void call", (it) => settle(it, "void", [attempt({})])],
  ["CONFLICT", "a void of a settled call", (it) => voidCall(it, "settled")],
  [
    "CONFLICT",
    "another user's chat",
    (it) => exchange(it, leaseAsk({ do: "return" }, { user_id: "eve", epoch: 1 })),
  ],
  [
    "INSUFFICIENT_BALANCE",
    "a call dearer than all there is",
    (it) => reserve(it, ask("b", { input_upper: 99_000_000 })),
  ],
  [
    "TEMPORARILY_HELD",
    "a call dearer than what is free",
    (it) => reserve(it, ask("b", { input_upper: 38_000 })),
  ],
];

test.each(REFUSED)("%s, and without any effect: %s", (code, _, work) => {
  const ledger = busyLedger();
  const before = dump(ledger);
  expect(work(ledger)).toMatchObject({ ok: false, code });
  expect(changed(before, dump(ledger))).toEqual([]);
});

test("a call that a limit refuses adds its alert, once, and nothing else", () => {
  const ledger = busyLedger();
  const before = dump(ledger);
  const refused = () => reserve(ledger, ask("b", { input_upper: 45_000 }));
  expect(refused()).toEqual({ ok: false, code: "BUDGET_EXCEEDED", details: { scope: "app_month" } });
  const after = dump(ledger);
  expect(changed(before, after)).toEqual(["alerts"]);
  refused();
  expect(changed(after, dump(ledger))).toEqual([]);
});

test("a lease's epoch that is before the present one prolongs and ends nothing", () => {
  const ledger = busyLedger();
  const lease = () => dump(ledger).leases;
  const before = lease();
  for (const then of [{ do: "keep", ttl_ms: 5 }, { do: "return" }] as const) {
    expect(exchange(ledger, leaseAsk(then, { epoch: 0 }))).toMatchObject({ ok: true, lease: null });
  }
  expect(lease()).toEqual(before);
});

test.each([2, 99])("a chat that has asked for a later lease (%i) has let go of the present one", (epoch) => {
  const ledger = busyLedger();
  expect(exchange(ledger, leaseAsk({ do: "keep", ttl_ms: 5 }, { epoch }))).toMatchObject({ lease: null });
  expect(findLease(ledger.sql, "chat_2")).toMatchObject({ epoch, amount_nano: 0n });
});
