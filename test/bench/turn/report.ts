import type { CountedTurn } from "./count-turns.ts";
import type { Cell } from "./measure.ts";
import { machineInWords } from "./result-file.ts";
import { median, type Range, rangeOf } from "./statistics.ts";
import { printTable } from "./table.ts";
import type { Talk } from "./talk.ts";

type Name = "ours" | "stock" | "fed" | "floor";
export type Sample = { round: number; sessions: number; cells: Record<Name, Cell> };
type Figure = (cell: Cell) => number;

/** What we mean to reach. */
const TARGETS = { first: 0.125, turns: 8, fed: 4, floor: 0.5 };

const first: Figure = (cell) => cell.firstP50Ms;
const rate: Figure = (cell) => cell.turnsPerSecond;
const server: Figure = (cell) => cell.serverMsPerTurn ?? Number.NaN;

export function printReport(
  samples: readonly Sample[],
  talks: Record<Name, Talk>,
  cpu: { stealPercent: number; idlePercent: number } | null,
  counted: CountedTurn,
): void {
  const steal = cpu ? `${cpu.stealPercent.toFixed(1)} % of its time stolen` : "steal not known";
  console.log(
    `\n${machineInWords()}; ${steal}; median of ${new Set(samples.map((it) => it.round)).size} rounds`,
  );
  for (const sessions of new Set(samples.map((it) => it.sessions))) {
    const rounds = samples.filter((it) => it.sessions === sessions).map((it) => it.cells);
    printCells(sessions, rounds, talks);
    printRatios(sessions, rounds);
  }
  printPhases(samples);
  const { frames, bytes, statements, rowsRead, rowsWritten } = counted;
  console.log(
    `One turn of ours, counted: ${frames} frames of ${Math.round(bytes)} bytes, ${statements} SQL statements, ` +
      `${rowsRead} rows read, ${rowsWritten} written.\n`,
  );
}

function printCells(sessions: number, rounds: Record<Name, Cell>[], talks: Record<Name, Talk>): void {
  const rows = (Object.keys(talks) as Name[]).map((name) => {
    const of = (figure: Figure, digits = 1) => median(rounds.map((it) => figure(it[name]))).toFixed(digits);
    return [
      talks[name].name,
      of(first),
      of((cell) => cell.firstP95Ms),
      of((cell) => cell.turnP50Ms),
      of(rate),
      of(server),
      of((cell) => cell.framesPerTurn, 0),
    ];
  });
  const title = sessions === 1 ? "1 session" : `${sessions} sessions`;
  printTable(
    [title, "first token p50 ms", "p95 ms", "turn p50 ms", "turns/s", "server CPU ms/turn", "frames/turn"],
    rows,
  );
}

function printRatios(sessions: number, rounds: Record<Name, Cell>[]): void {
  const ratio = (figure: Figure, to: Name) => rangeOf(rounds.map((it) => figure(it.ours) / figure(it[to])));
  const reached = (yes: boolean) => (yes ? "reached" : "MISSED");
  const firstToStock = ratio(first, "stock");
  const rateToStock = ratio(rate, "stock");
  const rateToFed = ratio(rate, "fed");
  const rateToFloor = ratio(rate, "floor");
  printTable(
    [`ratios at ${sessions}`, "median", "min – max", "target"],
    [
      [
        "first token, ours ÷ stock",
        ...cellsOf(firstToStock),
        `≤ ${TARGETS.first}: ${reached(firstToStock.median <= TARGETS.first)}`,
      ],
      [
        "turns/s, ours ÷ stock",
        ...cellsOf(rateToStock),
        `≥ ${TARGETS.turns}: ${reached(rateToStock.median >= TARGETS.turns)}`,
      ],
      ["server CPU a turn, ours ÷ stock", ...cellsOf(ratio(server, "stock")), ""],
      [
        "turns/s, ours ÷ stock fed by doStream",
        ...cellsOf(rateToFed),
        `≥ ${TARGETS.fed}: ${reached(rateToFed.median >= TARGETS.fed)}`,
      ],
      ["first token, ours ÷ floor", ...cellsOf(ratio(first, "floor")), ""],
      [
        "turns/s, ours ÷ floor",
        ...cellsOf(rateToFloor),
        `≥ ${TARGETS.floor}: ${reached(rateToFloor.median >= TARGETS.floor)}`,
      ],
    ],
  );
}

function cellsOf({ median: middle, min, max }: Range): string[] {
  return [middle.toFixed(2), `${min.toFixed(2)} – ${max.toFixed(2)}`];
}

/** Where the time of our turn goes: each moment, from the client's send. */
function printPhases(samples: readonly Sample[]): void {
  const names = Object.keys(samples[0]?.cells.ours.marks ?? {});
  const rows = [...new Set(samples.map((it) => it.sessions))].map((sessions) => {
    const marks = samples.filter((it) => it.sessions === sessions).map((it) => it.cells.ours.marks);
    return [
      String(sessions),
      ...names.map((name) => median(marks.map((it) => it[name] ?? Number.NaN)).toFixed(1)),
    ];
  });
  printTable(["ours, ms from the send (p50)", ...names], rows);
}
