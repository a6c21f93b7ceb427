import { admit, headroom } from "./admit.ts";
import { alertsFor, type Listener, newestAlert } from "./alerts.ts";
import { greater } from "./bigints.ts";
import { takeFrom } from "./buckets.ts";
import { readLimits } from "./budgets.ts";
import { chatSums } from "./chat-sums.ts";
import type { LedgerDeps } from "./deps.ts";
import { expireCredits } from "./expire-credits.ts";
import { noteFact } from "./facts.ts";
import { isLeaseAsk } from "./is-lease-ask.ts";
import { leaseSize } from "./lease-size.ts";
import type { Lease, LeaseAnswer, LeaseAsk, LeaseWant } from "./lease-types.ts";
import { endLease, findLease, type LeaseRow, putLease } from "./leases.ts";
import { type Op, operate } from "./operate.ts";
import { priceFor } from "./price-for.ts";
import { refuse } from "./refuse.ts";
import { reportCall } from "./report-call.ts";
import { raiseSeq } from "./seq.ts";
import type { Refusal, Spender } from "./types.ts";
import { readWallet } from "./wallet.ts";

/**
 * What a chat has used under its lease is charged, and its lease goes on, grows, shrinks or ends: one operation, so
 * that no other can come between what is freed and what is set aside again. Calls are charged once, however often
 * and under whichever lease they are reported. A lease of an earlier epoch is not there any more: what it reports
 * is charged, but it is not prolonged.
 * Refuses BAD_REQUEST, CONFLICT (the chat is another user's) and CLOCK_SKEW, with no effect.
 */
export function exchange(deps: LedgerDeps, ask: LeaseAsk): LeaseAnswer {
  if (!isLeaseAsk(ask)) return refuse("BAD_REQUEST");
  return operate(deps, (op): LeaseAnswer => {
    const row = findLease(op.sql, ask.chat_id);
    if (row && row.user_id !== ask.user_id) return refuse("CONFLICT", { chat_id: ask.chat_id });
    const open = row?.ended_at === null ? row : null;
    const own = open?.epoch === ask.epoch ? open : null;
    const heard = ask.alerts_after ?? newestAlert(op);
    // Freed for the length of this operation: nothing else can take it meanwhile.
    if (own) endLease(op, own);
    const refused: { call_id: string; refusal: Refusal }[] = [];
    let spent = 0n;
    for (const call of ask.calls) {
      const reported = reportCall(op, ask, call, own);
      if (reported.ok) spent += reported.cost_nano;
      else refused.push({ call_id: call.call_id, refusal: reported });
    }
    for (const fact of ask.facts) noteFact(op, ask.chat_id, fact);
    const { lease, wanted } = goOn(op, ask, row, own, spent);
    expireCredits(op);
    raiseSeq(op);
    return {
      ok: true,
      lease,
      wanted,
      refused,
      balance_nano: readWallet(op.sql).balance,
      bill: chatSums(op.sql, ask.chat_id),
      alerts: alertsFor(op, listenerOf(ask, row), heard),
      newest_alert: newestAlert(op),
    };
  });
}

type Outcome = { lease: Lease | null; wanted: (LeaseAnswer & { ok: true })["wanted"] };

function goOn(op: Op, ask: LeaseAsk, row: LeaseRow | null, own: LeaseRow | null, spent: bigint): Outcome {
  const { then } = ask;
  switch (then.do) {
    case "return":
      return { lease: null, wanted: null };
    case "keep": {
      if (!own) return { lease: null, wanted: null };
      // From the same buckets, though one may have expired: what a lease took stays until it ends.
      const amount = greater(own.amount_nano - spent, 0n);
      const taken = takeFrom(readWallet(op.sql).buckets, amount, Object.keys(own.buckets));
      const next = { ...own, amount_nano: amount - taken.short, buckets: taken.taken };
      return { lease: put(op, { ...next, expires_at: op.now + then.ttl_ms }, false), wanted: null };
    }
    case "renew": {
      if (!own) return { lease: null, wanted: null };
      expireCredits(op);
      const free = headroom(op, spenderOf(ask, own), readWallet(op.sql));
      const size = leaseSize(then.need_nano, then.recent_nano, free);
      if (size.single) return { lease: null, wanted: null };
      return { lease: setAside(op, own, size, then.ttl_ms), wanted: null };
    }
    case "want":
      return grant(op, ask, then, row);
  }
}

function grant(op: Op, ask: LeaseAsk, want: LeaseWant, row: LeaseRow | null): Outcome {
  const priced = priceFor(op.prices, want.model, op.now);
  if (!priced.ok) return { lease: null, wanted: priced };
  const { price } = priced;
  // The chat has lost the lease that is still open: its answer never came. What it set aside is free again.
  const lost = findLease(op.sql, ask.chat_id);
  if (lost?.ended_at === null) endLease(op, lost);
  expireCredits(op);
  const who = { ...ask, run_id: want.run_id, workflow: want.workflow };
  const admitted = admit(op, who, want, price.pico, readWallet(op.sql));
  if (!admitted.ok) return { lease: null, wanted: admitted };
  const size = leaseSize(admitted.amount_nano, want.recent_nano, admitted.headroom_nano);
  const next = {
    chat_id: ask.chat_id,
    user_id: ask.user_id,
    workflow: want.workflow,
    epoch: (row?.epoch ?? 0) + 1,
    opened_at: op.now,
  };
  return {
    lease: setAside(op, next, size, want.ttl_ms),
    wanted: { ok: true, max_output: admitted.max_output, price_version: price.price_version },
  };
}

function setAside(
  op: Op,
  lease: Omit<LeaseRow, "amount_nano" | "buckets" | "expires_at" | "ended_at">,
  size: { amount_nano: bigint; single: boolean },
  ttlMs: number,
): Lease {
  const { taken, short } = takeFrom(readWallet(op.sql).buckets, size.amount_nano);
  const amount = size.amount_nano - short;
  const next = { ...lease, amount_nano: amount, buckets: taken, expires_at: op.now + ttlMs };
  return put(op, next, size.single);
}

function put(op: Op, row: Omit<LeaseRow, "ended_at">, single: boolean): Lease {
  putLease(op, row);
  const { epoch, workflow, amount_nano, expires_at } = row;
  return {
    epoch,
    workflow,
    amount_nano,
    expires_at,
    single,
    turn_limit_nano: readLimits(op).get("turn") ?? null,
  };
}

/** Everything the chat did since the exchange before may have passed a threshold. */
function listenerOf(ask: LeaseAsk, row: LeaseRow | null): Listener {
  const { chat_id, user_id, calls, then } = ask;
  const wanted = then.do === "want" ? [then] : [];
  return {
    chat_id,
    user_id,
    runs: [...calls, ...wanted].map((it) => it.run_id),
    workflows: [...calls, ...wanted].map((it) => it.workflow).concat(row?.workflow ?? []),
  };
}

function spenderOf(ask: LeaseAsk, row: LeaseRow | null): Spender {
  const last = ask.then.do === "want" ? ask.then : ask.calls.at(-1);
  return {
    chat_id: ask.chat_id,
    user_id: ask.user_id,
    run_id: last?.run_id ?? "",
    workflow: last?.workflow ?? row?.workflow ?? "",
  };
}
