import { endUsersInTurn, makeBenchApp } from "./turn/bench-app.ts";
import { runWithPeers } from "./turn/bench-platform.ts";
import { countTurns } from "./turn/count-turns.ts";
import { watchCpu } from "./turn/cpu.ts";
import { type Cell, measure } from "./turn/measure.ts";
import { printReport, type Sample } from "./turn/report.ts";
import { writeResult } from "./turn/result-file.ts";
import { talkToFloor } from "./turn/talk-floor.ts";
import { talkToOurs } from "./turn/talk-ours.ts";
import { talkToStock } from "./turn/talk-stock.ts";

/**
 * Our whole turn (chat token, hold, log, 100 pieces of a zero-latency model, settlement) beside a stock AIChatAgent on
 * the same model and beside the bare object: in one workerd, in turns, over real sockets. Ratios of the same round
 * are the result; the milliseconds are this machine's.
 */
const ROUNDS = 7;
/** How long a measurement lasts, by number of sessions. The stock agent's 50 turns alone take longer. */
const CELL_MS = { 1: 700, 50: 1_500 };

const platform = await runWithPeers();
try {
  const origin = platform.url;
  const app = await makeBenchApp(origin);
  const ours = talkToOurs(endUsersInTurn(app));
  const talks = {
    ours,
    stock: talkToStock(origin, "stock-agent", "stock: AIChatAgent + streamText"),
    fed: talkToStock(origin, "fed-agent", "stock: AIChatAgent + doStream"),
    floor: talkToFloor(origin),
  };
  const names = Object.keys(talks) as (keyof typeof talks)[];
  // Code that has never run is slow for everybody: once through, not counted.
  let ourTurns = 0;
  for (const name of names) {
    const warm = await measure(talks[name], 5, 300);
    if (name === "ours") ourTurns += warm.turns + warm.uncounted;
  }

  const cpu = watchCpu();
  const samples: Sample[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [sessions, forMs] of Object.entries(CELL_MS).map(([n, ms]) => [Number(n), ms] as const)) {
      // Each round begins with another one, so that nobody always comes after the same neighbour.
      const order = [...names.slice(round % names.length), ...names.slice(0, round % names.length)];
      const cells = {} as Record<keyof typeof talks, Cell>;
      for (const name of order) cells[name] = await measure(talks[name], sessions, forMs);
      ourTurns += cells.ours.turns + cells.ours.uncounted;
      samples.push({ round, sessions, cells });
    }
    process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
  }
  const machine = cpu();

  // Fast is worth nothing unless every turn was counted.
  const { calls } = await app.usage();
  if (calls !== ourTurns) throw new Error(`the ledger has ${calls} calls of ${ourTurns} turns`);

  const counted = await countTurns(origin, ours, 10);
  printReport(samples, talks, machine, counted);
  writeResult("turn", { machine, samples, counted });
} finally {
  await platform.stop();
}
