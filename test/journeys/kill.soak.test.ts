import { expect, test } from "vitest";
import { allIsAccountedFor } from "./kill/all-is-accounted-for.ts";
import { killAgainAndAgain } from "./kill/kill-story.ts";

const STORY = { kills: 50, ownChats: 4, endUsers: 3, seed: Number(process.env.SEED ?? 1) };

test("F10 B5 workerd killed fifty times under load: no acknowledged charge lost, none doubled, no hold stuck", async () => {
  const ending = await killAgainAndAgain(STORY);
  try {
    const facts = await allIsAccountedFor(ending);
    console.log(`After ${STORY.kills} kills, seed ${STORY.seed}: ${JSON.stringify(facts)}`);
    expect(facts.charges_seen_before_a_kill).toBeGreaterThan(STORY.kills);
    expect(facts.kills_in_mid_run).toBeGreaterThan(STORY.kills / 2);
    expect(facts.estimated).toBeGreaterThan(0);
    expect(facts.cards).toBeGreaterThan(0);
  } finally {
    await ending.platform.end();
  }
}, 900_000);
