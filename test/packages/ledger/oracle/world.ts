import type { LeaseAsk, ReportedCall } from "#ledger/lease-types";
import type { Price } from "#ledger/price-book";
import type { Terms } from "#ledger/terms";
import type { Attempt } from "#ledger/types";
import type { Grain, Window } from "./calendar.ts";
import type { Call } from "./calls.ts";

/** What all parts of the oracle share. */
export type World = {
  now: number;
  calls: Map<string, Call>;
  openCalls: Set<Call>;
  priceOf: (model: string) => Price | undefined;
  open: (grain: Grain) => Window;
};
export type Rules = { terms: Terms };

/** The oracle takes a price as it is, not as the text of a version. */
export type PricedAttempt = Attempt & { price: Price };
export type OracleReport = Omit<ReportedCall, "attempts"> & { attempts: PricedAttempt[] };
export type OracleLeaseAsk = Omit<LeaseAsk, "calls"> & { calls: OracleReport[] };
