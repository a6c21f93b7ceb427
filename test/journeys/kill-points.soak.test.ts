import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { DownFrame } from "#protocol/frames/down";
import { dataOf } from "#test/support/data-of";
import type { Step } from "#test/support/flaky-client";
import { CHECKOUT } from "../../packages/cli/launch/checkout.mjs";
import { killAfterEach, lendingStory } from "./kill/kill-points.ts";
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
    const points = await killAfterEach(platform, await supportApp(platform), lendingStory(STORY), () => true);
    expect(points).toBeGreaterThan(30);
  } finally {
    await platform.end();
  }
}, 900_000);

/** Three hidden agents that are asked at once, and a rule that counts their votes. */
const PANEL = parse(readFileSync(join(CHECKOUT, "packages/workflows/examples/redundancy.yaml"), "utf8")) as {
  name: string;
};

test("F10 workerd killed after every single frame of a panel's turn: all are asked, and one decision comes of it", async () => {
  const platform = await killablePlatform();
  try {
    const story = {
      definition: PANEL,
      steps: [{ say: "Is a loan that all of you accept accepted?" }],
      judge(log: DownFrame[], point: string) {
        const spoke = dataOf(log, "chat.stream_end").filter(({ interrupted }) => !interrupted);
        expect(
          dataOf(log, "chat.run_complete").map(({ status }) => status),
          point,
        ).toEqual(["completed"]);
        expect(spoke.map(({ content }) => content).join(" "), point).not.toContain('"vote"');
        const used = dataOf(log, "chat.usage_delta");
        // Each of the three, who counts and who tells, at least once; what was cut is asked, and paid, again.
        expect(used.length, point).toBeGreaterThanOrEqual(5);
        expect(log.findLast(({ type }) => type === "chat.stream_end")?.agent, point).toBe("accepting");
      },
    };
    const support = await supportApp(platform);
    const app = { ...support, enterprise_id: await support.emptyApp() };
    expect(await killAfterEach(platform, app, story, () => true)).toBeGreaterThan(8);
  } finally {
    await platform.end();
  }
}, 900_000);
