import { expect, test } from "vitest";
import { allIsAccountedFor } from "./kill/all-is-accounted-for.ts";
import { killAgainAndAgain } from "./kill/kill-story.ts";

/** `test/journeys/kill.soak.test.ts` kills fifty times. */
const STORY = { kills: 3, ownChats: 2, endUsers: 1, seed: 1 };

test("F10 B5 workerd killed in mid-turn: no message lost or doubled, every token paid once, nothing held", async () => {
  const ending = await killAgainAndAgain(STORY);
  try {
    const { messages, charges } = await allIsAccountedFor(ending);
    expect(messages).toBeGreaterThanOrEqual(2 * 3);
    expect(charges).toBeGreaterThanOrEqual(messages);
  } finally {
    await ending.platform.end();
  }
}, 120_000);
