import { openRawChat, type RawChat } from "../chat/raw-chat.ts";
import type { BenchApp } from "../turn/bench-app.ts";
import { askFor, replyTo } from "../turn/reply.ts";
import { comeAndGo, EVERY_MS } from "./drops.ts";
import type { Tally } from "./tally.ts";

/** A chat whose model says a piece every 100 ms, and whose tab resumes from the number it has after each drop. */
export async function dropOurs(app: BenchApp, messages: number): Promise<Tally> {
  const chatId = crypto.randomUUID();
  const asked = askFor({ eachMs: EVERY_MS, pieces: messages });
  const over = Promise.withResolvers<void>();
  let lastSeq: number | null = null;
  const seqs: number[] = [];
  let text = "";
  let said = false;

  async function come(): Promise<() => void> {
    const chat: RawChat = await openRawChat(app, chatId, lastSeq);
    await chat.until((frame) => frame.type === "chat.resume_boundary");
    if (!said) chat.send("user.input.submit", { chat_id: chatId, text: asked });
    said = true;
    void chat.until((frame) => frame.type === "chat.run_complete").then((end) => end && over.resolve());
    return () => {
      for (const { frame } of chat.frames) {
        if (frame.seq !== undefined) seqs.push(frame.seq);
        if (frame.type === "chat.stream_chunk") text += frame.data.content;
        if (frame.type === "chat.stream_end") text = frame.data.content;
      }
      lastSeq = chat.lastSeq();
      chat.close();
    };
  }

  await comeAndGo(over.promise, come);
  const ordered = seqs.every((seq, n) => n === 0 || seq > seqs[n - 1]!);
  const pieces = replyTo(asked).length / messages;
  return {
    sent: messages,
    got: replyTo(asked).startsWith(text) ? text.length / pieces : 0,
    doubled: seqs.length - new Set(seqs).size,
    disordered: ordered ? 0 : 1,
  };
}
