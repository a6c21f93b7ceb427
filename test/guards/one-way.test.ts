import { expect, test } from "vitest";
import { sources } from "./sources.ts";

/** What runs on the edge. */
const ours = sources("packages", "workers").filter(({ path }) => !path.startsWith("packages/cli/"));

function naming(pattern: RegExp): string[] {
  return ours.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
}

test("a model is called in one place, which reserves and settles", () => {
  expect(naming(/\.doStream\(|\.doGenerate\(/)).toEqual(["packages/runtime/ask-one-model.ts"]);
});

test("only the meter reserves and settles, and only the loop uses the meter", () => {
  expect(naming(/\bmeter\.(reserve|settle)\(/)).toEqual([
    "packages/runtime/ask-one-model.ts",
    // Hands it on, up to a sum.
    "packages/runtime/replay/capped-meter.ts",
    "packages/runtime/settle.ts",
    // Hands it on, and counts.
    "workers/publish/tallied-meter.ts",
  ]);
  expect(naming(/\.(reserve|settle)\((ask|callId)/)).toEqual(["workers/token-ledger/meter-for.ts"]);
});

test("no timer keeps an object awake: what is due later is a job or an alarm", () => {
  const inObjects = naming(/\bset(Timeout|Interval)\(/).filter(
    (path) => !path.startsWith("workers/gateway/") && path !== "workers/timer.ts",
  );
  expect(inObjects).toEqual([]);
});

test("T45 nothing fetches from elsewhere", () => {
  expect(naming(/\b(await|return|=|=>|void) fetch\(/)).toEqual([]);
});
