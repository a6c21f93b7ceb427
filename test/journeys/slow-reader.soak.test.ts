import { expect, test } from "vitest";
import WebSocket from "ws";
import { LIMITS } from "#base/limits";
import type { DownFrame } from "#protocol/frames/down";
import { folded } from "#test/support/flaky-client";
import { killablePlatform } from "./kill/killable-platform.ts";
import { supportApp } from "./kill/support-app.ts";

/** Together more than may be sent to a tab that is not heard of. */
const MESSAGES = 90;
const TEXT = "Where is my order A-1001? ".repeat(600);

test("F31 a tab that stops reading is sent so much and no more; it is told, and has the whole log once it reads on", async () => {
  const platform = await killablePlatform();
  try {
    const app = await supportApp(platform);
    const { token, chat_id, enterprise_id, workflow, user_id } = await app.startChat(app.creator);
    const path = `${platform.url().replace("http", "ws")}/ws/${workflow}/${enterprise_id}/${chat_id}/${user_id}`;
    const open = async () => {
      const secret = Buffer.from(token).toString("base64url");
      const socket = new WebSocket(`${path}?after=-1`, ["mozaiks.bearer.v1", secret]);
      const frames: DownFrame[] = [];
      let wake = () => {};
      socket.on("message", (data) => {
        frames.push(JSON.parse(String(data)) as DownFrame);
        wake();
      });
      const until = async (done: () => boolean) => {
        while (!done())
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      };
      const send = (type: string, data: unknown) => socket.send(JSON.stringify({ type, data }));
      await until(() => frames.some(({ type }) => type === "chat.resume_boundary"));
      return { socket, frames, until, send };
    };
    const [slow, talker] = [await open(), await open()];
    slow.socket.pause();
    for (let n = 0; n < MESSAGES; n += 1) await say(talker, TEXT);
    slow.socket.resume();
    await slow.until(() => boundaries(slow.frames).some(({ gap }) => gap));
    const live = JSON.stringify(slow.frames).length;
    const windows = await catchUp(slow);
    const numbered = slow.frames.filter(({ seq }) => seq !== undefined);
    const all = talker.frames.filter(({ seq }) => seq !== undefined);
    console.log(`${JSON.stringify(all).length} bytes said, ${live} sent unheard, then ${windows} windows`);
    expect(live).toBeLessThan(LIMITS.socketUnheardBytes + 100_000);
    expect(new Set(numbered.map(({ seq }) => seq)).size).toBe(numbered.length);
    expect(JSON.stringify(folded(numbered))).toBe(JSON.stringify(folded(all)));
    slow.socket.close();
    talker.socket.close();
  } finally {
    await platform.end();
  }
}, 240_000);

type Open = {
  frames: DownFrame[];
  until: (done: () => boolean) => Promise<void>;
  send: (type: string, data: unknown) => void;
};

/** Asks again and again while told that there is more. @returns how often */
async function catchUp(tab: Open): Promise<number> {
  for (let asked = 0; ; asked += 1) {
    const known = boundaries(tab.frames);
    if (!known.at(-1)?.gap) return asked;
    tab.send("client.resume", { last_seq: lastSeq(tab.frames) });
    await tab.until(() => boundaries(tab.frames).length > known.length);
  }
}

async function say(tab: Open, text: string): Promise<void> {
  const from = tab.frames.length;
  tab.send("user.input.submit", { text });
  await tab.until(() => tab.frames.slice(from).some(({ type }) => type === "chat.run_complete"));
}
function boundaries(frames: readonly DownFrame[]) {
  return frames.flatMap((frame) => (frame.type === "chat.resume_boundary" ? [frame.data] : []));
}
function lastSeq(frames: readonly DownFrame[]): number {
  return frames.reduce((max, { seq }) => Math.max(max, seq ?? -1), -1);
}
