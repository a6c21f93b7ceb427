import { admit, headroom } from "./admit.ts";
import { alertsFor, type Listener, newestAlert } from "./alerts.ts";
import { greater } from "./bigints.ts";
import { takeFrom } from "./buckets.ts";
import { limitsOf } from "./budgets.ts";
import { chatSums } from "./chat-sums.ts";
import type { LedgerDeps } from "./deps.ts";
import { expireCredits } from "./expire-credits.ts";
import { noteFact } from "./facts.ts";
import { isLeaseAsk } from "./is-lease-ask.ts";
import { leaseSize } from "./lease-size.ts";
import type { Lease, LeaseAnswer, LeaseAsk, LeaseWant } from "./lease-types.ts";
import { findLease, freeLease, type LeaseRow, noteEnd, putLease, raiseEpoch } from "./leases.ts";
import { type Op, operate } from "./operate.ts";
import { priceFor } from "./price-for.ts";
import { refuse } from "./refuse.ts";
import { reportCall } from "./report-call.ts";
import { raiseSeq } from "./seq.ts";
import type { Refusal, Spender } from "./types.ts";
import { readWallet, type Wallet } from "./wallet.ts";

/**
 * What a chat has used under its lease is charged, and its lease goes on, grows or ends: one operation, so that no
 * other can come between what is freed and what is set aside again. Calls are charged once, however often and under
 * whichever lease they are reported. A lease of an earlier epoch is not there any more: what it reports is charged,
 * but it is not prolonged.
 * Refuses BAD_REQUEST, CONFLICT (the chat is another user's; or it has asked for a lease since: `details.epoch`) and
 * CLOCK_SKEW, with no effect.
 */
export function exchange(deps: LedgerDeps, ask: LeaseAsk): LeaseAnswer {
  if (!isLeaseAsk(ask)) return refuse("BAD_REQUEST");
  return operate(deps, (op): LeaseAnswer => {
    const row = findLease(op.sql, ask.chat_id);
    if (row && row.user_id !== ask.user_id) return refuse("CONFLICT", { chat_id: ask.chat_id });
    // It comes late, or twice: it must not touch the lease that the chat has now. All it reports is reported again.
    if (row && ask.then.do === "want" && ask.epoch <= row.epoch)
      return refuse("CONFLICT", { epoch: row.epoch });
    // Its own, or one before it: the chat never heard of that, or let go of it.
    const own = row?.ended_at === null && row.epoch <= ask.epoch ? row : null;
    const heard = ask.alerts_after ?? newestAlert(op);
    // Freed for the length of this operation: nothing else can take it meanwhile.
    if (own) freeLease(op, own);
    else if (row) raiseEpoch(op, ask.chat_id, ask.epoch);
    const refused: { call_id: string; refusal: Refusal }[] = [];
    let spent = 0n;
    for (const call of ask.calls) {
      const reported = reportCall(op, ask, call, own);
      if (reported.ok) spent += reported.cost_nano;
      else refused.push({ call_id: call.call_id, refusal: reported });
    }
    for (const fact of ask.facts) noteFact(op, ask.chat_id, fact);
    const { lease, wanted } = goOn(op, ask, row, own, spent);
    if (own && !lease) noteEnd(op, own, ask.epoch);
    op.freed = null;
    expireCredits(op);
    raiseSeq(op);
    const newest = newestAlert(op);
    return {
      ok: true,
      lease,
      wanted,
      refused,
      balance_nano: readWallet(op).balance,
      bill: chatSums(op.sql, ask.chat_id),
      alerts: newest > heard ? alertsFor(op, listenerOf(ask, row), heard) : [],
      newest_alert: newest,
    };
  });
}

type Outcome = { lease: Lease | null; wanted: (LeaseAnswer & { ok: true })["wanted"] };

function goOn(op: Op, ask: LeaseAsk, row: LeaseRow | null, own: LeaseRow | null, spent: bigint): Outcome {
  const { then } = ask;
  if (then.do === "want") return grant(op, ask, then);
  if (then.do === "return" || own?.epoch !== ask.epoch) return { lease: null, wanted: null };
  const rest = greater(own.amount_nano - spent, 0n);
  const expiresAt = Math.max(own.expires_at, op.now + then.ttl_ms);
  if (then.do === "keep")
    return {
      lease: setAside(op, { ...own, expires_at: expiresAt }, rest, false, readWallet(op)),
      wanted: null,
    };
  const wallet = readWallet(op);
  const free = headroom(op, spenderOf(ask, row), wallet);
  const { amount_nano, single } = leaseSize(then.need_nano, then.recent_nano, free);
  const amount = single ? rest : greater(rest, amount_nano);
  return { lease: setAside(op, { ...own, expires_at: expiresAt }, amount, single, wallet), wanted: null };
}

function grant(op: Op, ask: LeaseAsk, want: LeaseWant): Outcome {
  const priced = priceFor(op.prices, want.model, op.now);
  if (!priced.ok) return { lease: null, wanted: priced };
  const { price } = priced;
  expireCredits(op);
  const who = { ...ask, run_id: want.run_id, workflow: want.workflow };
  const wallet = readWallet(op);
  const admitted = admit(op, who, want, price.pico, wallet);
  if (!admitted.ok) return { lease: null, wanted: admitted };
  const { amount_nano, single } = leaseSize(admitted.amount_nano, want.recent_nano, admitted.headroom_nano);
  const next = {
    chat_id: ask.chat_id,
    user_id: ask.user_id,
    workflow: want.workflow,
    epoch: ask.epoch,
    buckets: {},
    opened_at: op.now,
    expires_at: op.now + want.ttl_ms,
  };
  return {
    lease: setAside(op, next, amount_nano, single, wallet),
    wanted: { ok: true, max_output: admitted.max_output, price_version: price.price_version },
  };
}

/** From the buckets it had before first, though one may have expired: what a lease took stays until it ends. */
function setAside(
  op: Op,
  lease: Omit<LeaseRow, "amount_nano" | "ended_at">,
  wantNano: bigint,
  single: boolean,
  wallet: Wallet,
): Lease {
  const { taken, short } = takeFrom(wallet.buckets, wantNano, Object.keys(lease.buckets));
  const { epoch, workflow, expires_at } = lease;
  const amount_nano = wantNano - short;
  putLease(op, { ...lease, amount_nano, buckets: taken });
  return {
    epoch,
    workflow,
    amount_nano,
    expires_at,
    single,
    turn_limit_nano: limitsOf(op).get("turn") ?? null,
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
