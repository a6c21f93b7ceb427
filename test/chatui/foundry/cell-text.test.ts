import { expect, test } from "vitest";
import { column } from "#protocol/app-file/table";
import { cellOf, cellText, typedOf } from "../../../chatui/src/foundry/cell-text.ts";

const of = (type: string, more = {}) => column.parse({ type, ...more });

test("what stands in a field comes back as the value that it showed", () => {
  const cells: [string, string | number | boolean | null][] = [
    ["text", " as it is "],
    ["integer", 7],
    ["number", -1.5],
    ["money", 49.9],
    ["boolean", false],
    ["boolean", true],
    ["date", "2026-02-03"],
    ["datetime", "2026-02-03T04:05:06.000Z"],
    ["email", "a@example.com"],
    ["text", null],
  ];
  for (const [type, value] of cells) {
    const it = of(type);
    expect(cellOf(typedOf(value, it), it)).toEqual(value);
  }
});

test("what does not fit stays as it was typed, for the server to say so at its field", () => {
  expect(cellOf("abc", of("integer"))).toBe("abc");
  expect(cellOf("1,5", of("money"))).toBe("1,5");
  expect(cellOf("soon", of("datetime"))).toBe("soon");
  expect(cellOf("  ", of("number"))).toBeNull();
});

test("people read yes and no, and cents", () => {
  expect(cellText(true, of("boolean"))).toBe("yes");
  expect(cellText(6.5, of("money"))).toBe("6.50");
  expect(cellText(null, of("text"))).toBe("");
});
