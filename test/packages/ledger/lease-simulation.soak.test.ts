import { test } from "vitest";
import { simulateMany } from "./simulator/simulate-many.ts";

/** Another stretch of seeds: SIM_SEED; more or fewer: SIM_SEEDS. */
const FIRST = Number(process.env.SIM_SEED ?? 1_000_000);
const SEEDS = Number(process.env.SIM_SEEDS ?? 10_000);

test(`in ${SEEDS} worlds from ${FIRST} on, nothing is overspent and every call is charged once`, async () => {
  console.log(await simulateMany(FIRST, SEEDS));
}, 3_600_000);
