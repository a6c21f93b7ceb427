import { median, quantileOfWholeMs, type Range, rangeOf } from "../turn/statistics.ts";
import { printTable } from "../turn/table.ts";
import type { Pairs } from "./asked.ts";
import type { Turns } from "./bench-ledger.ts";
import { WAY_NAMES, WAYS, type Way } from "./ways.ts";

/** What we mean to reach. */
const TARGETS = { pairs: 0.5, naive: 2, callsBefore: 0.1, calls: 1 };

/** Of whatever was run before the first counted round nothing is told. */
const counted = <T>(rounds: readonly T[]) => rounds.slice(1);

export function cellsOf({ median: middle, min, max }: Range, digits = 2): string[] {
  return [middle.toFixed(digits), `${min.toFixed(digits)} – ${max.toFixed(digits)}`];
}

export function verdict(reached: boolean, target: string): string {
  return `${target}: ${reached ? "reached" : "MISSED"}`;
}

const pairsPerSecond = ({ pairs, elapsedMs }: Pairs) => (1_000 * pairs) / elapsedMs;

export function printPairs(
  measured: { inFlight: number; rounds: Record<"ledger" | "bare", Pairs>[] }[],
): void {
  const rows = measured.flatMap(({ inFlight, rounds }) =>
    (["ledger", "bare"] as const).map((of) => {
      const cells = counted(rounds).map((round) => round[of]);
      const ms = (q: number) => median(cells.map((it) => quantileOfWholeMs(it.ms, q))).toFixed(2);
      const name = of === "ledger" ? "the ledger" : "floor: an object that writes a row";
      return [name, String(inFlight), median(cells.map(pairsPerSecond)).toFixed(0), ms(0.5), ms(0.99)];
    }),
  );
  printTable(["reserve + settle", "in flight", "pairs/s", "p50 ms", "p99 ms"], rows);
  printTable(
    ["ratio", "median", "min – max", "target"],
    measured.map(({ inFlight, rounds }) => {
      const ratio = rangeOf(counted(rounds).map((it) => pairsPerSecond(it.ledger) / pairsPerSecond(it.bare)));
      const target = verdict(ratio.median >= TARGETS.pairs, `≥ ${TARGETS.pairs}`);
      return [`pairs/s, the ledger ÷ floor, ${inFlight} in flight`, ...cellsOf(ratio), target];
    }),
  );
}

const sumOf = (turns: Turns, of: "turns" | "calls" | "callsBefore") =>
  turns.chats.reduce((sum, chat) => sum + chat[of], 0);
const turnsPerSecond = (it: Turns) => (1_000 * sumOf(it, "turns")) / it.elapsedMs;

export function printTurns(
  chats: number,
  together: Record<Way, Turns>[],
  alone: Record<"lease" | "rpc", Turns>[],
  overspent: Record<string, number>,
  afforded: number,
): void {
  const perTurn = (way: Way, of: "calls" | "callsBefore") =>
    median(counted(together).map((it) => sumOf(it[way], of) / sumOf(it[way], "turns")));
  printTable(
    [
      `metering alone, ${chats} chats`,
      "turns/s",
      "calls a turn",
      "before the model",
      `beyond ${afforded} paid`,
    ],
    WAYS.map((way) => [
      WAY_NAMES[way],
      median(counted(together).map((it) => turnsPerSecond(it[way]))).toFixed(0),
      perTurn(way, "calls").toFixed(2),
      perTurn(way, "callsBefore").toFixed(2),
      String(overspent[way]),
    ]),
  );
  const ratio = (to: Way) =>
    rangeOf(counted(together).map((it) => turnsPerSecond(it.lease) / turnsPerSecond(it[to])));
  const naive = ratio("d1");
  printTable(
    ["ratio", "median", "min – max", "target"],
    [
      ["turns/s, ours ÷ D1", ...cellsOf(naive), verdict(naive.median >= TARGETS.naive, `≥ ${TARGETS.naive}`)],
      ["turns/s, ours ÷ D1 in one update", ...cellsOf(ratio("d1-once")), ""],
      ["turns/s, ours ÷ reserve and settle at the ledger", ...cellsOf(ratio("rpc")), ""],
      [
        "ledger calls a turn",
        perTurn("lease", "calls").toFixed(2),
        "",
        verdict(perTurn("lease", "calls") <= TARGETS.calls, "≤ 1"),
      ],
      [
        "ledger calls before the first token",
        perTurn("lease", "callsBefore").toFixed(2),
        "",
        verdict(perTurn("lease", "callsBefore") <= TARGETS.callsBefore, `≤ ${TARGETS.callsBefore}`),
      ],
    ],
  );
  const ms = (way: "lease" | "rpc", of: "ms" | "beforeMs", q: number) =>
    median(
      counted(alone).map((it) =>
        quantileOfWholeMs(
          it[way].chats.flatMap((chat) => chat[of]),
          q,
        ),
      ),
    ).toFixed(2);
  printTable(
    ["what metering adds to a turn, one chat", "p50 ms", "p99 ms", "before the model p50", "p99"],
    (["lease", "rpc"] as const).map((way) => [
      WAY_NAMES[way],
      ms(way, "ms", 0.5),
      ms(way, "ms", 0.99),
      ms(way, "beforeMs", 0.5),
      ms(way, "beforeMs", 0.99),
    ]),
  );
}
