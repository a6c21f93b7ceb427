import fc from "fast-check";
import { expect, test } from "vitest";
import { type Column, column } from "#protocol/app-file/table";
import { checkCell, readCell } from "#tables/check-cell";
import type { Cell } from "#tables/tables";

const of = (type: Column["type"], more: Partial<Column> = {}) => column.parse({ type, ...more });
const STATUS = of("enum", { values: ["Open", "On hold"] });

/** What is read back, or "refused". */
function kept(it: Column, cell: unknown): Cell | "refused" {
  const checked = checkCell(it, cell as Cell, "write");
  return checked.ok ? readCell(it, checked.stored) : "refused";
}

test.each<[Column["type"], unknown, Cell | "refused"]>([
  ["money", 0.1 + 0.2, 0.3],
  ["money", 1.1 * 3, 3.3],
  ["money", 19.99, 19.99],
  ["money", -5.5, -5.5],
  ["money", 0.305, "refused"],
  ["money", 1e12, 1e12],
  ["money", 999_999_999_999.99, 999_999_999_999.99],
  ["money", 999_999_999_999.995, "refused"],
  ["money", 1e13, "refused"],
  ["money", Number.NaN, "refused"],
  ["money", Number.POSITIVE_INFINITY, "refused"],
  ["money", "5.00", "refused"],
  ["integer", Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ["integer", -3, -3],
  ["integer", 2 ** 53, "refused"],
  ["integer", 1.5, "refused"],
  ["integer", "7", "refused"],
  ["integer", true, "refused"],
  ["number", 1e300, 1e300],
  ["number", Number.NaN, "refused"],
  ["number", Number.NEGATIVE_INFINITY, "refused"],
  ["boolean", true, true],
  ["boolean", false, false],
  ["boolean", 1, "refused"],
  ["boolean", "true", "refused"],
  ["date", "2028-02-29", "2028-02-29"],
  ["date", "2026-02-29", "refused"],
  ["date", "2026-02-30", "refused"],
  ["date", "2026-13-01", "refused"],
  ["date", "2026-1-1", "refused"],
  ["date", "tomorrow", "refused"],
  ["date", 20260101, "refused"],
  ["datetime", "2026-01-05T09:30:00Z", "2026-01-05T09:30:00.000Z"],
  ["datetime", "2026-01-05T09:30:00+02:00", "refused"],
  ["datetime", "2026-02-30T09:30:00Z", "refused"],
  ["datetime", "2026-01-05T25:00:00Z", "refused"],
  ["email", "ann@example.com", "ann@example.com"],
  ["email", "ann at example", "refused"],
  ["text", "", ""],
  ["text", 5, "refused"],
  ["text", { toString: "x" }, "refused"],
  ["text", ["x"], "refused"],
  ["text", "a\0b", "refused"],
  ["text", "\ud800", "refused"],
  ["text", "x".repeat(4_000), "x".repeat(4_000)],
  ["text", "x".repeat(4_001), "refused"],
])("%s keeps %j as %j", (type, cell, expected) => {
  expect(kept(of(type), cell)).toBe(expected);
});

test("no type stores a negative zero", () => {
  for (const type of ["money", "integer", "number"] as const)
    expect(Object.is(kept(of(type), -0), 0)).toBe(true);
});

test("every amount of cents comes back as it went in", () => {
  const money = of("money");
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), (cents) => {
      expect(kept(money, cents / 100)).toBe(cents / 100);
      expect(checkCell(money, cents / 100, "write")).toEqual({ ok: true, stored: cents === 0 ? 0 : cents });
    }),
    { seed: 7, numRuns: 1_000 },
  );
});

test("an enum takes its values in any case, as the app file spells them", () => {
  expect(kept(STATUS, "ON HOLD")).toBe("On hold");
  expect(kept(STATUS, "closed")).toBe("refused");
  expect(kept(STATUS, 1)).toBe("refused");
});

test("null fits every type", () => {
  for (const it of [of("money"), of("date"), STATUS]) expect(kept(it, null)).toBeNull();
});

test("what only looks rows up need not match a pattern or be an address", () => {
  const number = of("text", { pattern: "[A-Z]-\\d{4}" });
  expect(checkCell(number, "a-1", "match")).toEqual({ ok: true, stored: "a-1" });
  expect(checkCell(number, "a-1", "write").ok).toBe(false);
  expect(checkCell(of("email"), "ann", "match").ok).toBe(true);
});

test("a pattern holds for the whole text", () => {
  const number = of("text", { pattern: "[A-Z]-\\d{4}" });
  expect(kept(number, "A-1001")).toBe("A-1001");
  expect(kept(number, "A-1001; DROP")).toBe("refused");
  expect(kept(number, "\nA-1001")).toBe("refused");
  expect(kept(of("text", { pattern: "a|b" }), "ab")).toBe("refused");
});
