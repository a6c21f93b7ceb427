import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choreDue, noteChore } from "#ledger/chores";
import { configure } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { LEDGER_LIMITS } from "#ledger/limits";
import { drainOutbox, markPassedOn, type OutboxBatch, type OutboxRow, outboxBatch } from "#ledger/outbox";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { settle } from "#ledger/settle";
import { totalsOf } from "#ledger/totals";
import { usage } from "#ledger/usage";
import { usageOfUser } from "#ledger/usage-of-user";
import { ask, attempt, type LedgerUnderTest, ledgerUnderTest, NOON } from "./ledger-under-test.ts";

const ALL = { rows: 100, batches: 5 };

function rich(): LedgerUnderTest {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 10_000_000_000n, key: "pay" });
  return ledger;
}

let calls = 0;
function spend(ledger: LedgerUnderTest, user: string, input = 7) {
  const id = `call_${++calls}`;
  reserve(ledger, ask(id, { user_id: user }));
  settle(ledger, id, [attempt({ input })]);
}

/** What the table of D1 does with a batch: the newest figure of a ledger stays, one of another ledger takes its place. */
function fakeTable() {
  const rows = new Map<string, OutboxRow & { incarnation: string }>();
  return {
    rows,
    take({ incarnation, rows: batch }: OutboxBatch) {
      for (const row of batch) {
        const key = `${row.period} ${row.user_id}`;
        const known = rows.get(key);
        if (!known || row.seq > known.seq || incarnation !== known.incarnation) {
          rows.set(key, { ...row, incarnation });
        }
      }
    },
  };
}

describe("what is passed on", () => {
  test("is each user's month, whole, and only what has changed since", async () => {
    const ledger = rich();
    const told: OutboxBatch[] = [];
    const drain = () => drainOutbox(ledger, async (batch) => void told.push(batch), ALL);
    expect(outboxBatch(ledger, 10)).toBeNull();
    spend(ledger, "ann");
    spend(ledger, "bob");
    spend(ledger, "ann");
    await drain();
    await drain();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      rows: [
        { period: "2026-11", user_id: "bob", sums: { calls: 1, input: 7, cost_nano: 700n } },
        { period: "2026-11", user_id: "ann", sums: { calls: 2, cost_nano: 1_400n } },
      ],
    });
    spend(ledger, "bob");
    await drain();
    expect(told[1]!.rows).toMatchObject([{ user_id: "bob", sums: { calls: 2 } }]);
  });

  test("is one figure of a month in which the time zone was changed", async () => {
    const ledger = ledgerUnderTest();
    ledger.at(Date.parse("2026-10-31T12:00:00Z"));
    configure(ledger, { time_zone: "Pacific/Kiritimati" });
    credit(ledger, { kind: "topup", amount_nano: 10_000_000_000n, key: "pay" });
    spend(ledger, "ann", 1);
    configure(ledger, { time_zone: "Etc/GMT+12" });
    ledger.at(Date.parse("2026-11-30T10:00:00Z"));
    spend(ledger, "ann", 20);
    const batch = outboxBatch(ledger, 1)!;
    expect(batch.rows).toMatchObject([{ period: "2026-11", user_id: "ann", sums: { input: 21, calls: 2 } }]);
    markPassedOn(ledger, batch);
    expect(outboxBatch(ledger, 1)!.rows).toEqual(batch.rows);
  });

  test("comes in bounded batches, and what many users' change left over comes next time", async () => {
    const ledger = rich();
    for (let n = 0; n < 7; n++) spend(ledger, `user_${n}`);
    const sizes: number[] = [];
    const drain = () =>
      drainOutbox(ledger, async ({ rows }) => void sizes.push(rows.length), { rows: 2, batches: 3 });
    await drain();
    expect(sizes).toEqual([2, 2, 2]);
    await drain();
    expect(sizes).toEqual([2, 2, 2, 1]);
  });

  test("of another incarnation marks nothing", () => {
    const ledger = rich();
    spend(ledger, "ann");
    const batch = outboxBatch(ledger, 10)!;
    markPassedOn(ledger, { ...batch, incarnation: "inc_before" });
    expect(outboxBatch(ledger, 10)).toEqual(batch);
  });
});

test("I12 whatever is lost, doubled, late or cut off, in the end every figure is there once, and none goes back", async () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant("spend" as const),
        user: fc.nat(4),
        days: fc.constantFrom(0, 0, 20),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("true up" as const) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("drain" as const),
        rows: fc.constantFrom(1, 2, 100),
        // What becomes of each batch: all well; never arrives; arrives, but we crash before we know; arrives later.
        fates: fc.array(fc.constantFrom("well", "lost", "crash", "late", "twice"), {
          minLength: 4,
          maxLength: 4,
        }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("arrive" as const), which: fc.nat(20) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 60 }), async (steps) => {
      const ledger = rich();
      const table = fakeTable();
      const underWay: OutboxBatch[] = [];
      const seen = new Map<string, number>();
      for (const [n, it] of steps.entries()) {
        if (it.do === "spend") {
          for (let day = 0; day < it.days; day++) {
            ledger.pass(86_400_000);
            usage(ledger);
          }
          spend(ledger, `user_${it.user}`, 1 + n);
        } else if (it.do === "true up") {
          reserve(ledger, ask(`cut_${n}`, { user_id: "user_0", ttl_ms: 1 }));
          ledger.pass(1);
          settle(ledger, `cut_${n}`, [attempt({ input: n })]);
        } else if (it.do === "arrive") {
          const [late] = underWay.splice(it.which % Math.max(1, underWay.length), 1);
          if (late) table.take(late);
        } else {
          const fates = [...it.fates];
          const flaky = async (batch: OutboxBatch) => {
            const fate = fates.shift() ?? "well";
            if (fate === "late") underWay.push(batch);
            if (fate !== "lost" && fate !== "late") table.take(batch);
            if (fate === "twice") underWay.push(batch);
            if (fate !== "well" && fate !== "twice") throw new Error(fate);
          };
          await drainOutbox(ledger, flaky, { rows: it.rows, batches: 3 }).catch(() => undefined);
        }
        for (const [key, row] of table.rows) {
          expect(row.seq).toBeGreaterThanOrEqual(seen.get(key) ?? 0);
          seen.set(key, row.seq);
        }
      }
      await drainOutbox(ledger, async (batch) => table.take(batch), { rows: 3, batches: 1_000 });
      for (const late of underWay) table.take(late);
      expect(outboxBatch(ledger, 1)).toBeNull();
      const facts = ledger.sql.exec(
        "SELECT DISTINCT label, user_id FROM usage_rows JOIN windows ON grain = 'month' AND start_at = month_at",
      );
      expect(table.rows.size).toBe(facts.length);
      for (const { label, user_id } of facts) {
        const { sums } = table.rows.get(`${label} ${user_id}`)!;
        expect(usageOfUser(ledger, String(user_id), String(label))).toMatchObject(totalsOf(sums));
      }
      expect(selfCheck(ledger).checks.filter((check) => check.violations > 0)).toEqual([]);
    }),
    { numRuns: 40, seed: 12 },
  );
});

describe("the chore of passing on", () => {
  test("is due when something has changed, then at most once a minute", async () => {
    const ledger = rich();
    expect(choreDue(ledger, "outbox")).toBeNull();
    spend(ledger, "ann");
    expect(choreDue(ledger, "outbox")).toBe(0);
    await drainOutbox(ledger, async () => undefined, ALL);
    noteChore(ledger, "outbox", "done");
    expect(choreDue(ledger, "outbox")).toBeNull();
    spend(ledger, "ann");
    expect(choreDue(ledger, "outbox")).toBe(NOON + LEDGER_LIMITS.outboxPauseMs);
  });

  test("that fails is tried again after a minute, two, four, up to an hour; once done it is as before", () => {
    const ledger = rich();
    spend(ledger, "ann");
    const waits = Array.from({ length: 9 }, () => {
      noteChore(ledger, "outbox", "failed");
      return (choreDue(ledger, "outbox")! - NOON) / 60_000;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    noteChore(ledger, "outbox", "done");
    noteChore(ledger, "outbox", "failed");
    expect(choreDue(ledger, "outbox")).toBe(NOON + 60_000);
  });
});
