import { test } from "vitest";
import { checkRun } from "./check-run.ts";

/** The gate takes 2,000 steps a seed; a soak raises these, and moves LEDGER_SEED. */
const SEEDS = Number(process.env.LEDGER_SEEDS ?? 200);
const OPS = Number(process.env.LEDGER_OPS ?? 300);
const SEED = Number(process.env.LEDGER_SEED ?? 20_261_115);
const CHECK_EVERY = Number(process.env.LEDGER_CHECK_EVERY ?? OPS / 2);

/** Each part has files of its own, so that they run beside each other. */
const PARTS = 4;

/** Tests every fourth seed. @param part from 0 */
export function testModelPart(part: number): void {
  const seeds = Array.from({ length: SEEDS }, (_, n) => SEED + n).filter((_, n) => n % PARTS === part);
  test(`every answer and every figure is the oracle's, and every invariant holds: ${seeds.length} of ${SEEDS} seeds, ${OPS} steps each`, () => {
    for (const seed of seeds) checkRun(seed, OPS, CHECK_EVERY);
  }, 600_000);
}
