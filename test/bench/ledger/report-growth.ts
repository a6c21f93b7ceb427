import { median, rangeOf } from "../turn/statistics.ts";
import { printTable } from "../turn/table.ts";
import type { Operation } from "./operations.ts";
import { cellsOf, verdict } from "./report.ts";

const MOST_GROWTH = 1.5;
const MIB = 2 ** 20;

export function printGrowth<S extends string>(
  figures: Record<Operation, Record<S, number>[]>,
  sizes: { rows: number; selfCheckMs: number; bytes: number }[],
): void {
  const names = sizes.map(({ rows }) => String(rows) as S);
  const [least, most] = [names[0]!, names.at(-1)!];
  printTable(
    ["the core, µs, by rows of usage", ...names, "most ÷ least", "min – max", "target"],
    (Object.keys(figures) as Operation[]).map((name) => {
      const rounds = figures[name].slice(1);
      const ratio = rangeOf(rounds.map((it) => it[most] / it[least]));
      return [
        name,
        ...names.map((size) => median(rounds.map((it) => it[size])).toFixed(0)),
        ...cellsOf(ratio),
        verdict(ratio.median <= MOST_GROWTH, `≤ ${MOST_GROWTH}`),
      ];
    }),
  );
  printTable(
    ["as it grows", ...names],
    [
      ["self-check, ms", ...sizes.map((it) => it.selfCheckMs.toFixed(0))],
      ["database, MiB", ...sizes.map((it) => (it.bytes / MIB).toFixed(1))],
    ],
  );
}

type Count = { statements: number; rowsRead: number; rowsWritten: number };
type Counted = {
  rows: number;
  pair: Count;
  report: Count;
  usage: Count;
  selfCheckMs: number;
  bytes: number;
};

export function printCounted(counted: Counted[]): void {
  const show = (it: Count) =>
    [it.statements, it.rowsRead, it.rowsWritten].map((figure) => figure.toFixed(0)).join(" / ");
  printTable(
    ["in workerd: statements / rows read / written", ...counted.map(({ rows }) => String(rows))],
    [
      ["reserve + settle", ...counted.map((it) => show(it.pair))],
      ["a chat's report", ...counted.map((it) => show(it.report))],
      ["usage()", ...counted.map((it) => show(it.usage))],
      ["self-check, ms", ...counted.map((it) => it.selfCheckMs.toFixed(0))],
      ["database, MiB", ...counted.map((it) => (it.bytes / MIB).toFixed(1))],
    ],
  );
}
