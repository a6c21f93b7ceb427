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
 * token, its app's look-up and its row in the index, beside an agent that has none of these; and beside the floor, plain
 * objects that say hello, one of them with a chat's tables.
 */
const ROUNDS = 7;
const OPENS = 12;
const NAMES = ["ours", "bare Agent", "raw object", "raw, with tables"] as const;

const platform = await runWithPeers();
try {
  const app = await makeBenchApp(platform.url);
  const cpu = watchCpu();
  const open = {
    ours: openOurs,
    "bare Agent": () => openPeer("agent-echo", "cf_agent_identity"),
    "raw object": () => openPeer("raw-echo", "hello"),
    "raw, with tables": () => openPeer("raw-tables", "hello"),
  };
  const rounds = await inTurns(ROUNDS, NAMES, async (name) => {
    const times: number[] = [];
    for (let n = 0; n < OPENS; n++) times.push(await open[name]());
    return { times, p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) };
  });
  const machine = cpu();
  const of = (name: (typeof NAMES)[number], what: "p50Ms" | "p95Ms") =>
    rangeOf(rounds.map((round) => round[name][what])).median.toFixed(1);
  printTable(
    ["first frame of a new chat", "p50 ms", "p95 ms"],
    NAMES.map((name) => [name, of(name, "p50Ms"), of(name, "p95Ms")]),
  );
  const toAgent = (name: (typeof NAMES)[number]) =>
    rangeOf(rounds.map((round) => round[name].p50Ms / round["bare Agent"].p50Ms));
  for (const name of NAMES) {
    const { median, min, max } = toAgent(name);
    console.log(`${name} ÷ bare Agent: ${median.toFixed(2)} (${min.toFixed(2)} – ${max.toFixed(2)})`);
  }
  console.log(`bar ≤ 0.33: ${toAgent("ours").median <= 1 / 3 ? "reached" : "MISSED"}`);
  console.log(`${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen`);
  writeResult("open", { machine, rounds });

  async function openOurs(): Promise<number> {
    const chat = await openRawChat(app, crypto.randomUUID());
    const first = await chat.until((frame) => frame.type === "chat_meta");
    chat.close();
    if (!first) throw new Error("a new chat closed");
    return first.at - chat.openedAt;
  }

  async function openPeer(peer: string, first: string): Promise<number> {
    const at = performance.now();
    const url = `${platform.url}/ws/peers/${peer}/${crypto.randomUUID()}?hello`;
    const socket = await openSocket(url, [], (frame) => frame.type === first);
    socket.close();
    return performance.now() - at;
  }
} finally {
  await platform.stop();
}
