import { describe, expect, test } from "vitest";
import { configure } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { LEDGER_LIMITS } from "#ledger/limits";
import { reserve } from "#ledger/reserve";
import { settle } from "#ledger/settle";
import type { ReserveAsk } from "#ledger/types";
import { usagePage } from "#ledger/usage-page";
import { CSV_HEADER, csvOf, ndjsonOf } from "#ledger/usage-text";
import { type UsageExportRow, usageExportRow } from "#protocol/api/usage-export";
import { ask, attempt, type LedgerUnderTest, ledgerUnderTest } from "./ledger-under-test.ts";

function rich(): LedgerUnderTest {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 10_000_000_000n, key: "pay" });
  return ledger;
}

function spend(ledger: LedgerUnderTest, id: string, changes: Partial<ReserveAsk> = {}, raw?: string) {
  expect(reserve(ledger, ask(id, changes))).toMatchObject({ ok: true });
  settle(ledger, id, [attempt({ input: 7 }, raw === undefined ? {} : { raw, response_id: "resp_1" })]);
}

function pages(ledger: LedgerUnderTest, period?: string): UsageExportRow[][] {
  const all: UsageExportRow[][] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = usagePage(ledger, after, period);
    all.push(page.rows.map((row) => usageExportRow.parse(row)));
    after = page.next;
  }
  return all;
}

describe("a month's raw usage", () => {
  test("comes page by page, each row once, in order, and nothing of another month", () => {
    const ledger = rich();
    const rows = LEDGER_LIMITS.exportPageRows + 3;
    for (let n = 0; n < rows; n++) spend(ledger, `call_${n}`);
    ledger.at(Date.parse("2026-12-01T00:00:00Z"));
    spend(ledger, "later");
    const november = pages(ledger, "2026-11");
    expect(november.map((page) => page.length)).toEqual([LEDGER_LIMITS.exportPageRows, 3]);
    expect(november.flat().map((row) => row.row_id)).toEqual(Array.from({ length: rows }, (_, n) => n + 1));
    expect(pages(ledger)).toMatchObject([[{ call_id: "later", at: "2026-12-01T00:00:00.000Z" }]]);
    expect(pages(ledger, "2026-10")).toEqual([[]]);
    expect(() => usagePage(ledger, 0, "2026-1")).toThrow(RangeError);
  });

  test("of a month with two windows is the rows of both", () => {
    const ledger = ledgerUnderTest();
    ledger.at(Date.parse("2026-10-31T12:00:00Z"));
    configure(ledger, { time_zone: "Pacific/Kiritimati" });
    credit(ledger, { kind: "topup", amount_nano: 10_000_000_000n, key: "pay" });
    spend(ledger, "one");
    configure(ledger, { time_zone: "Etc/GMT+12" });
    ledger.at(Date.parse("2026-11-30T10:00:00Z"));
    spend(ledger, "two");
    expect(
      pages(ledger, "2026-11")
        .flat()
        .map((row) => row.call_id),
    ).toEqual(["one", "two"]);
  });

  test("holds what the provider said, and an estimate with the row that takes it back", () => {
    const ledger = rich();
    spend(ledger, "a", {}, '{"prompt_tokens":7}');
    reserve(ledger, ask("cut"));
    ledger.pass(60_000);
    settle(ledger, "cut", [attempt({ input: 1 })]);
    expect(pages(ledger).flat()).toMatchObject([
      { raw: '{"prompt_tokens":7}', response_id: "resp_1", cost_nano: "700" },
      { role: "estimate", calls: 1, input: 1_000, cost_nano: "100000", raw: null },
      { role: "reversal", calls: -1, input: -1_000, cost_nano: "-100000" },
      { role: "charge", cost_nano: "100", response_id: null },
    ]);
  });
});

describe("as text", () => {
  const [row] = (() => {
    const ledger = rich();
    spend(ledger, "call");
    return pages(ledger).flat();
  })();
  const cells = (changes: Partial<UsageExportRow>) => csvOf([{ ...row!, ...changes }]);

  test("CSV has a header of the published columns, and a line a row that ends as RFC 4180 has it", () => {
    expect(CSV_HEADER).toBe(`${Object.keys(usageExportRow.shape).join(",")}\r\n`);
    expect(csvOf([row!, row!]).split("\r\n")).toHaveLength(3);
    expect(csvOf([row!])).toBe(
      `1,2026-11-15T12:00:00.000Z,call,0,charge,user_1,chat_1,run_1,support,helper,offline/mozaiks-1,${row!.price_version},1,7,0,0,0,0,700,provider,,\r\n`,
    );
  });

  test("quotes, commas and line breaks are quoted, and quotes doubled", () => {
    expect(cells({ agent: 'say "hi", then\r\nleave' })).toContain(',"say ""hi"", then\r\nleave",');
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])("a cell %j is no formula", (text) => {
    const [agent] = cells({ agent: text }).match(/(?<=run_1,support,)("[^"]*"|[^,]*)/)!;
    expect(agent.replaceAll('"', "")).toBe(`'${text}`);
  });

  test("a number below zero stays a number", () => {
    expect(cells({ cost_nano: "-5", calls: -1 })).toContain(",-5,provider");
  });

  test("NDJSON is a row a line that parses back to itself, line breaks and all", () => {
    const rows = [{ ...row!, agent: "two\nlines\u2028" }, row!];
    const lines = ndjsonOf(rows).split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => usageExportRow.parse(JSON.parse(line)))).toEqual(rows);
  });
});
