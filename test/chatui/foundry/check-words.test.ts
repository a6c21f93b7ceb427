import { expect, test } from "vitest";
import { checkWords } from "../../../chatui/src/foundry/check-words.ts";

const check = (says: string, checked: number, violations = 0) => ({ id: says, says, checked, violations });

test("books that agree say how many figures were looked at", () => {
  expect(checkWords({ checks: [check("a", 1_000), check("b", 234)] })).toEqual({
    ok: true,
    sentences: ["All 1,234 figures agree."],
  });
});

test("books that don't name each rule that is broken, and nothing else", () => {
  const checks = [check("a", 9), check("each balance is the sum of its entries", 14, 1), check("c", 20, 2)];
  expect(checkWords({ checks })).toEqual({
    ok: false,
    sentences: [
      "1 of 14 breaks the rule “each balance is the sum of its entries”.",
      "2 of 20 break the rule “c”.",
    ],
  });
});
