import { expect, test } from "vitest";
import { isTimeLeft } from "#test/support/soak-time";
import { simulateMany } from "./simulator/simulate-many.ts";

/** Another stretch of seeds: SIM_SEED; more or fewer: SIM_SEEDS. */
const FIRST = Number(process.env.SIM_SEED ?? 1_000_000);
const SEEDS = Number(process.env.SIM_SEEDS ?? 10_000);

test(`in ${SEEDS} worlds from ${FIRST} on, nothing is overspent and every call is charged once`, async () => {
  const figures = await simulateMany(FIRST, SEEDS, isTimeLeft);
  console.log(figures);
  expect(figures.calls).toBeGreaterThan(figures.seeds);
});
