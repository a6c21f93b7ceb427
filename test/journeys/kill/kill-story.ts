import type { DownFrame } from "#protocol/frames/down";
import { type Chatter, chatter, type Tab } from "./chatter.ts";
import { type KillablePlatform, killablePlatform } from "./killable-platform.ts";
import { seededRandom } from "./seeded-random.ts";
import { type SupportApp, supportApp } from "./support-app.ts";

const SAYINGS = [
  "Where is my order A-1001?",
  "I want a refund for it, it arrived broken",
  "Show me all my orders",
  "What can you do?",
];
/** Messages of one chat that wait for their turn. */
const MOST_WAITING = 4;
/** A kill comes after at most this many frames of its round, over all chats: about as many as a whole round has. */
const MOST_FRAMES = 120;
/** If nothing more comes, everything has been said: then the platform is killed at rest. */
const QUIET_MS = 1_500;

export type Ending = {
  app: SupportApp;
  platform: KillablePlatform;
  /** Each chat as it was lived through, with its whole log as it is in the end. */
  chats: { lived: Chatter; log: DownFrame[] }[];
};

/**
 * Chats of the creator and of end users, all at once, on a platform that is killed at random moments and starts
 * again. In the end every message has been said and every run is over; tabs are closed.
 */
export async function killAgainAndAgain(story: {
  kills: number;
  ownChats: number;
  endUsers: number;
  seed: number;
}): Promise<Ending> {
  const platform = await killablePlatform();
  try {
    const app = await supportApp(platform);
    const seats = [];
    for (let n = 0; n < story.ownChats; n++) seats.push(await app.startChat(app.creator));
    for (let n = 0; n < story.endUsers; n++) seats.push(await app.startChat(await app.endUser(`user-${n}`)));
    const random = seededRandom(story.seed);
    const chats = seats.map((seat, n) => chatter(seat, seededRandom(story.seed + 1 + n)));
    for (let kill = 0; kill < story.kills; kill++) {
      const tabs = await Promise.all(chats.map((chat) => chat.come(platform.url())));
      const atFrame = 1 + Math.floor(random() * MOST_FRAMES);
      for (const [n, tab] of tabs.entries()) {
        tab.sayUnheard();
        for (let left = 1 + Math.floor(random() * 2); left > 0 && waiting(chats[n]!) < MOST_WAITING; left--)
          tab.say(SAYINGS[Math.floor(random() * SAYINGS.length)]!);
      }
      await untilFrames(tabs, atFrame);
      platform.kill();
      await Promise.all(tabs.map((tab) => tab.ended()));
      await platform.restart();
    }
    return { app, platform, chats: await Promise.all(chats.map((chat) => toTheEnd(chat, platform.url()))) };
  } catch (error) {
    await platform.end();
    throw error;
  }
}

function waiting(chat: Chatter): number {
  return chat.said.size - chat.over.size;
}

async function untilFrames(tabs: Tab[], count: number): Promise<void> {
  const sum = () => tabs.reduce((all, tab) => all + tab.frames.length, 0);
  const from = sum();
  let last = from;
  let changedAt = performance.now();
  while (sum() < from + count && performance.now() - changedAt < QUIET_MS) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (sum() !== last) changedAt = performance.now();
    last = sum();
  }
}

/** One message more, which passes over any card; then every message has had its run. */
async function toTheEnd(lived: Chatter, url: string): Promise<Ending["chats"][number]> {
  const tab = await lived.come(url, true);
  tab.say("What can you do?");
  await tab.until(() => {
    const ends = tab.frames.filter((frame) => frame.type === "chat.run_complete");
    const runs = new Set(ends.map(({ data }) => data.run_id));
    return runs.size === lived.said.size && ends.at(-1)?.data.status !== "paused";
  });
  tab.close();
  // Live and stored frames alike; what has no number is of this tab only.
  const again = await lived.come(url, true);
  again.close();
  return { lived, log: again.frames.filter(({ seq }) => seq !== undefined) };
}
