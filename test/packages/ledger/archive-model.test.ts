import fc from "fast-check";
import { expect, test } from "vitest";
import { analytics } from "#ledger/analytics";
import { chatSums } from "#ledger/chat-sums";
import { configure } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { exchange } from "#ledger/exchange";
import { reserve } from "#ledger/reserve";
import { sessionBill } from "#ledger/session-bill";
import { settle } from "#ledger/settle";
import { statement } from "#ledger/statement";
import { usage } from "#ledger/usage";
import { usageOfUser } from "#ledger/usage-of-user";
import { voidCall } from "#ledger/void-call";
import { archiveStep, broken, exportOf, type Files } from "./archiving.ts";
import { ask, attempt, type LedgerUnderTest, leaseAsk, ledgerUnderTest } from "./ledger-under-test.ts";

const DAY = 24 * 3_600_000;
/** Few, so that a month is often half here and half there. */
const ROWS = 3;

const call = fc.nat(60);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("spend" as const), call, input: fc.nat(2_000), who: fc.nat(3) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("report" as const), call, input: fc.nat(2_000), who: fc.nat(3) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("void" as const), call }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cut" as const), call, who: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pass" as const), days: fc.constantFrom(1, 9, 25) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("zone" as const),
      zone: fc.constantFrom("Pacific/Kiritimati", "Etc/GMT+12", "UTC"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("credit" as const), days: fc.constantFrom(3, 40) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("archive" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What both ledgers do, with calls of their own age: a call of long ago is told of again, but with another key. */
function apply(ledger: LedgerUnderTest, it: Step, n: number, age: number) {
  const id = "call" in it ? `${age}/${it.call}` : "";
  const who = "who" in it ? { user_id: `u${it.who}`, chat_id: `c${it.who}`, run_id: `r${n % 4}` } : {};
  switch (it.do) {
    case "spend":
      reserve(ledger, ask(id, who));
      return settle(ledger, id, [attempt({ input: it.input })]).ok;
    case "report": {
      const own = ask(id, who);
      const attempts = [{ ...attempt({ output: it.input }), price_version: "100/100/100/400/400" }];
      const told = { chat_id: own.chat_id, user_id: own.user_id, calls: [{ ...own, attempts }] };
      const answer = exchange(ledger, leaseAsk({ do: "return" }, told));
      return answer.ok && answer.refused.length;
    }
    case "void":
      return voidCall(ledger, id).ok;
    case "cut":
      return reserve(ledger, ask(id, { ...who, ttl_ms: 1 })).ok;
    case "zone":
      return configure(ledger, { time_zone: it.zone }).ok;
    case "credit": {
      const expires_at = ledger.clock.now() + it.days * DAY;
      return credit(ledger, { kind: "promotion", amount_nano: 3_000_000n, key: `k${n}`, expires_at }).ok;
    }
  }
}

/** Everything that can be read of a ledger, but for the lines that have left. */
function reads(ledger: LedgerUnderTest, files: Files) {
  const months = ledger.sql.exec("SELECT DISTINCT label FROM windows WHERE grain = 'month' ORDER BY label");
  return {
    months: months.map(({ label }) => {
      const period = String(label);
      return [
        usage(ledger, period),
        statement(ledger, period),
        usageOfUser(ledger, "u1", period),
        exportOf(ledger, files, period),
      ];
    }),
    days: analytics(ledger, { from: "2026-11-01", to: "2027-11-01", granularity: "month" }),
    chats: [0, 1, 2, 3].map((who) => {
      const { archived_lines, lines } = sessionBill(ledger, `c${who}`, { limit: 10_000 });
      return { lines: archived_lines + lines.length, sums: chatSums(ledger.sql, `c${who}`) };
    }),
  };
}

test("a ledger whose months leave for the archive reads as one that keeps everything, at every step", () => {
  let left = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 80, maxLength: 80 }), (steps) => {
      const [kept, leaving] = [ledgerUnderTest(), ledgerUnderTest()];
      const files: Files = new Map();
      let days = 0;
      for (const ledger of [kept, leaving]) {
        configure(ledger, { overdraft_nano: 100_000n });
        credit(ledger, { kind: "topup", amount_nano: 50_000_000n, key: "pay" });
      }
      for (const [n, it] of steps.entries()) {
        if (it.do === "archive") {
          if (archiveStep(leaving, files, ROWS)) left++;
          expect(broken(leaving)).toEqual([]);
        } else if (it.do === "pass") {
          days += it.days;
          for (const ledger of [kept, leaving]) {
            // What is overdue ends soon: an alarm rings.
            ledger.pass(60_000);
            usage(ledger);
            ledger.pass(it.days * DAY - 60_000);
            usage(ledger);
          }
        } else {
          const age = Math.floor(days / 40);
          expect(apply(leaving, it, n, age)).toBe(apply(kept, it, n, age));
        }
      }
      while (archiveStep(leaving, files, ROWS)) left++;
      expect(reads(leaving, files)).toEqual(reads(kept, new Map()));
      expect([broken(leaving), broken(kept)]).toEqual([[], []]);
    }),
    { numRuns: 30, seed: 3 },
  );
  expect(left).toBeGreaterThan(100);
});
