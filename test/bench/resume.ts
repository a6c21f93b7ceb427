import { setTimeout as wait } from "node:timers/promises";
import { openRawChat } from "./chat/raw-chat.ts";
import { makeBenchApp } from "./turn/bench-app.ts";
import { runWithPeers } from "./turn/bench-platform.ts";
import { watchCpu } from "./turn/cpu.ts";
import { askFor, replyTo } from "./turn/reply.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { quantile } from "./turn/statistics.ts";
import { printTable } from "./turn/table.ts";

/**
 * B4: a socket cut at random points of a stream and opened again behind its last number, while another tab watches:
 * what was missed comes once, and nothing else does.
 */
const CUTS = 50;
const ASKED = askFor({ eachMs: 5, pieces: 120 });

const platform = await runWithPeers();
try {
  const app = await makeBenchApp(platform.url);
  const cpu = watchCpu();
  const cuts = [];
  for (let n = 0; n < CUTS; n++) cuts.push(await cutOnce(0.05 + (0.85 * n) / CUTS));
  const machine = cpu();
  const wrong = cuts.filter((cut) => !cut.whole || cut.doubled > 0).length;
  const firstMs = cuts.map((cut) => cut.firstMs);
  const share = cuts.map((cut) => cut.replayedBytes / Math.max(1, cut.missedBytes));
  printTable(
    ["resume in mid-stream", "p50", "p95", "max"],
    [
      ["ms from connect to the first frame missed", ...spread(firstMs)],
      ["bytes replayed ÷ bytes missed", ...spread(share)],
    ],
  );
  console.log(`${CUTS} cuts: ${wrong} with a gap or a double (bar 0); p95 bar ≤ 30 ms, ≤ 1.1 of the bytes`);
  console.log(`${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen`);
  writeResult("resume", { machine, cuts });
  if (wrong > 0) process.exitCode = 1;

  async function cutOnce(at: number) {
    const chatId = crypto.randomUUID();
    const first = await openRawChat(app, chatId);
    await first.until((frame) => frame.type === "chat.resume_boundary");
    const watcher = await openRawChat(app, chatId);
    await watcher.until((frame) => frame.type === "chat.resume_boundary");
    first.send("user.input.submit", { chat_id: chatId, text: ASKED });
    await first.until((frame) => frame.type === "chat.stream_chunk");
    await wait(at * 600);
    first.close();
    const after = first.lastSeq();
    // As short as a change of networks: long enough to miss something.
    await wait(60);
    const again = await openRawChat(app, chatId, after);
    const boundary = await again.until((frame) => frame.type === "chat.resume_boundary");
    await Promise.all(
      [again, watcher].map((tab) => tab.until((frame) => frame.type === "chat.run_complete")),
    );
    const replayed = again.frames.filter((it) => it.frame.seq !== undefined && it.at <= boundary!.at);
    const end = boundary?.frame.type === "chat.resume_boundary" ? boundary.frame.data.last_seq : -1;
    const missed = watcher.frames.filter(
      ({ frame }) => (frame.seq ?? -1) > after && (frame.seq ?? -1) <= end,
    );
    const seqs = [...first.frames, ...again.frames].flatMap(({ frame }) => frame.seq ?? []);
    const ended = again.frames.find(({ frame }) => frame.type === "chat.stream_end")?.frame;
    for (const tab of [again, watcher]) tab.close();
    const bytes = (frames: typeof replayed) => frames.reduce((sum, it) => sum + it.bytes, 0);
    return {
      whole: ended?.type === "chat.stream_end" && ended.data.content === replyTo(ASKED),
      doubled: seqs.length - new Set(seqs).size,
      firstMs: (replayed[0]?.at ?? boundary!.at) - again.openedAt,
      replayedBytes: bytes(replayed),
      missedBytes: bytes(missed),
    };
  }

  function spread(values: number[]): string[] {
    return [0.5, 0.95, 1].map((q) => quantile(values, q).toFixed(2));
  }
} finally {
  await platform.stop();
}
