import { expect, test } from "vitest";
import type { DownFrame } from "#protocol/frames/down";
import type { Step } from "#test/support/flaky-client";
import { allIsAccountedFor } from "./kill/all-is-accounted-for.ts";
import { killAfterEach, lendingStory } from "./kill/kill-points.ts";
import { killAgainAndAgain } from "./kill/kill-story.ts";

/** `test/journeys/kill.soak.test.ts` kills fifty times. */
const STORY = { kills: 3, ownChats: 2, endUsers: 1, seed: 1 };

/** A run with a hand-off, an approval, a row that is written, and what is said of it. */
const RUN: Step[] = [{ say: "I want to borrow tool T-101" }, { answer: { approved: true } }];
/** What ends a step of it; other frames leave in one go with one of these, and the soak kills after each of them too. */
const ENDS = [
  "chat.text",
  "chat.run_start",
  "chat.usage_delta",
  "chat.tool_call",
  "chat.tool_response",
  "chat.stream_end",
  "chat.run_complete",
];
const endsStep = ({ seq, type }: DownFrame) => seq !== undefined && ENDS.includes(type);

test("F10 B5 workerd killed in mid-turn, and after every step of a run: no message lost or doubled, every token paid once, one row, nothing held", async () => {
  const ending = await killAgainAndAgain(STORY);
  try {
    const { messages, charges } = await allIsAccountedFor(ending);
    expect(messages).toBeGreaterThanOrEqual(2 * 3);
    expect(charges).toBeGreaterThanOrEqual(messages);
    expect(
      await killAfterEach(ending.platform, ending.app, lendingStory(RUN), endsStep),
    ).toBeGreaterThanOrEqual(12);
  } finally {
    await ending.platform.end();
  }
}, 400_000);
