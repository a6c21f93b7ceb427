import { openRawChat } from "./chat/raw-chat.ts";
import { inTurns } from "./ledger/rounds.ts";
import { makeBenchApp } from "./turn/bench-app.ts";
import { runWithPeers } from "./turn/bench-platform.ts";
import { watchCpu } from "./turn/cpu.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { quantile, rangeOf } from "./turn/statistics.ts";
import { printTable } from "./turn/table.ts";
import { openSocket } from "./turn/talk.ts";

/**
 * B11: from the opening of a socket to its first frame, each time in an object that has never been: ours with its
 * token, its app's look-up and its row in the index, beside an agent that has none of these.
 */
const ROUNDS = 7;
const OPENS = 12;
const NAMES = ["ours", "bare Agent"] as const;

const platform = await runWithPeers();
try {
  const app = await makeBenchApp(platform.url);
  const cpu = watchCpu();
  const rounds = await inTurns(ROUNDS, NAMES, async (name) => {
    const times: number[] = [];
    for (let n = 0; n < OPENS; n++) times.push(await (name === "ours" ? openOurs() : openAgent()));
    return { times, p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) };
  });
  const machine = cpu();
  const of = (name: (typeof NAMES)[number], what: "p50Ms" | "p95Ms") =>
    rangeOf(rounds.map((round) => round[name][what])).median.toFixed(1);
  printTable(
    ["first frame of a new chat", "p50 ms", "p95 ms"],
    NAMES.map((name) => [name, of(name, "p50Ms"), of(name, "p95Ms")]),
  );
  const ratio = rangeOf(rounds.map((round) => round.ours.p50Ms / round["bare Agent"].p50Ms));
  const range = `${ratio.min.toFixed(2)} – ${ratio.max.toFixed(2)}`;
  const bar = ratio.median <= 1 / 3 ? "reached" : "MISSED";
  console.log(`ours ÷ bare Agent: ${ratio.median.toFixed(2)} (${range}); bar ≤ 0.33: ${bar}`);
  console.log(`${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen`);
  writeResult("open", { machine, rounds });

  async function openOurs(): Promise<number> {
    const chat = await openRawChat(app, crypto.randomUUID());
    const first = await chat.until((frame) => frame.type === "chat_meta");
    chat.close();
    if (!first) throw new Error("a new chat closed");
    return first.at - chat.openedAt;
  }

  async function openAgent(): Promise<number> {
    const at = performance.now();
    const url = `${platform.url}/ws/peers/agent-echo/${crypto.randomUUID()}`;
    const socket = await openSocket(url, [], (frame) => frame.type === "cf_agent_identity");
    socket.close();
    return performance.now() - at;
  }
} finally {
  await platform.stop();
}
