import { greater } from "./bigints.ts";
import { LEDGER_LIMITS } from "./limits.ts";

/**
 * How much a lease sets aside: two calls at their worst, and what four recent runs cost, so that a chat in full
 * swing comes back for more only at the end of a run. Where there is not room for twenty of that size, it is one
 * call's worst case, and ends with the run: many chats share what is left.
 * @param needNano worst case of the call it is asked for
 */
export function leaseSize(
  needNano: bigint,
  recentNano: bigint,
  headroomNano: bigint,
): { amount_nano: bigint; single: boolean } {
  const amount = greater(2n * needNano + 4n * recentNano, 1n);
  const single = headroomNano < LEDGER_LIMITS.leasesInHeadroom * amount;
  return { amount_nano: single ? needNano : amount, single };
}
