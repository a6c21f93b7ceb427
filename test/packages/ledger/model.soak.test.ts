import { expect, test } from "vitest";
import { isTimeLeft } from "#test/support/soak-time";
import { checkRun } from "./oracle/check-run.ts";

const SEEDS = Number(process.env.LEDGER_SEEDS ?? 4);
const OPS = Number(process.env.LEDGER_OPS ?? 1_000_000);
const SEED = Number(process.env.LEDGER_SEED ?? Math.floor(Date.now() / 1_000));
/** A ledger and its oracle remember everything: many of them together make a long soak. */
const STEPS = 4_000;
const CHECK_EVERY = 500;

test(`every answer and every figure is the oracle's: up to ${SEEDS} times ${OPS} steps, from seed ${SEED} on`, () => {
  const runs = Math.ceil((SEEDS * OPS) / STEPS);
  let done = 0;
  while (done < runs && (done === 0 || isTimeLeft())) checkRun(SEED + done++, STEPS, CHECK_EVERY);
  console.log(`${done * STEPS} steps in ${done} ledgers, from seed ${SEED} on`);
  expect(done).toBeGreaterThan(0);
});
