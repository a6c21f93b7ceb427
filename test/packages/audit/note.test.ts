import { expect, test } from "vitest";
import { oneLine } from "#audit/note";

test("T65 a text of an audit row is one line, short, and turns nothing around", () => {
  expect(oneLine('a\r\n{"level":"info","event":"audit"}')).toBe('a {"level":"info","event":"audit"}');
  expect(oneLine("a\u2028b\u202ec\u0000d\u001b[31m")).toBe("a b c d [31m");
  expect(oneLine("x".repeat(500))).toHaveLength(200);
});
