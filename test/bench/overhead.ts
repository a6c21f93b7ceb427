import { makeBenchApp } from "./turn/bench-app.ts";
import { runWithPeers } from "./turn/bench-platform.ts";
import { watchCpu } from "./turn/cpu.ts";
import { askFor } from "./turn/reply.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { quantile } from "./turn/statistics.ts";
import { printTable } from "./turn/table.ts";
import type { Talk } from "./turn/talk.ts";
import { talkToFloor } from "./turn/talk-floor.ts";
import { talkToOurs } from "./turn/talk-ours.ts";
import { talkToStock } from "./turn/talk-stock.ts";

/**
 * B2: what a platform adds to a model that takes 400 ms to its first piece and 20 ms to each further one. One session
 * at a time; everybody in turns.
 */
const ROUNDS = 15;
const PACE = { firstMs: 400, eachMs: 20, pieces: 20 };
const MODEL_TURN_MS = PACE.firstMs + PACE.eachMs * (PACE.pieces - 1);

const platform = await runWithPeers();
try {
  const app = await makeBenchApp(platform.url);
  const talks: Record<string, Talk> = {
    ours: talkToOurs(() => app),
    stock: talkToStock(platform.url, "stock-agent", "stock: AIChatAgent + streamText"),
    floor: talkToFloor(platform.url),
  };
  const cpu = watchCpu();
  const added: Record<string, { first: number[]; turn: number[] }> = {};
  for (const name of Object.keys(talks)) added[name] = { first: [], turn: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, talk] of Object.entries(talks)) {
      const chat = await talk.open();
      await chat.say("Hello.");
      for (let n = 0; n < 2; n++) {
        const turn = await chat.say(askFor(PACE));
        added[name]!.first.push(turn.firstMs - PACE.firstMs);
        added[name]!.turn.push(turn.turnMs - MODEL_TURN_MS);
      }
      chat.close();
    }
  }
  const machine = cpu();
  console.log(
    `\n${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen; ${2 * ROUNDS} turns each`,
  );
  const cells = (values: number[]) => [0.5, 0.95, 0.99].map((q) => quantile(values, q).toFixed(1));
  printTable(
    ["added, ms", "first token p50", "p95", "p99", "whole turn p50", "p95", "p99"],
    Object.entries(added).map(([name, it]) => [talks[name]!.name, ...cells(it.first), ...cells(it.turn)]),
  );
  const p50 = quantile(added.ours!.first, 0.5);
  const p99 = quantile(added.ours!.first, 0.99);
  console.log(
    `bar: p50 ≤ 5 ms ${p50 <= 5 ? "reached" : "MISSED"}, p99 ≤ 25 ms ${p99 <= 25 ? "reached" : "MISSED"}`,
  );
  writeResult("overhead", { machine, pace: PACE, added });
} finally {
  await platform.stop();
}
