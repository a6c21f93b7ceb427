import { describe, expect, test } from "vitest";
import { analytics } from "#ledger/analytics";
import { nextArchivePart } from "#ledger/archive-part";
import { checkpoint } from "#ledger/checkpoint";
import { choreDue } from "#ledger/chores";
import { configure } from "#ledger/configure";
import { costNano } from "#ledger/cost";
import { exchange } from "#ledger/exchange";
import { picoOf } from "#ledger/price-book";
import { recordArchived } from "#ledger/record-archived";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { sessionBill } from "#ledger/session-bill";
import { settle } from "#ledger/settle";
import { statement } from "#ledger/statement";
import { usage } from "#ledger/usage";
import { voidCall } from "#ledger/void-call";
import {
  archiveAll,
  archiveStep,
  at,
  broken,
  exportOf,
  type Files,
  inJanuary,
  JANUARY_LEAVES,
  rowsIn,
  sha256,
  spend,
} from "./archiving.ts";
import { ask, attempt, counts, leaseAsk } from "./ledger-under-test.ts";

describe("a month that ended long ago", () => {
  test("leaves at its moment and not a millisecond before, and the ledger waits for that alone", () => {
    const ledger = inJanuary();
    expect(choreDue(ledger, "archive")).toBeNull();
    spend(ledger);
    ledger.at(JANUARY_LEAVES - 1);
    expect(choreDue(ledger, "archive")).toBe(JANUARY_LEAVES);
    expect(nextArchivePart(ledger)).toBeNull();
    ledger.at(JANUARY_LEAVES);
    expect(archiveAll(ledger).size).toBe(1);
    expect(choreDue(ledger, "archive")).toBeNull();
  });

  test("leaves nothing behind that grows with its calls, and every figure is as it was", () => {
    const ledger = inJanuary();
    for (let n = 0; n < 1_203; n++)
      spend(ledger, { user_id: `u${n % 3}`, chat_id: `c${n % 5}`, run_id: `r${n}` }, 1 + n);
    reserve(ledger, ask("cut", { ttl_ms: 1 }));
    ledger.pass(1);
    settle(ledger, "cut", [attempt({ input: 3 })]);
    ledger.at(at("2027-02-02T00:00:00Z"));
    spend(ledger, { chat_id: "c1" });
    ledger.at(JANUARY_LEAVES);
    const files: Files = new Map();
    const seen = () => {
      const { lines: _, next: __, archived_lines: ___, ...bill } = sessionBill(ledger, "c1");
      return {
        january: usage(ledger, "2027-01"),
        now: usage(ledger),
        days: analytics(ledger, { from: "2027-01-01", to: "2027-04-05", granularity: "month" }),
        statements: [statement(ledger, "2027-01"), statement(ledger, "2027-02")],
        bill,
        export: exportOf(ledger, files, "2027-01"),
      };
    };
    const before = seen();
    const lines = sessionBill(ledger, "c1", { limit: 10_000 }).lines.length;
    for (let step = 0; step < 3; step++) {
      expect(archiveStep(ledger, files)).toBe(true);
      expect(seen()).toEqual(before);
      expect(broken(ledger)).toEqual([]);
    }
    expect(archiveStep(ledger, files)).toBe(false);
    expect([...files.keys()]).toEqual([
      "2027-01/000000000001",
      "2027-01/000000000501",
      "2027-01/000000001001",
    ]);
    for (const table of ["usage_rows", "holds"])
      expect({ table, rows: rowsIn(ledger, table) }).toEqual({ table, rows: 1 });
    expect(rowsIn(ledger, "transfers")).toBe(2);
    expect(sessionBill(ledger, "c1")).toMatchObject({ archived_lines: lines - 1, next: null, lines: [{}] });
    expect(selfCheck(ledger).checks.find((check) => check.id === "A1")!.checked).toBeGreaterThan(1_206);
  });

  test("is in its files whole: each row's cost and entries can be recomputed, and sum to what was carried over", () => {
    const ledger = inJanuary();
    spend(ledger);
    spend(ledger, { workflow: "orders" }, 1_000);
    ledger.at(JANUARY_LEAVES);
    const [text] = archiveAll(ledger).values();
    const lines = text!
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const sums = new Map<string, bigint>();
    for (const { price_version, cost_nano, raw, ledger: own, ...row } of lines) {
      expect(costNano(row, picoOf(price_version))).toBe(BigInt(cost_nano));
      expect(raw).toBe(`{"n":${row.input}}`);
      for (const [account, amount] of own.entries)
        sums.set(account, (sums.get(account) ?? 0n) + BigInt(amount));
    }
    const kept = ledger.sql.exec("SELECT account_id, CAST(amount_nano AS TEXT) AS n FROM archived_entries");
    expect(new Map(kept.map((row) => [String(row.account_id), BigInt(row.n!)]))).toEqual(sums);
    expect(sums.get("revenue")).toBe(100_700n);
  });

  test("of two windows leaves one after the other, into one folder", () => {
    const ledger = inJanuary();
    spend(ledger);
    configure(ledger, { time_zone: "Etc/GMT+12" });
    ledger.at(at("2027-02-01T00:00:00Z"));
    spend(ledger);
    ledger.at(at("2027-02-01T12:00:00Z"));
    spend(ledger);
    ledger.at(JANUARY_LEAVES);
    const files = archiveAll(ledger);
    expect(files.size).toBe(1);
    const whole = exportOf(ledger, files, "2027-01");
    ledger.pass(12 * 3_600_000);
    archiveAll(ledger, files);
    expect([...files.keys()]).toEqual(["2027-01/000000000001", "2027-01/000000000002"]);
    expect(exportOf(ledger, files, "2027-01")).toEqual(whole);
    expect(broken(ledger)).toEqual([]);
  });

  test("nothing leaves while the clock can't be right", () => {
    const ledger = inJanuary();
    spend(ledger);
    reserve(ledger, ask("open"));
    ledger.at(JANUARY_LEAVES);
    expect(() => nextArchivePart(ledger)).toThrow("clock");
    expect(rowsIn(ledger, "usage_rows")).toBe(1);
  });
});

describe("a crash", () => {
  test("between the file and the rows writes the same file again", () => {
    const ledger = inJanuary();
    for (let n = 0; n < 3; n++) spend(ledger);
    ledger.at(JANUARY_LEAVES);
    const first = nextArchivePart(ledger)!;
    ledger.pass(3_600_000);
    spend(ledger);
    expect(nextArchivePart(ledger)).toEqual(first);
  });

  test("in the middle of the rows leaves all of them, and a part that is told twice is taken once", () => {
    const ledger = inJanuary();
    spend(ledger);
    ledger.at(JANUARY_LEAVES);
    const part = nextArchivePart(ledger)!;
    ledger.sql.exec("CREATE TRIGGER fail BEFORE DELETE ON holds BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    expect(() => recordArchived(ledger, part, sha256(part.text))).toThrow("disk full");
    expect([rowsIn(ledger, "usage_rows"), rowsIn(ledger, "archive_parts")]).toEqual([1, 0]);
    ledger.sql.exec("DROP TRIGGER fail");
    expect(recordArchived(ledger, part, sha256(part.text))).toBe(true);
    expect(recordArchived(ledger, part, sha256(part.text))).toBe(false);
    expect(broken(ledger)).toEqual([]);
  });
});

describe("what comes late", () => {
  test("I7 of an archived call is refused, whoever tells it and however: it is not charged again", () => {
    const ledger = inJanuary();
    const id = spend(ledger);
    reserve(ledger, ask("cut", { ttl_ms: 1 }));
    ledger.pass(1);
    usage(ledger);
    ledger.at(JANUARY_LEAVES);
    archiveAll(ledger);
    const before = usage(ledger);
    const refused = { ok: false, code: "CONFLICT", details: { call_id: id, state: "archived" } };
    expect(reserve(ledger, ask(id))).toMatchObject(refused);
    expect(reserve(ledger, ask(id, { user_id: "someone", run_id: "else" }))).toMatchObject(refused);
    expect(settle(ledger, id, [attempt({ input: 7 })])).toMatchObject(refused);
    expect(settle(ledger, "cut", [attempt({ input: 7 })])).toMatchObject({ code: "CONFLICT" });
    expect(voidCall(ledger, id)).toMatchObject(refused);
    expect(checkpoint(ledger, id, counts())).toEqual({ ok: true });
    const call = {
      ...ask(id),
      attempts: [{ ...attempt({ input: 7 }), price_version: "100/100/100/400/400" }],
    };
    const answer = exchange(ledger, leaseAsk({ do: "return" }, { chat_id: "chat_1", calls: [call] }));
    expect(answer).toMatchObject({ ok: true, refused: [{ call_id: id, refusal: refused }] });
    expect(usage(ledger).totals).toEqual(before.totals);
    expect(usage(ledger, "2027-01").totals).toMatchObject({ calls: 2 });
    expect(broken(ledger)).toEqual([]);
  });

  test("of a call that was never told of is charged, though others of its run have left; the run is one", () => {
    const ledger = inJanuary();
    spend(ledger, { run_id: "paused" });
    ledger.at(JANUARY_LEAVES);
    archiveAll(ledger);
    spend(ledger, { run_id: "paused" });
    const runs = analytics(ledger, { from: "2027-01-01", to: "2027-06-01" });
    expect(runs).toMatchObject({ runs: 1, totals: { calls: 2 } });
    expect(broken(ledger)).toEqual([]);
  });

  test("a call that was trued up in the month after leaves with its last row", () => {
    const ledger = inJanuary();
    ledger.at(at("2027-01-31T23:59:59Z"));
    reserve(ledger, ask("cut", { ttl_ms: 1 }));
    spend(ledger);
    ledger.pass(100);
    usage(ledger);
    ledger.at(at("2027-02-01T00:00:01Z"));
    const trueUp = () => settle(ledger, "cut", [attempt({ input: 3 })]);
    const told = trueUp();
    ledger.at(JANUARY_LEAVES);
    archiveAll(ledger);
    expect(broken(ledger)).toEqual([]);
    expect(trueUp()).toMatchObject({ ...told, balance_nano: expect.any(BigInt) });
    ledger.pass(28 * 24 * 3_600_000);
    archiveAll(ledger);
    expect(rowsIn(ledger, "holds") + rowsIn(ledger, "usage_rows") + rowsIn(ledger, "archive_split")).toBe(0);
    expect(trueUp()).toMatchObject({ code: "CONFLICT" });
    expect(broken(ledger)).toEqual([]);
  });

  test("a call that never was goes when it is as old, and its key stays used", () => {
    const ledger = inJanuary();
    spend(ledger);
    reserve(ledger, ask("never"));
    voidCall(ledger, "never");
    ledger.at(JANUARY_LEAVES - 3_600_000);
    reserve(ledger, ask("lately"));
    voidCall(ledger, "lately");
    ledger.at(JANUARY_LEAVES);
    archiveAll(ledger);
    expect(ledger.sql.exec("SELECT call_id FROM holds")).toMatchObject([{ call_id: "lately" }]);
    expect(reserve(ledger, ask("never"))).toMatchObject({ code: "CONFLICT" });
  });
});
