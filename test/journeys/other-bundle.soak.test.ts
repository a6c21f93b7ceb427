import { join } from "node:path";
import { expect, test } from "vitest";
import { dataOf } from "#test/support/data-of";
import { allIsAccountedFor } from "./kill/all-is-accounted-for.ts";
import { chatter } from "./kill/chatter.ts";
import { killablePlatform } from "./kill/killable-platform.ts";
import { supportApp } from "./kill/support-app.ts";

const OTHER = join(import.meta.dirname, "kill/other-model.ts");

/** Frames of a turn after which it is cut: before it speaks, in a call, in its answer. */
const CUTS = ["chat.run_start", "chat.tool_response", "chat.stream_chunk"];

test("F11 a run that was going on when other code was deployed goes on under it: what was said stays, nothing twice, one bill", async () => {
  const platform = await killablePlatform();
  try {
    const app = await supportApp(platform);
    const chats = [];
    for (const cut of CUTS) {
      const chat = chatter(await app.startChat(app.creator), () => 0);
      const tab = await chat.come(platform.url());
      tab.say("Where is my order A-1001?");
      await tab.until(() => tab.frames.some(({ type }) => type === cut));
      platform.kill();
      await tab.ended();
      await platform.restart(OTHER);
      const again = await chat.come(platform.url());
      again.sayUnheard();
      await again.until(() => chat.waiting() === 0);
      again.close();
      const whole = await chat.come(platform.url(), { anew: true });
      whole.close();
      const log = whole.frames.filter(({ seq }) => seq !== undefined);
      expect(dataOf(log, "chat.run_complete").at(-1)?.status, cut).toBe("completed");
      // It was the other code that ended it.
      expect(JSON.stringify(dataOf(log, "chat.stream_end").at(-1)), cut).toContain("*");
      chats.push({ lived: chat, log });
    }
    await allIsAccountedFor({ app, platform, midRun: CUTS.length, chats });
  } finally {
    await platform.end();
  }
}, 900_000);
