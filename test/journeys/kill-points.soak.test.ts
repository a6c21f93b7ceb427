import { expect, test } from "vitest";
import type { Step } from "#test/support/flaky-client";
import { killAfterEach } from "./kill/kill-points.ts";
import { killablePlatform } from "./kill/killable-platform.ts";
import { supportApp } from "./kill/support-app.ts";

/** A look-up, a hand-off, an approval, a row that is written, and what is said of it. */
const STORY: Step[] = [
  { say: "Where is tool T-101?" },
  { say: "I want to borrow it" },
  { answer: { approved: true } },
];

test("F10 workerd killed after every single frame of runs with tools: they go on, one row, one bill", async () => {
  const platform = await killablePlatform();
  try {
    const points = await killAfterEach(platform, await supportApp(platform), STORY, () => true);
    expect(points).toBeGreaterThan(30);
  } finally {
    await platform.end();
  }
}, 900_000);
