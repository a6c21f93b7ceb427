import { expect, test } from "vitest";
import { limitsChange, typedLimits } from "../../../chatui/src/foundry/limits-change.ts";

const LIMITS = {
  turn_nano: null,
  chat_nano: "50000000",
  user_day_nano: "1000000000",
  user_month_nano: null,
  workflow_month_nano: null,
  app_month_nano: "1",
};

test("limits as they are change nothing, however they are written", () => {
  const typed = typedLimits(LIMITS);
  expect(typed).toMatchObject({
    turn_nano: "",
    chat_nano: "0.05",
    user_day_nano: "1",
    app_month_nano: "0.000000001",
  });
  expect(limitsChange(LIMITS, typed)).toEqual({ changes: {}, problems: {} });
  expect(limitsChange(LIMITS, { ...typed, user_day_nano: "$1.00" })).toEqual({ changes: {}, problems: {} });
});

test("only what was changed is sent; an emptied field takes its limit away", () => {
  const typed = { ...typedLimits(LIMITS), turn_nano: "0.002", chat_nano: "" };
  expect(limitsChange(LIMITS, typed).changes).toEqual({ turn_nano: "2000000", chat_nano: null });
});

test("what can't be read is named by its field", () => {
  const typed = { ...typedLimits(LIMITS), user_month_nano: "1,5" };
  expect(limitsChange(LIMITS, typed)).toEqual({
    changes: {},
    problems: { user_month_nano: expect.stringContaining("comma") },
  });
});
