import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { cleanText } from "#runtime/clean-text";
import { failureOf, retryAfterMs } from "#runtime/model-failure";
import { retryWait } from "#runtime/retry-wait";
import { newRun } from "#runtime/run-state";
import { takeUp } from "#runtime/take-up";

const NOW = Date.UTC(2026, 10, 22);

test.each([
  [{}, null],
  [{ "retry-after": "3" }, 3_000],
  [{ "retry-after": "0" }, 0],
  [{ "retry-after": "1.5" }, 1_500],
  [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
  [{ "retry-after": "Sun, 22 Nov 2026 00:01:00 GMT" }, 60_000],
  [{ "retry-after": "Sat, 21 Nov 2026 00:00:00 GMT" }, 0],
  [{ "retry-after": "soon" }, null],
  [{ "retry-after": "-5" }, null],
  [undefined, null],
])("retry-after of %j is %s ms", (headers, ms) => {
  expect(retryAfterMs(headers, NOW)).toBe(ms);
});

test("F13 waits double, have chance in them, and are never shorter than asked for", () => {
  const again = { remedy: "again", retry_after_ms: null } as const;
  expect([0, 1].map((n) => retryWait(again, n, () => 0))).toEqual([250, 500]);
  expect([0, 1].map((n) => retryWait(again, n, () => 0.999999))).toEqual([
    expect.closeTo(500, 1),
    expect.closeTo(1_000, 1),
  ]);
  expect(retryWait(again, LIMITS.modelMaxAttempts - 1, () => 0)).toBeNull();
  expect(retryWait({ remedy: "again", retry_after_ms: 9_000 }, 0, () => 0)).toBe(9_000);
  expect(retryWait({ remedy: "again", retry_after_ms: 10_001 }, 0, () => 0)).toBeNull();
  expect(retryWait({ remedy: "next", retry_after_ms: null }, 0, () => 0)).toBeNull();
});

const named = (name: string) => Object.assign(new Error("no"), { name });
test.each([
  [{ statusCode: 429 }, "rate_limited", "again"],
  [{ statusCode: 529 }, "server_error", "again"],
  [{ statusCode: 425 }, "server_error", "again"],
  [{ statusCode: 402 }, "not_allowed", "next"],
  [{ statusCode: 422 }, "refused", "fail"],
  [{ type: "overloaded_error", message: "busy" }, "server_error", "again"],
  [{ message: "bad", code: 503 }, "server_error", "again"],
  [{ message: "bad", code: "429" }, "rate_limited", "again"],
  [new TypeError("fetch failed"), "no_connection", "again"],
  [named("AI_JSONParseError"), "garbage", "again"],
  [named("AI_LoadAPIKeyError"), "refused", "next"],
  ["a text", "server_error", "again"],
  [null, "server_error", "again"],
])("what was thrown, %j, is %s: %s", (cause, reason, remedy) => {
  expect(failureOf(cause, NOW)).toMatchObject({ reason, remedy });
});

test("F16 text is given on whole: halves of characters wait for each other, lone ones are replaced", () => {
  const clean = cleanText();
  expect(["a\ud83d", "\ude42b", "\ud83d"].map((it) => clean.take(it))).toEqual(["a", "🙂b", ""]);
  expect(clean.end()).toBe("\ufffd");
  const blank = cleanText();
  expect([blank.take("\n "), blank.take("\u0000 x ")]).toEqual(["", "\n  x "]);
  expect(cleanText().end()).toBe("");
});

test("F10 a crash at a second attempt pays for what the first one used, too", () => {
  const counts = { input: 5, cache_read: 0, cache_write: 0, output: 1, reasoning: 0 };
  const run = newRun("run_1", { workflow: "w", agent: "a" });
  const spent = [{ attempt: 1, model: "m/1", counts, source: "provider" as const }];
  run.calling = { call_id: "c", model: "m/1", input_tokens: 7, spent };
  takeUp(run, "four");
  expect(run.unsettled?.attempts).toMatchObject([
    { attempt: 1, source: "provider" },
    { attempt: 2, source: "estimated", counts: { input: 7, output: 1 } },
  ]);
});
