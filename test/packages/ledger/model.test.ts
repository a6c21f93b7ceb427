import { test } from "vitest";
import { checkRun } from "./oracle/check-run.ts";

/** A soak raises these, and moves LEDGER_SEED. */
const SEEDS = Number(process.env.LEDGER_SEEDS ?? 200);
const OPS = Number(process.env.LEDGER_OPS ?? 300);
const SEED = Number(process.env.LEDGER_SEED ?? 20_261_115);
const CHECK_EVERY = Number(process.env.LEDGER_CHECK_EVERY ?? 150);

test(`every answer and every figure is the oracle's, and every invariant holds: ${SEEDS} seeds of ${OPS} steps`, () => {
  for (let n = 0; n < SEEDS; n++) checkRun(SEED + n, OPS, CHECK_EVERY);
}, 600_000);
