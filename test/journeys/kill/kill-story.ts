import type { DownFrame } from "#protocol/frames/down";
import { type Chatter, chatter } from "./chatter.ts";
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
/** Half of it on average after the frame: between what is told there is more that can be cut. */
const MOST_LATER_MS = 10;

export type Ending = {
  app: SupportApp;
  platform: KillablePlatform;
  /** Kills that came while somebody waited for an answer. */
  midRun: number;
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
    let midRun = 0;
    for (let kill = 0; kill < story.kills; kill++) {
      let heard = () => {};
      const tabs = await Promise.all(
        chats.map((chat) => chat.come(platform.url(), { heard: () => heard() })),
      );
      const aim = killAt(
        platform,
        1 + Math.floor(random() * MOST_FRAMES),
        Math.floor(random() * MOST_LATER_MS),
      );
      heard = aim.heard;
      for (const [n, tab] of tabs.entries()) {
        tab.sayUnheard();
        for (let left = 1 + Math.floor(random() * 2); left > 0 && chats[n]!.waiting() < MOST_WAITING; left--)
          tab.say(SAYINGS[Math.floor(random() * SAYINGS.length)]!);
      }
      await aim.killed;
      await Promise.all(tabs.map((tab) => tab.ended()));
      if (chats.some((chat) => chat.waiting() > 0)) midRun += 1;
      await platform.restart();
    }
    const ended = await Promise.all(chats.map((chat) => toTheEnd(chat, platform.url())));
    return { app, platform, midRun, chats: ended };
  } catch (error) {
    await platform.end();
    throw error;
  }
}

/**
 * Kills at the frame with this number of those that come from now on, or a moment later; after a silence anyway.
 * @returns what to call for each frame, and what to wait for
 */
function killAt(platform: KillablePlatform, atFrame: number, laterMs: number) {
  const killed = Promise.withResolvers<void>();
  let left = atFrame;
  const kill = () => {
    clearTimeout(silence);
    platform.kill();
    killed.resolve();
  };
  let silence = setTimeout(kill, QUIET_MS);
  return {
    killed: killed.promise,
    heard(): void {
      left -= 1;
      if (left < 0) return;
      clearTimeout(silence);
      if (left > 0) silence = setTimeout(kill, QUIET_MS);
      else if (laterMs > 0) silence = setTimeout(kill, laterMs);
      else kill();
    },
  };
}

/** One message more, which passes over any card; then every message has had its run. */
async function toTheEnd(lived: Chatter, url: string): Promise<Ending["chats"][number]> {
  const tab = await lived.come(url, { anew: true });
  tab.say("What can you do?");
  await tab.until(() => {
    const ends = tab.frames.filter((frame) => frame.type === "chat.run_complete");
    const runs = new Set(ends.map(({ data }) => data.run_id));
    return runs.size === lived.said.size && ends.at(-1)?.data.status !== "paused";
  });
  tab.close();
  // Live and stored frames alike; what has no number is of this tab only.
  const again = await lived.come(url, { anew: true });
  again.close();
  return { lived, log: again.frames.filter(({ seq }) => seq !== undefined) };
}
