import type { Alert } from "./alerts.ts";
import type { ChatSums } from "./chat-sums.ts";
import type { Fact } from "./facts.ts";
import type { Attempt, Refusal, ReserveAsk } from "./types.ts";

/** What a chat holds of the ledger for its next stretch of work. Amounts are nano-USD. */
export type Lease = {
  epoch: number;
  workflow: string;
  amount_nano: bigint;
  expires_at: number;
  /** Little is left: it covers one call and ends with its run. */
  single: boolean;
  /** What one turn may cost, where the owner limits it: the holder watches it. */
  turn_limit_nano: bigint | null;
};

/** A call that was made under a lease and has ended. */
export type ReportedCall = Pick<
  ReserveAsk,
  "call_id" | "run_id" | "workflow" | "agent" | "model" | "input_upper" | "max_output"
> & { attempts: (Attempt & { price_version: string })[] };

/** The call that a lease is asked for. */
export type LeaseWant = Pick<
  ReserveAsk,
  "run_id" | "workflow" | "model" | "input_upper" | "max_output" | "ttl_ms"
> & {
  do: "want";
  /** What the chat's last runs cost, as a hint for the size. */
  recent_nano: bigint;
};

/**
 * One exchange between a chat and the ledger: what was used, and what shall become of the lease.
 * `keep`: as much as is left of it, with a new end. `renew`: as large again as at first; where money is short it is not
 * enlarged, but `single`. Neither makes it smaller, so the chat may spend under it before it hears the answer, and
 * though an ask comes late or twice. `return`: it ends. `want`: a lease for a call, in the place of the one there is.
 */
export type LeaseAsk = {
  chat_id: string;
  user_id: string;
  /**
   * Of the lease the chat has, or last asked for; 0 for none. Of a want, the new lease's: higher than any before. The
   * chat has let go of every lease below it.
   */
  epoch: number;
  calls: ReportedCall[];
  facts: Fact[];
  /** The newest alert the chat has heard of; null at first. */
  alerts_after: number | null;
  then:
    | { do: "keep"; ttl_ms: number }
    | { do: "renew"; need_nano: bigint; recent_nano: bigint; ttl_ms: number }
    | { do: "return" }
    | LeaseWant;
};

/** `details` of a refused want and of a refused call are as in `reserve` and `settle`. */
export type LeaseAnswer =
  | {
      ok: true;
      lease: Lease | null;
      /** Of a `want`: how much output is admitted, or why none is. */
      wanted: { ok: true; max_output: number; price_version: string } | Refusal | null;
      /** Calls whose figures could not be taken: they clash with what was reported before, or make no sense. */
      refused: { call_id: string; refusal: Refusal }[];
      balance_nano: bigint;
      bill: ChatSums;
      alerts: Alert[];
      newest_alert: number;
    }
  | Refusal;
