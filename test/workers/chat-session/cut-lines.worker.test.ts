import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { DownFrame } from "#protocol/frames/down";
import {
  type Connect,
  folded,
  type Lived,
  liveThrough,
  type Step,
  transcriptOf,
} from "#test/support/flaky-client";
import { call, worker } from "#test/workers/gateway/client";
import { type Desk, openDesk } from "./desk.ts";
import { FRONT } from "./lending.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  const json = { enterprise_id: desk.enterprise_id, definition: FRONT };
  const answer = await call("/api/workflows/register", { token: desk.owner.token, json });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
});

/** Words, a hand-off, a tool, a card with its answer, a second card that is refused, and what is left to say. */
const STORY: Step[] = [
  { say: "Where is tool T-101?" },
  { say: "I want to borrow it" },
  { answer: { approved: true } },
  { say: "I want to borrow tool T-101 again" },
  { answer: { approved: false } },
  { say: "What can you do?" },
];

async function newChat() {
  const start = `/api/chats/${desk.enterprise_id}/${FRONT.name}/start`;
  const answer = await call(start, { token: desk.owner.token, json: { force_new: true } });
  const { chat_id } = answer.body as { chat_id: string };
  const path = `/ws/${FRONT.name}/${desk.enterprise_id}/${chat_id}/${desk.owner.user_id}`;
  const connect: Connect = async (after, on) => {
    const headers = { upgrade: "websocket", authorization: `Bearer ${desk.owner.token}` };
    const response = await worker.fetch(
      new Request(`http://localhost:8787${path}?after=${after}`, { headers }),
    );
    const socket = response.webSocket;
    if (!socket) throw new Error(`no socket: ${response.status}`);
    socket.addEventListener("message", ({ data }) => on.frame(JSON.parse(String(data)) as DownFrame));
    socket.addEventListener("close", on.lost);
    socket.accept();
    return { send: (text) => socket.send(text), cut: () => socket.close() };
  };
  return { chat_id, connect };
}

async function logOf(chatId: string): Promise<DownFrame[]> {
  const items: DownFrame[] = [];
  for (let after = "-1"; ; ) {
    const path = `/api/chats/${desk.enterprise_id}/${chatId}/events?after=${after}&limit=100`;
    const page = (await call(path, { token: desk.owner.token })).body as {
      items: DownFrame[];
      next_cursor: string | null;
    };
    items.push(...page.items);
    if (page.next_cursor === null) return items;
    after = page.next_cursor;
  }
}

/** Nothing lost, nothing doubled, every byte as the log has it. */
function check(lived: Lived, log: readonly DownFrame[]): void {
  expect(lived.doubled).toBe(0);
  expect(JSON.stringify(folded(lived.heard))).toBe(JSON.stringify(log));
}

async function livedOnce(story: Step[], cutAfter: ReadonlySet<number>) {
  const { chat_id, connect } = await newChat();
  const lived = await liveThrough(connect, story, cutAfter);
  const log = await logOf(chat_id);
  check(lived, log);
  return { lived, transcript: transcriptOf(log) };
}

test("F01 the line cut after every single frame of a conversation with tools: the same transcript, byte for byte", async () => {
  const story = STORY.slice(0, 3);
  const { lived: whole, transcript } = await livedOnce(story, new Set());
  const frames = whole.heard.length;
  const types = whole.heard.map(({ type }) => type);
  expect(types).toEqual(
    expect.arrayContaining(["chat.select_speaker", "chat.tool_response", "chat.awaiting_reply"]),
  );
  expect(types.filter((type) => type === "chat.stream_chunk").length).toBeGreaterThanOrEqual(4);
  let cuts = 0;
  // Acknowledgements and boundaries have no number, but a line can break after them too.
  for (let k = 1; k <= frames + 8; k += 1) {
    const { lived, transcript: again } = await livedOnce(story, new Set([k]));
    expect(again, `cut after frame ${k}`).toBe(transcript);
    cuts += lived.connections - 1;
  }
  expect(cuts).toBeGreaterThanOrEqual(frames);
}, 120_000);

test("F01 F06 three tabs, each on a line that breaks again and again, all end with the whole log", async () => {
  const { transcript } = await livedOnce(STORY, new Set());
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 160 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(cuts, cuts, cuts, async (one, two, three) => {
      const { chat_id, connect } = await newChat();
      // They all do the same under the same ids: whoever comes first has done it.
      const tabs = [one, two, three].map((at) => liveThrough(connect, STORY, new Set(at)));
      const lived = await Promise.all(tabs);
      const log = await logOf(chat_id);
      for (const tab of lived) check(tab, log);
      expect(transcriptOf(log)).toBe(transcript);
    }),
    { numRuns: 8, seed: 4 },
  );
}, 60_000);
