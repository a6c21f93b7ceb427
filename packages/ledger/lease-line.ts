import type { LeaseBooks } from "./lease-books.ts";
import type { LeaseMeterDeps } from "./lease-meter.ts";
import type { Lease, LeaseAnswer, LeaseAsk } from "./lease-types.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import type { ReserveAsk } from "./types.ts";

type Then = LeaseAsk["then"];

/**
 * A chat's way to its ledger. An answer may be lost and an ask may come late, so nobody can take away what the chat
 * believes it has: it lets go of a lease first, in its own rows, and then asks for another or for none.
 */
export function leaseLine(deps: LeaseMeterDeps, books: LeaseBooks) {
  const { clock, chat_id, user_id } = deps;
  let last: Promise<unknown> = Promise.resolve();
  let deciding: Promise<unknown> = Promise.resolve();

  /** Exchanges follow one another: each tells what is unreported when it begins. */
  function inTurn<T>(decides: boolean, work: () => Promise<T>): Promise<T> {
    const next = last.then(work);
    last = next.catch(() => undefined);
    if (decides) deciding = last;
    return next;
  }

  /** `store` is done together with what the answer changes, before anything else can be. */
  async function tell(asked: Then, store: (answer: LeaseAnswer & { ok: true }) => void = () => undefined) {
    // What an ask has no room for is told before: another lease, or none, would not cover it.
    while (books.outstanding().unreported > LEDGER_LIMITS.maxCallsPerReport) {
      const answer = await say({ do: "keep", ttl_ms: deps.lease_ttl_ms }, () => undefined);
      if (!answer.ok) return answer;
    }
    return say(asked, store);
  }

  async function say(asked: Then, store: (answer: LeaseAnswer & { ok: true }) => void): Promise<LeaseAnswer> {
    const calls = books.unreported(LEDGER_LIMITS.maxCallsPerReport);
    const facts = books.untold(LEDGER_LIMITS.maxCallsPerReport);
    const held = books.held();
    const then = fitting(asked, held.lease);
    const epoch = then.do === "want" ? held.epoch + 1 : held.epoch;
    const sentAt = clock.now();
    const until = Math.max(held.lease?.expires_at ?? 0, held.unsure_until);
    if (then.do === "want")
      books.write({ lease: null, unsure_until: sentAt + then.ttl_ms, epoch: held.epoch + TRIES });
    if (then.do === "return") books.write({ lease: null, unsure_until: until });
    const answer = await deps.exchange({
      chat_id,
      user_id,
      epoch,
      calls: calls.map(({ ask, attempts, max_output }) => ({
        ...reportOf(ask),
        max_output,
        attempts: attempts!,
      })),
      facts: facts.map(({ text }) => JSON.parse(text)),
      alerts_after: held.newest_alert,
      then,
    });
    if (!answer.ok) {
      // Its rows are older than what it once asked for: as after a restore.
      if (typeof answer.details.epoch === "number") books.write({ epoch: answer.details.epoch });
      return answer;
    }
    books.transaction(() => {
      // What the ledger refused can't be told again: it has other figures of that call already.
      books.markReported(calls);
      books.forgetFacts(facts);
      books.write({
        lease: answer.lease && believed(answer.lease, then, held.lease, sentAt),
        chat_cost_nano: BigInt(answer.bill.totals.cost_nano),
        balance_nano: answer.balance_nano,
        newest_alert: answer.newest_alert,
      });
      store(answer);
    });
    deps.heard(answer);
    return answer;
  }

  function fitting(asked: Then, lease: Lease | null): Then {
    if (asked.do === "want") return asked;
    // What it once let go of is not taken up again, though the ledger may not know yet.
    if (!lease) return { do: "return" };
    // What is under way stays covered.
    const isUnderWay = books.outstanding().open > 0;
    return asked.do === "return" && isUnderWay ? { do: "keep", ttl_ms: deps.lease_ttl_ms } : asked;
  }

  return {
    inTurn,
    tell,
    /** Comes back when no exchange is under way after which the lease is another, or gone. */
    decided: () => deciding,
  };
}

/** An ask may be tried twice, and then the first may come after the second: each try wants an epoch of its own. */
const TRIES = 2;

export function secondTry(ask: LeaseAsk): LeaseAsk {
  return ask.then.do === "want" ? { ...ask, epoch: ask.epoch + 1 } : ask;
}

/** The lease by the chat's own clock, which may be another than the ledger's: it began at the latest when it was asked for. */
function believed(lease: Lease, then: Then, before: Lease | null, sentAt: number): Lease {
  const ttlMs = then.do === "return" ? 0 : then.ttl_ms;
  return {
    ...lease,
    expires_at: Math.min(lease.expires_at, sentAt + ttlMs),
    single: then.do === "keep" ? before?.single === true : lease.single,
  };
}

function reportOf(ask: ReserveAsk) {
  const { call_id, run_id, workflow, agent, model, input_upper } = ask;
  return { call_id, run_id, workflow, agent, model, input_upper };
}
