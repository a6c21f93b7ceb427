import * as z from "zod";
import { nano, time } from "../ids.ts";
import { period, tokenCounts, usageTotals } from "./usage.ts";

const amount = z.object({ amount_nano: nano, amount_usd: z.string() });

/**
 * One month of the app's balance. `opening + Σ movements = closing`, to the nano-USD, and `Σ lines = −(usage +
 * adjustments)`. Of a closed month every byte stays as it is: what is used or trued up later is in a later one.
 */
export const statement = z.object({
  enterprise_id: z.string(),
  period,
  start: time,
  end: time,
  /** The month is over. Until then the closing balance is the balance of `as_of`. */
  closed: z.boolean(),
  /** The end of a closed month. */
  as_of: time,
  opening: amount,
  movements: z.object({
    /** What came in, by kind: `topup`, `plan`, `trial`, `promotion`. */
    credits: z.array(amount.extend({ kind: z.string() })),
    /** What calls cost when they were charged; zero or less. */
    usage: amount,
    /** Estimates that were taken back, and other corrections. */
    adjustments: amount,
    /** What of the cost the platform bore, because nothing was left to pay it from. */
    absorbed: amount,
    /** Credit that was past its date; zero or less. */
    expired: amount,
  }),
  closing: amount,
  /** Part of the balance that is below zero: `opening + drawn − repaid = closing`. */
  debt: z.object({ opening: amount, drawn: amount, repaid: amount, closing: amount }),
  /** By workflow, model and price version (pico-USD a token: input/cache_read/cache_write/output/reasoning). */
  lines: z.array(
    z.object({
      workflow: z.string(),
      model: z.string(),
      price_version: z.string(),
      calls: z.number().int(),
      tokens: tokenCounts,
      cost_nano: nano,
      cost_usd: z.string(),
    }),
  ),
  /** Sum of the lines. */
  totals: usageTotals,
  /** The dearest users; `other_users` is what all others used, where there are any. */
  by_user: z.array(usageTotals.extend({ key: z.string() })),
  other_users: usageTotals.nullable(),
});
export type Statement = z.infer<typeof statement>;
