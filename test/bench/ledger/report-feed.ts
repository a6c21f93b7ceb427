import { median, quantileOfWholeMs, rangeOf } from "../turn/statistics.ts";
import { printTable } from "../turn/table.ts";
import type { Pairs } from "./asked.ts";
import type { Staleness } from "./keep-talking.ts";
import { cellsOf, verdict } from "./report.ts";

/** What we mean to reach. */
const TARGETS = { watched: 0.95, staleMs: 1_000, p99: 1.05 };

const rate = ({ pairs, elapsedMs }: Pairs) => (1_000 * pairs) / elapsedMs;

export function printWatched<N extends string>(
  measured: Record<N, Pairs>[],
  crowds: Record<N, number>,
): void {
  const rounds = measured.slice(1);
  const names = Object.keys(crowds) as N[];
  const [nobody] = names;
  printTable(
    ["open sockets on one ledger", "pairs/s", "÷ with none", "min – max", "target"],
    names.map((name) => {
      const ratio = rangeOf(rounds.map((it) => rate(it[name]) / rate(it[nobody!])));
      return [
        String(crowds[name]),
        median(rounds.map((it) => rate(it[name]))).toFixed(0),
        ...cellsOf(ratio),
        verdict(ratio.median >= TARGETS.watched, `≥ ${TARGETS.watched}`),
      ];
    }),
  );
}

type Round = Record<"nobody" | "watching" | "polling", Staleness & { ms: number[] }>;

export function printFeed(measured: Round[], { chats, owners }: { chats: number; owners: number }): void {
  const rounds = measured.slice(1);
  const names = { nobody: "nobody looks", watching: "the feed", polling: "polling, once a second" };
  const p99 = (it: { ms: number[] }) => quantileOfWholeMs(it.ms, 0.99);
  printTable(
    [
      ...[`${chats} chats, ${owners} owners`, "stale p50 ms", "p95", "p99", "unseen"],
      ...["ledger p50 ms", "p99", "p99 ÷ nobody", "min – max"],
    ],
    (Object.keys(names) as (keyof Round)[]).map((name) => {
      const of = (figure: (it: Round[typeof name]) => number, digits = 0) => {
        const value = median(rounds.map((it) => figure(it[name])));
        return Number.isNaN(value) ? "–" : value.toFixed(digits);
      };
      return [
        names[name],
        of((it) => it.p50Ms),
        of((it) => it.p95Ms),
        of((it) => it.p99Ms),
        of((it) => it.unseen),
        of((it) => quantileOfWholeMs(it.ms, 0.5), 1),
        of(p99, 1),
        ...cellsOf(rangeOf(rounds.map((it) => p99(it[name]) / p99(it.nobody)))),
      ];
    }),
  );
  const stale = rangeOf(rounds.map((it) => it.watching.p95Ms));
  const slower = rangeOf(rounds.map((it) => p99(it.watching) / p99(it.nobody)));
  printTable(
    ["live counters", "median", "min – max", "target"],
    [
      ["staleness p95, ms", ...cellsOf(stale, 0), verdict(stale.median <= TARGETS.staleMs, "≤ 1000")],
      ["ledger p99, watched ÷ not", ...cellsOf(slower), verdict(slower.median <= TARGETS.p99, "≤ 1.05")],
    ],
  );
}
