import { copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exchange } from "#ledger/exchange";
import { PLENTY_NANO, runBenchLedger } from "./ledger/bench-ledger.ts";
import { type FileLedger, fileLedger } from "./ledger/file-ledger.ts";
import { OPERATIONS, type Operation, timeOperation, timeSelfCheck } from "./ledger/operations.ts";
import { printCounted, printGrowth } from "./ledger/report-growth.ts";
import { reports } from "./ledger/reports.ts";
import { inTurns } from "./ledger/rounds.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";

/**
 * Whether the ledger stays as quick as it grows: the same operations on ledgers of a thousand to a million rows of
 * usage, in 200 chats. Times are those of the core on Node's SQLite, rows are counted in workerd: a million rows take
 * too long to fill there.
 */
const ROUNDS = 7;
const SIZES = ["1000", "10000", "100000", "1000000"] as const;
const COUNTED_SIZES = [1_000, 10_000, 100_000];
const CHATS = 200;
const REPORTS_AT_ONCE = 100;
const COUNTED = 20;

const folder = mkdtempSync(join(tmpdir(), "mozaiks-bench-growth-"));
try {
  const ledgers = fillFiles();
  const figures = {} as Record<Operation, Record<(typeof SIZES)[number], number>[]>;
  for (const name of Object.keys(OPERATIONS) as Operation[])
    figures[name] = await inTurns(ROUNDS, SIZES, async (size) => timeOperation(ledgers[size]!, name));
  const sizes = SIZES.map((size) => ({
    rows: Number(size),
    selfCheckMs: timeSelfCheck(ledgers[size]!),
    bytes: statSync(join(folder, size)).size,
  }));
  for (const ledger of Object.values(ledgers)) ledger.close();
  const counted = await countInWorkerd();
  console.log(`\n${machineInWords()}; ${ROUNDS} rounds`);
  printGrowth(figures, sizes);
  printCounted(counted);
  writeResult("ledger-growth", { figures, sizes, counted });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** One ledger is filled, and copied each time it has grown to the next size. */
function fillFiles(): Record<string, FileLedger> {
  const path = join(folder, "grows");
  let from = 0;
  for (const size of SIZES) {
    const ledger = fileLedger(path);
    const left = reports(from, Number(size), CHATS);
    for (let done = false; !done; )
      ledger.atOnce(() => {
        for (let n = 0; n < REPORTS_AT_ONCE && !done; n++) {
          const next = left.next();
          if (next.done) done = true;
          else if (!exchange(ledger, next.value).ok) throw new Error("a report was refused");
        }
      }, "COMMIT");
    ledger.close();
    copyFileSync(path, join(folder, size));
    from = Number(size);
    process.stderr.write(`filled ${size} rows\n`);
  }
  return Object.fromEntries(SIZES.map((size) => [size, fileLedger(join(folder, size))]));
}

/** Rows that one operation reads and writes: the same on every machine. */
async function countInWorkerd() {
  const bench = await runBenchLedger();
  try {
    const counted = [];
    for (const rows of COUNTED_SIZES) {
      const enterprise = `grown-${rows}`;
      await bench.act({ do: "credit", enterprise, nano: PLENTY_NANO });
      await bench.act({ do: "fill", enterprise, from: 0, to: rows, chats: CHATS });
      const count = async (work: () => Promise<unknown>) => {
        await work();
        await bench.act({ do: "count", enterprise, start: true });
        for (let n = 0; n < COUNTED; n++) await work();
        const all = await bench.act({ do: "count", enterprise, start: false });
        const sum = (of: "runs" | "rowsRead" | "rowsWritten") =>
          all.reduce((total, it) => total + it[of], 0) / COUNTED;
        return { statements: sum("runs"), rowsRead: sum("rowsRead"), rowsWritten: sum("rowsWritten") };
      };
      let next = 1_000_000_000;
      counted.push({
        rows,
        pair: await count(() =>
          bench.act({ do: "pairs", enterprise, of: "ledger", inFlight: 1, ms: 60_000, pairs: 1 }),
        ),
        report: await count(() =>
          bench.act({ do: "fill", enterprise, from: next, to: ++next, chats: CHATS }),
        ),
        usage: await count(() => bench.act({ do: "usage", enterprise })),
        selfCheckMs: await timed(() => bench.act({ do: "check", enterprise })),
        bytes: await bench.act({ do: "size", enterprise }),
      });
    }
    return counted;
  } finally {
    await bench.stop();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
