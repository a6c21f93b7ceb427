import { setTimeout as wait } from "node:timers/promises";
import type { DownFrame } from "#protocol/frames/down";
import { backoffMs } from "../../../chatui/src/chat/backoff.ts";
import { openRawChat, type RawChat } from "../chat/raw-chat.ts";
import type { BenchApp } from "../turn/bench-app.ts";
import { askFor } from "../turn/reply.ts";

/** How long a tab stays before it drops its socket by itself, on average. */
const STAYS_MS = 8_000;
const ASKED = askFor({ eachMs: 15, pieces: 40 });

/** What one chat lived through. Milliseconds. */
export type Life = {
  chatId: string;
  acked: Set<string>;
  frames: DownFrame[];
  /** While it was connected, and each time that it wanted to be and was not yet. */
  connectedMs: number;
  absences: Absence[];
};

/** Milliseconds; `from` on `performance.now()`. */
export type Absence = { from: number; ms: number };

/** Says one thing after another until `isOver`, drops its own socket now and then, and comes back as the chat page does. */
export async function restlessChat(
  app: BenchApp,
  origin: () => string,
  isOver: () => boolean,
): Promise<Life> {
  const life: Life = {
    chatId: crypto.randomUUID(),
    acked: new Set(),
    frames: [],
    connectedMs: 0,
    absences: [],
  };
  let unsaid: string | null = null;
  while (!isOver()) {
    const chat = await connect();
    if (!chat) continue;
    const from = performance.now();
    const leaveAt = from + STAYS_MS * (0.5 + Math.random());
    while (!isOver() && !chat.isClosed() && performance.now() < leaveAt) await sayOnce(chat);
    life.connectedMs += performance.now() - from;
    leave(chat);
  }
  await end();
  return life;

  async function connect(): Promise<RawChat | null> {
    const from = performance.now();
    for (let attempt = 0; ; attempt++) {
      const chat = await openRawChat(app, life.chatId, lastSeq(), origin());
      const boundary = await chat.until((frame) => frame.type === "chat.resume_boundary");
      if (boundary) {
        life.absences.push({ from, ms: performance.now() - from });
        return chat;
      }
      chat.close();
      if (isOver()) return null;
      await wait(backoffMs(attempt, Math.random()));
    }
  }

  async function sayOnce(chat: RawChat): Promise<void> {
    unsaid ??= crypto.randomUUID();
    const id = unsaid;
    const at = chat.frames.length;
    chat.send("user.input.submit", { chat_id: life.chatId, text: ASKED, client_message_id: id });
    const ack = await chat.until(
      (frame) => frame.type === "chat.input_ack" && frame.data.client_message_id === id,
      at,
    );
    if (!ack) return;
    life.acked.add(id);
    unsaid = null;
    await chat.until((frame) => frame.type === "chat.run_complete", at);
  }

  function lastSeq(): number {
    return life.frames.reduce((last, { seq }) => Math.max(last, seq ?? -1), -1);
  }

  function leave(chat: RawChat): void {
    life.frames.push(...chat.frames.map((it) => it.frame).filter(({ seq }) => seq !== undefined));
    chat.close();
  }

  /** In the end every run is over: then the log is whole. */
  async function end(): Promise<void> {
    const chat = await openRawChat(app, life.chatId, lastSeq(), origin());
    await chat.until((frame) => frame.type === "chat.resume_boundary");
    const runs = () => {
      const all = [...life.frames, ...chat.frames.map((it) => it.frame)];
      const begun = all.filter((frame) => frame.type === "chat.text" && frame.data.role === "user").length;
      return all.filter((frame) => frame.type === "chat.run_complete").length >= begun;
    };
    await chat.until(runs);
    leave(chat);
  }
}
