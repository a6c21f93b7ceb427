import type { Spender } from "#ledger/types";
import type { charging } from "./calls.ts";
import { distinct, figures, newCall } from "./calls.ts";
import type { limits } from "./limits.ts";
import { type Bucket, type Money, most, type Taken } from "./money.ts";
import type { OracleLeaseAsk, OracleReport, World } from "./world.ts";

export type Lease = {
  chat: string;
  user: string;
  workflow: string;
  epoch: number;
  amount: bigint;
  taken: Taken;
  expires: number;
  open: boolean;
};
type Outcome = { lease: Lease | null; single: boolean; wanted: string | null };

const NONE: Outcome = { lease: null, single: false, wanted: null };

export function leasing(
  world: World,
  books: {
    money: Money;
    budgets: ReturnType<typeof limits>;
    charges: ReturnType<typeof charging>;
    expire: () => void;
  },
) {
  const { money, budgets, charges, expire } = books;
  const leases = new Map<string, Lease>();

  function end(lease: Lease) {
    money.hold(lease.taken, -1n);
    Object.assign(lease, { taken: new Map(), amount: 0n, open: false });
  }

  function put(lease: Omit<Lease, "taken" | "open">, first: Bucket[] = []): Lease {
    const { taken, short } = money.take(lease.amount, first);
    money.hold(taken, 1n);
    const full = { ...lease, amount: lease.amount - short, taken, open: true };
    leases.set(lease.chat, full);
    return full;
  }

  /** Its cost, or why it is refused. */
  function report(ask: OracleLeaseAsk, call: OracleReport, first: Bucket[]): bigint | string {
    const attempts = distinct(call.attempts);
    if (!attempts) return "IDEMPOTENCY_MISMATCH";
    const payload = attempts.map(figures).join();
    const known = world.calls.get(call.call_id);
    if (known)
      return known.payload === payload && known.chat_id === ask.chat_id ? 0n : "IDEMPOTENCY_MISMATCH";
    const made = newCall({ ...call, user_id: ask.user_id, chat_id: ask.chat_id });
    Object.assign(made, { state: "settled", payload });
    world.calls.set(call.call_id, made);
    return attempts.reduce((sum, attempt) => sum + charges.charge(made, attempt, first), 0n);
  }

  function size(need: bigint, recent: bigint, headroom: bigint) {
    const amount = most(2n * need + 4n * recent, 1n);
    const single = headroom < 20n * amount;
    return { amount: single ? need : amount, single };
  }

  function goOn(ask: OracleLeaseAsk, last: Lease | undefined, own: Lease | null, spent: bigint): Outcome {
    const { then } = ask;
    if (then.do === "return") return NONE;
    const until = world.now + then.ttl_ms;
    if (then.do === "want") {
      const price = world.priceOf(then.model);
      if (!price) return { ...NONE, wanted: "UNKNOWN_MODEL" };
      expire();
      const who = {
        chat_id: ask.chat_id,
        user_id: ask.user_id,
        run_id: then.run_id,
        workflow: then.workflow,
      };
      const admitted = budgets.admit(who, then, price);
      if (typeof admitted === "string") return { ...NONE, wanted: admitted };
      const { amount, single } = size(admitted.amount, then.recent_nano, admitted.headroom);
      const { chat_id: chat, user_id: user, epoch } = ask;
      const lease = put({ chat, user, workflow: then.workflow, epoch, amount, expires: until });
      return { lease, single, wanted: `ok ${admitted.output}` };
    }
    if (own?.epoch !== ask.epoch) return NONE;
    const before = [...own.taken.keys()];
    const left = most(own.amount - spent, 0n);
    const expires = Math.max(own.expires, until);
    if (then.do === "keep") return { ...NONE, lease: put({ ...own, amount: left, expires }, before) };
    const { amount, single } = size(then.need_nano, then.recent_nano, budgets.headroom(spenderOf(ask, last)));
    const next = single ? left : most(left, amount);
    return { ...NONE, single, lease: put({ ...own, amount: next, expires }, before) };
  }

  function spenderOf(ask: OracleLeaseAsk, lease: Lease | undefined): Spender {
    const last = ask.then.do === "want" ? ask.then : ask.calls.at(-1);
    return {
      chat_id: ask.chat_id,
      user_id: ask.user_id,
      run_id: last?.run_id ?? "",
      workflow: last?.workflow ?? lease?.workflow ?? "",
    };
  }

  return {
    leases,
    endOverdue() {
      for (const lease of leases.values()) if (lease.open && lease.expires <= world.now) end(lease);
    },
    exchange(ask: OracleLeaseAsk) {
      const last = leases.get(ask.chat_id);
      if (last && last.user !== ask.user_id) return "CONFLICT";
      const heard = ask.alerts_after ?? budgets.alerts.length;
      if (last && ask.then.do === "want" && ask.epoch <= last.epoch) return "CONFLICT";
      const own = last?.open && last.epoch <= ask.epoch ? { ...last } : null;
      if (own) end(last!);
      if (last && last.epoch < ask.epoch) last.epoch = ask.epoch;
      const refused: string[] = [];
      let spent = 0n;
      for (const call of ask.calls) {
        const cost = report(ask, call, own ? [...own.taken.keys()] : []);
        if (typeof cost === "bigint") spent += cost;
        else refused.push(`${call.call_id} ${cost}`);
      }
      const outcome = goOn(ask, last, own, spent);
      expire();
      const done = [...ask.calls, ...(ask.then.do === "want" ? [ask.then] : [])];
      const who = {
        chat: ask.chat_id,
        user: ask.user_id,
        runs: done.map((it) => it.run_id),
        workflows: [...done.map((it) => it.workflow), last?.workflow ?? ""],
      };
      return { ...outcome, refused, alerts: budgets.heard(who, heard), newest: budgets.alerts.length };
    },
  };
}
