import { PLENTY_NANO, runBenchLedger } from "./ledger/bench-ledger.ts";
import { COST_NANO, OUTPUT_TOKENS } from "./ledger/call.ts";
import { printPairs, printTurns } from "./ledger/report.ts";
import { inTurns } from "./ledger/rounds.ts";
import { WAYS, type Way } from "./ledger/ways.ts";
import { watchCpu } from "./turn/cpu.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";

/**
 * What metering costs: the ledger's reserve and settle beside the same two calls to an object that writes a row, and
 * turns of many chats that meter under a lease beside other ways to do it. Ratios of the same round are the result.
 */
const ROUNDS = 7;
const CELL_MS = 600;
const CHATS = 32;
const IN_FLIGHT = [1, 32];
const AFFORDED = 50;

const bench = await runBenchLedger();
try {
  for (const enterprise of ["pairs", ...WAYS])
    await bench.act({ do: "credit", enterprise, nano: PLENTY_NANO });
  const cpu = watchCpu();
  const pairs = [];
  for (const inFlight of IN_FLIGHT) {
    const rounds = await inTurns(ROUNDS, ["ledger", "bare"], (of) =>
      bench.act({ do: "pairs", enterprise: "pairs", of, inFlight, ms: CELL_MS }),
    );
    pairs.push({ inFlight, rounds });
  }
  const turns = await inTurns(ROUNDS, WAYS, (way) =>
    bench.act({ do: "turns", enterprise: way, way, chats: CHATS, ms: CELL_MS }),
  );
  const alone = await inTurns(ROUNDS, ["lease", "rpc"], (way: Way) =>
    bench.act({ do: "turns", enterprise: way, way, chats: 1, ms: CELL_MS }),
  );

  // Fast is worth nothing unless every token was counted.
  const wrong: Record<string, number> = {};
  for (const way of ["lease", "rpc"] as const) {
    const { totals } = await bench.act({ do: "usage", enterprise: way });
    const made = [...turns, ...alone]
      .flatMap((round) => round[way].chats)
      .reduce((sum, it) => sum + it.all, 0);
    wrong[way] = totals.output_tokens - made * OUTPUT_TOKENS;
    if (wrong[way] !== 0) throw new Error(`${way}: the ledger has ${wrong[way]} tokens too many`);
  }
  const overspent: Record<string, number> = {};
  for (const way of WAYS) overspent[way] = await overspend(way);
  const machine = cpu();
  console.log(`\n${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen; ${ROUNDS} rounds`);
  printPairs(pairs);
  printTurns(CHATS, turns, alone, overspent, AFFORDED);
  writeResult("ledger", { machine, pairs, turns, alone, wrong, overspent });
} finally {
  await bench.stop();
}

/** Turns beyond what there was money for, when all chats want to spend it at once. */
async function overspend(way: Way): Promise<number> {
  const enterprise = `poor-${way}`;
  await bench.act({ do: "credit", enterprise, nano: String(COST_NANO * BigInt(AFFORDED)) });
  const { chats } = await bench.act({ do: "turns", enterprise, way, chats: CHATS, ms: 60_000, turns: 4 });
  return Math.max(0, chats.reduce((sum, chat) => sum + chat.all, 0) - AFFORDED);
}
