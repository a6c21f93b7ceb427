import type { TokenCounts } from "#ledger/types";

/** One line of usage; a reversal has all its signs turned. */
export type Row = {
  call: string;
  user: string;
  chat: string;
  run: string;
  workflow: string;
  agent: string;
  model: string;
  calls: 1 | -1;
  runs: 0 | 1;
  tokens: TokenCounts;
  cost: bigint;
};
/** runs, calls, the five classes of tokens, cost */
export type Sums = [number, number, number, number, number, number, number, bigint];

const HOUR_MS = 3_600_000;

/** All usage, with every sum of it that anyone may ask for. */
export function facts(now: () => number, open: (grain: "day" | "month") => { start: number }) {
  const rows: Row[] = [];
  const sums = new Map<string, Sums>();
  const runs = new Set<string>();

  function add(key: string, row: Row) {
    const sum = sums.get(key) ?? [0, 0, 0, 0, 0, 0, 0, 0n];
    const { input, cache_read, cache_write, output, reasoning } = row.tokens;
    const parts: Sums = [row.runs, row.calls, input, cache_read, cache_write, output, reasoning, row.cost];
    sums.set(key, sum.map((figure, n) => (figure as number) + (parts[n] as number)) as Sums);
  }

  return {
    rows,
    sums,
    write(row: Omit<Row, "runs">): Row {
      const run = `${row.chat} ${row.run}`;
      const full: Row = { ...row, runs: row.calls === 1 && !runs.has(run) ? 1 : 0 };
      runs.add(run);
      rows.push(full);
      for (const grain of ["day", "month"] as const) {
        const { start } = open(grain);
        for (const [dim, key] of [
          ["total", ""],
          ["user", row.user],
          ["workflow", row.workflow],
          ["model", row.model],
          ["chat", row.chat],
        ] as const) {
          add(`${grain} ${start} ${dim} ${key}`, full);
        }
      }
      add(`hour ${now() - (now() % HOUR_MS)} total `, full);
      add(`bill ${row.chat} ${row.user} ${row.agent} ${row.model}`, full);
      add(`chat ${row.chat}`, full);
      add(`turn ${row.chat} ${row.run}`, full);
      return full;
    },
    spent: (key: string): bigint => sums.get(key)?.[7] ?? 0n,
  };
}

export type Facts = ReturnType<typeof facts>;
