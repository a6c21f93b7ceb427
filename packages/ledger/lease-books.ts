import type { Sql } from "#base/sql";
import { maxCounts } from "./counts.ts";
import type { Fact } from "./facts.ts";
import { type HeldLease, readHeldLease, writeHeldLease } from "./held-lease.ts";
import {
  addLeasedCall,
  endLeasedCall,
  forgetReported,
  type LeasedCall,
  leasedCalls,
  markReported,
} from "./leased-calls.ts";
import type { TokenCounts } from "./types.ts";
import { addFact, forgetFacts, type UntoldFact, untoldFacts } from "./untold-facts.ts";

export type LeaseBooks = ReturnType<typeof leaseBooks>;

type Outstanding = { open: number; open_nano: bigint; unreported: number; unreported_nano: bigint };

/**
 * The chat's side of a lease: its rows, and the same in memory, so that a call costs the writes it needs and no reads.
 * The rows are the truth: whoever comes after a crash begins with them, and what a transaction undoes is forgotten here.
 * There is one of these for a database.
 */
export function leaseBooks(sql: Sql) {
  let lease: HeldLease | null = null;
  /** Of this run and those that the ledger has not heard of, oldest first. */
  let calls: Map<string, LeasedCall> | null = null;
  let facts: Map<string, string> | null = null;
  /** What a transaction has still to write of the lease. */
  let unwritten: Partial<HeldLease> | null = null;

  const all = () => (calls ??= new Map(leasedCalls(sql).map((call) => [call.call_id, call])));
  const untold = () => (facts ??= new Map(untoldFacts(sql).map(({ key, text }) => [key, text])));
  const held = () => (lease ??= readHeldLease(sql));
  const inState = (state: LeasedCall["state"]) => [...all().values()].filter((call) => call.state === state);

  /** All of it or nothing; within another one, a part of that. */
  function transaction<T>(work: () => T): T {
    if (unwritten) return work();
    unwritten = {};
    try {
      return sql.transaction(() => {
        const result = work();
        if (unwritten && Object.keys(unwritten).length > 0) writeHeldLease(sql, unwritten);
        return result;
      });
    } catch (cause) {
      lease = calls = facts = null;
      throw cause;
    } finally {
      unwritten = null;
    }
  }

  /** Writes some of the lease; one of null keeps the epoch it had, unless there is another. `unsure_until` goes with it. */
  function write(change: Partial<HeldLease>): void {
    const next = { ...held(), ...change };
    if (change.lease) next.epoch = change.lease.epoch;
    if (change.lease !== undefined) next.unsure_until = change.lease ? 0 : (change.unsure_until ?? 0);
    if (unwritten) Object.assign(unwritten, change);
    else writeHeldLease(sql, change);
    lease = next;
  }

  return {
    transaction,
    held,
    write,
    find: (callId: string): LeasedCall | null => all().get(callId) ?? null,
    open: (): LeasedCall[] => inState("open"),
    /** Calls that have ended and that the ledger has not heard of, oldest first. */
    unreported: (limit: number): LeasedCall[] => inState("ended").slice(0, limit),
    /** What calls under way may still cost, and what ended ones did that are not reported. */
    outstanding(): Outstanding {
      const sums = { open: 0, open_nano: 0n, unreported: 0, unreported_nano: 0n };
      for (const call of all().values()) {
        if (call.state === "open") {
          sums.open += 1;
          sums.open_nano += call.worst_nano;
        } else if (call.state === "ended") {
          sums.unreported += 1;
          sums.unreported_nano += call.cost_nano!;
        }
      }
      return sums;
    },
    add(call: Omit<LeasedCall, "state" | "attempts" | "cost_nano" | "call_id">): void {
      const { call_id } = call.ask;
      all().set(call_id, { ...call, call_id, state: "open", attempts: null, cost_nano: null });
      addLeasedCall(sql, call);
    },
    /** @returns the most that was counted of the call so far */
    checkpoint(call: LeasedCall, counts: TokenCounts): TokenCounts {
      const most = maxCounts(call.checkpoint, counts);
      sql.exec("UPDATE lease_calls SET checkpoint = ? WHERE call_id = ?", JSON.stringify(most), call.call_id);
      call.checkpoint = most;
      return most;
    },
    end(call: LeasedCall, attempts: NonNullable<LeasedCall["attempts"]>, cost: bigint): void {
      Object.assign(call, { state: "ended", attempts, cost_nano: cost });
      endLeasedCall(sql, call.call_id, attempts, cost);
    },
    markReported(told: readonly LeasedCall[]): void {
      for (const { call_id } of told) all().get(call_id)!.state = "reported";
      markReported(
        sql,
        told.map(({ call_id }) => call_id),
      );
    },
    /** Reported calls are kept until the next run begins: until then their end may be told again. */
    forgetReported(): void {
      const old = inState("reported");
      if (old.length === 0) return;
      for (const { call_id } of old) all().delete(call_id);
      forgetReported(sql);
    },
    /** Of a call whose provider was never reached. */
    drop(callId: string): void {
      if (all().get(callId)?.state !== "open") return;
      sql.exec("DELETE FROM lease_calls WHERE call_id = ?", callId);
      all().delete(callId);
    },
    untold: (limit: number): UntoldFact[] =>
      [...untold()].slice(0, limit).map(([key, text]) => ({ key, text })),
    note(fact: Fact): void {
      const { key, text } = addFact(sql, fact);
      untold().set(key, text);
    },
    forgetFacts(told: readonly UntoldFact[]): void {
      for (const { key, text } of told) if (untold().get(key) === text) untold().delete(key);
      forgetFacts(sql, told);
    },
  };
}
