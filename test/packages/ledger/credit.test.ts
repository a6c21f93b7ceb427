import { expect, test } from "vitest";
import { credit } from "#ledger/credit";
import { reserve } from "#ledger/reserve";
import { settle } from "#ledger/settle";
import type { CreditAsk } from "#ledger/types";
import { usage } from "#ledger/usage";
import { ask, attempt, ledgerUnderTest, NOON } from "./ledger-under-test.ts";

const TOPUP: CreditAsk = { kind: "topup", amount_nano: 5_000_000_000n, key: "pay_1" };

test("a credit counts once per key", () => {
  const ledger = ledgerUnderTest();
  const first = credit(ledger, TOPUP);
  expect(first).toMatchObject({ ok: true, balance_nano: 5_000_000_000n });
  expect(credit(ledger, TOPUP)).toEqual(first);
  expect(usage(ledger)).toMatchObject({ balance_nano: "5000000000", balance_usd: "5" });
});

test.each([
  ["amount", { amount_nano: 1n }],
  ["kind", { kind: "trial" }],
  ["expiry", { expires_at: NOON }],
] as [string, Partial<CreditAsk>][])(
  "the same key with another %s is a mismatch without effect",
  (_, change) => {
    const ledger = ledgerUnderTest();
    credit(ledger, TOPUP);
    expect(credit(ledger, { ...TOPUP, ...change })).toMatchObject({ code: "IDEMPOTENCY_MISMATCH" });
    expect(usage(ledger).balance_nano).toBe("5000000000");
  },
);

test.each([
  { amount_nano: 0n },
  { amount_nano: -1n },
  { amount_nano: 5 as never },
  { amount_nano: 10n ** 17n },
  { kind: "gift" as never },
  { key: "" },
  { expires_at: Number.NaN },
])("a credit with %s is not valid", (change) => {
  const ledger = ledgerUnderTest();
  expect(credit(ledger, { ...TOPUP, ...change })).toMatchObject({ ok: false, code: "BAD_REQUEST" });
  expect(usage(ledger).balance_nano).toBe("0");
});

test("credits burn by kind, then by expiry, then by age; what was paid for burns last", () => {
  const ledger = ledgerUnderTest();
  const grant = (key: string, kind: CreditAsk["kind"], expires_at?: number) => {
    credit(ledger, { kind, amount_nano: 100_000n, key, expires_at });
    ledger.pass(1);
  };
  grant("paid", "topup");
  grant("young", "trial", NOON + 2_000_000);
  grant("never", "trial");
  grant("soon", "trial", NOON + 1_000_000);
  grant("gift", "promotion");
  const burnt: string[] = [];
  for (let call = 0; call < 4; call++) {
    reserve(ledger, ask(`call_${call}`, { input_upper: 1_000, max_output: 1 }));
    settle(ledger, `call_${call}`, [attempt({ input: 1_000 })]);
    const empty = ledger.sql.exec(
      "SELECT credit_key FROM accounts WHERE kind = 'bucket' AND balance_nano = 0",
    );
    burnt.push(...empty.map((row) => String(row.credit_key)).filter((key) => !burnt.includes(key)));
  }
  expect(burnt).toEqual(["soon", "young", "never", "gift"]);
  expect(usage(ledger).balance_nano).toBe("100000");
});

test("amounts above 2^53 are exact to the nano", () => {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 9_007_199_254_740_993n, key: "a" });
  credit(ledger, { kind: "topup", amount_nano: 2n, key: "b" });
  expect(usage(ledger).balance_nano).toBe("9007199254740995");
});
