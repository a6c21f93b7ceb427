import { noteRefusal } from "./alerts.ts";
import { lesser } from "./bigints.ts";
import { type Budget, budgetsOf } from "./budgets.ts";
import { affordableOutput, worstCaseNano } from "./cost.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import type { Op } from "./operate.ts";
import type { Price } from "./price-book.ts";
import { refuse } from "./refuse.ts";
import type { Refusal, Spender } from "./types.ts";
import type { Wallet } from "./wallet.ts";

export type Admitted = {
  ok: true;
  max_output: number;
  /** The call's worst case with that much output. */
  amount_nano: bigint;
  headroom_nano: bigint;
};

/**
 * Whether a call may be made: its worst case must fit into the wallet and into every budget that applies, beside
 * what is held. Where all of `max_output` is too dear but a useful part is not, admits that part.
 * Refuses INSUFFICIENT_BALANCE and BUDGET_EXCEEDED, or TEMPORARILY_HELD where only other holds stand in the way;
 * `details.scope` says which.
 */
export function admit(
  op: Op,
  who: Spender,
  call: { input_upper: number; max_output: number },
  pico: Price["pico"],
  wallet: Wallet,
): Admitted | Refusal {
  const purses = pursesOf(op, who, wallet);
  const useful = Math.min(call.max_output, LEDGER_LIMITS.minUsefulOutputTokens);
  const buys = (amount: bigint) => affordableOutput(amount, call.input_upper, pico);
  const short = purses.filter((purse) => buys(purse.free) < useful);
  const empty = short.find((purse) => buys(purse.whole) < useful);
  if (empty) {
    if (empty.budget) noteRefusal(op, empty.budget);
    return refuse(empty.budget ? "BUDGET_EXCEEDED" : "INSUFFICIENT_BALANCE", { scope: empty.scope });
  }
  if (short[0]) return refuse("TEMPORARILY_HELD", { scope: short[0].scope });
  const maxOutput = Math.min(call.max_output, ...purses.map((purse) => buys(purse.free)));
  return {
    ok: true,
    max_output: maxOutput,
    amount_nano: worstCaseNano(call.input_upper, maxOutput, pico),
    headroom_nano: leastOf(purses),
  };
}

/** The least that is free in the wallet and in any budget that lasts longer than a turn; below zero where one is overspent. */
export function headroom(op: Op, who: Spender, wallet: Wallet): bigint {
  return leastOf(pursesOf(op, who, wallet));
}

/** `free`: beside what is held. `whole`: if nothing were. */
type Purse = { scope: string; free: bigint; whole: bigint; budget: Budget | null };

function pursesOf(op: Op, who: Spender, wallet: Wallet): Purse[] {
  return [
    { scope: "wallet", free: wallet.available, whole: wallet.balance, budget: null },
    ...budgetsOf(op, who).map((budget) => {
      const whole = budget.limit - budget.spent;
      return { scope: budget.scope, free: whole - budget.held, whole, budget };
    }),
  ];
}

function leastOf(purses: readonly Purse[]): bigint {
  return purses
    .filter((purse) => purse.scope !== "turn")
    .map((purse) => purse.free)
    .reduce(lesser);
}
