import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { killablePlatform } from "../journeys/kill/killable-platform.ts";
import { openRawChat } from "./chat/raw-chat.ts";
import { makeBenchApp } from "./turn/bench-app.ts";
import { STATE_FOLDER } from "./turn/bench-platform.ts";
import { askFor } from "./turn/reply.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { quantile } from "./turn/statistics.ts";
import { printTable } from "./turn/table.ts";

/**
 * B5: workerd is killed by SIGKILL while answers stream. How long from the new process's first word to each client's
 * next piece, whether every run came to its end, and whether the ledger has every call.
 */
const KILLS = 5;
const CHATS = 10;
const ASKED = askFor({ eachMs: 20, pieces: 150 });

const platform = await killablePlatform(join(import.meta.dirname, "turn/worker/bench-model.ts"), {
  folder: STATE_FOLDER,
});
try {
  const app = await makeBenchApp(platform.url());
  const nextMs: number[] = [];
  let ended = 0;
  let told = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const ids = Array.from({ length: CHATS }, () => crypto.randomUUID());
    const before = await Promise.all(ids.map((id) => open(id, null)));
    for (const [n, chat] of before.entries())
      chat.send("user.input.submit", { chat_id: ids[n]!, text: ASKED });
    await Promise.all(before.map((chat) => chat.until((frame) => frame.type === "chat.stream_chunk")));
    await wait(300 + 200 * kill);
    platform.kill();
    await platform.restart();
    const upAt = performance.now();
    await Promise.all(
      before.map(async (chat, n) => {
        const again = await open(ids[n]!, chat.lastSeq());
        const boundary = again.frames.length;
        const next = await again.until((frame) => frame.type === "chat.stream_chunk", boundary);
        nextMs.push((next?.at ?? Number.NaN) - upAt);
        const end = await again.until((frame) => frame.type === "chat.run_complete");
        if (end?.frame.type === "chat.run_complete" && end.frame.data.status === "completed") ended += 1;
        told += again.frames.filter(({ frame }) => frame.type === "chat.usage_delta").length;
        again.close();
      }),
    );
  }
  const origin = new URL(platform.url());
  const { calls } = await app.usage(origin.origin);
  const runs = KILLS * CHATS;
  printTable(
    [`${KILLS} kills × ${CHATS} chats`, "p50", "p95", "max"],
    [
      [
        "s from up again to the next piece",
        ...[0.5, 0.95, 1].map((q) => (quantile(nextMs, q) / 1_000).toFixed(2)),
      ],
    ],
  );
  console.log(
    `${ended} of ${runs} runs completed; ${calls} calls in the ledger: each run's cut one and its new one`,
  );
  console.log(
    `bar: ≤ 3 s, 0 lost, 0 mis-billed: ${ended === runs && calls === 2 * runs ? "reached" : "MISSED"}`,
  );
  console.log(machineInWords());
  writeResult("restart", { nextMs, runs, ended, calls, told });
  if (ended !== runs) process.exitCode = 1;

  async function open(id: string, after: number | null) {
    const chat = await openRawChat(app, id, after, platform.url());
    await chat.until((frame) => frame.type === "chat.resume_boundary");
    return chat;
  }
} finally {
  await platform.end();
}
