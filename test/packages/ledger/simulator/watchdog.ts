import { amountOf } from "#ledger/amount-of";
import type { LeaseAnswer, LeaseAsk } from "#ledger/lease-types";
import { LEDGER_LIMITS } from "#ledger/limits";
import { selfCheck } from "#ledger/self-check";
import type { SimChat } from "./chat.ts";
import type { Conditions } from "./conditions.ts";
import type { LedgerServer } from "./ledger-server.ts";
import type { Truth } from "./truth.ts";
import type { World } from "./world.ts";

type OpenLease = { amount: bigint; expires_at: number; epoch: number };

/** Looks at everything after every event, and throws at the first thing that may not be. */
export function makeWatchdog(world: World, conditions: Conditions, server: LedgerServer, truth: Truth) {
  const { sql } = server.ledger;
  const chats = new Map<string, SimChat>();
  /** What a chat has used or may use yet, and the ledger has not charged. */
  const exposed = new Map<string, bigint>();
  const charged = new Set<string>();
  const expired = new Set<string>();
  const cost = new Map<string, bigint>();
  let leases = new Map<string, OpenLease>();
  /** Charged when nothing was set aside for it any more, or not enough. */
  let uncovered = 0n;
  let before: { ask: LeaseAsk | null; now: number } | null = null;
  const heldTime = { held: 0, needed: 0 };

  function readLeases(): Map<string, OpenLease> {
    const rows = sql.exec(
      "SELECT chat_id, CAST(amount_nano AS TEXT) AS amount, expires_at, epoch FROM leases WHERE ended_at IS NULL",
    );
    return new Map(
      rows.map((row) => [
        String(row.chat_id),
        { amount: amountOf(row.amount), expires_at: Number(row.expires_at), epoch: Number(row.epoch) },
      ]),
    );
  }

  function beforeOperation(ask: LeaseAsk | null): void {
    before = { ask, now: server.ledger.clock.now() };
  }

  function afterOperation(ask: LeaseAsk | null, answer: LeaseAnswer | null): void {
    const was = leases;
    leases = readLeases();
    const { now } = before!;
    for (const [chatId, lease] of was) {
      const after = leases.get(chatId);
      if (lease.expires_at <= now && after?.epoch !== lease.epoch) expire(chatId);
    }
    for (const [chatId, lease] of leases) {
      if (lease.epoch !== was.get(chatId)?.epoch) expired.delete(chatId);
      if (answer?.ok && lease.expires_at <= now) throw new Error(`${chatId}'s lease is open past its end`);
    }
    // Also when its answer was lost with the process: the operation may have been done.
    if (ask && (answer === null || answer.ok)) charge(ask, was.get(ask.chat_id), now);
    checkBuckets();
    checkLimits();
  }

  function expire(chatId: string): void {
    expired.add(chatId);
    for (const call of truth.calls.values()) {
      if (call.ask.chat_id !== chatId || call.state !== "reached" || call.costs.length > 0) continue;
      const isSure = !conditions.faults.jumps || Math.abs(server.skewMs) <= LEDGER_LIMITS.leaseMarginMs / 2;
      if (isSure && world.now() < call.startedAt + call.ask.ttl_ms)
        throw new Error(`${call.ask.call_id} outlived its lease`);
    }
  }

  function charge(ask: LeaseAsk, lease: OpenLease | undefined, now: number): void {
    for (const call of ask.calls) {
      if (sql.exec("SELECT 1 FROM holds WHERE call_id = ?", call.call_id).length > 0)
        charged.add(call.call_id);
    }
    const [row] = sql.exec(
      "SELECT CAST(SUM(cost_nano) AS TEXT) AS cost FROM chat_sums WHERE chat_id = ?",
      ask.chat_id,
    );
    const after = amountOf(row?.cost);
    const more = after - (cost.get(ask.chat_id) ?? 0n);
    cost.set(ask.chat_id, after);
    const covered = lease && lease.expires_at > now && lease.epoch <= ask.epoch ? lease.amount : 0n;
    if (more > covered) uncovered += more - covered;
  }

  function checkBuckets(): void {
    const [row] = sql.exec(
      `SELECT COUNT(*) FILTER (WHERE balance_nano - held_nano < floor_nano) AS below,
         CAST(SUM(held_nano) AS TEXT) AS held, CAST(SUM(balance_nano) AS TEXT) AS everything,
         CAST(SUM(balance_nano) FILTER (WHERE kind = 'absorbed') AS TEXT) AS absorbed FROM accounts`,
    );
    if (row!.below !== 0) throw new Error("a bucket is below its floor");
    if (row!.everything !== "0") throw new Error("the books don't sum to zero");
    const held = [...leases.values()].reduce((sum, lease) => sum + lease.amount, 0n);
    if (amountOf(row!.held) !== held) throw new Error(`held ${row!.held}, leases ${held}`);
    if (-amountOf(row!.absorbed) > uncovered)
      throw new Error(`absorbed ${row!.absorbed}, uncovered ${uncovered}`);
  }

  function checkLimits(): void {
    const { app_month, user_day, chat } = conditions.limits;
    const worst = (grain: string, dim: string, key = "''") =>
      amountOf(
        sql.exec(
          `SELECT CAST(MAX(cost) AS TEXT) AS cost FROM (SELECT SUM(cost_nano) AS cost FROM (
             SELECT start_at, key, cost_nano FROM rollups WHERE grain = ? AND dim = ?
             UNION ALL
             SELECT ${grain}_at, ${key}, cost_nano FROM usage_rows WHERE row_id > (SELECT folded_row_id FROM ledger)
           ) GROUP BY start_at, key)`,
          grain,
          dim,
        )[0]?.cost,
      );
    if (app_month !== null) within("app_month", worst("month", "total"), app_month);
    if (user_day !== null) within("user_day", worst("day", "user", "user_id"), user_day);
    if (chat !== null) for (const spent of cost.values()) within("chat", spent, chat);
  }

  /** What was used under a lease that had ended before it was told is over any limit only by itself. */
  function within(scope: string, spent: bigint, limit: bigint): void {
    if (spent > limit + uncovered) throw new Error(`${scope}: ${spent} of ${limit}, ${uncovered} uncovered`);
  }

  /** Whatever a chat has used or may use is set aside in the ledger, until its lease has run out. */
  function checkCover(chat: SimChat): void {
    let open = 0n;
    for (const row of chat.sql.exec(
      "SELECT call_id, CAST(CASE state WHEN 'open' THEN worst_nano ELSE cost_nano END AS TEXT) AS n FROM lease_calls WHERE state <> 'reported'",
    )) {
      if (!charged.has(String(row.call_id))) open += amountOf(row.n);
    }
    exposed.set(chat.chat_id, open);
    const covered = leases.get(chat.chat_id)?.amount ?? 0n;
    if (open > covered && !expired.has(chat.chat_id) && !conditions.overruns)
      throw new Error(`${chat.chat_id}: ${open} may be used, ${covered} is set aside`);
  }

  return {
    add: (chat: SimChat) => chats.set(chat.chat_id, chat),
    beforeOperation,
    afterOperation,
    heldTime,
    uncovered: () => uncovered,
    leases: () => leases,
    /** Money times milliseconds, up to the next event. */
    pass(ms: number): void {
      for (const lease of leases.values()) heldTime.held += Number(lease.amount) * ms;
      for (const amount of exposed.values()) heldTime.needed += Number(amount) * ms;
    },
    look(what: string): void {
      const chat = chats.get(what.split(" ")[0]!);
      for (const one of chat ? [chat] : chats.values()) checkCover(one);
    },
    checkBooks(): void {
      const broken = selfCheck(server.ledger).checks.filter((check) => check.violations > 0);
      if (broken.length > 0) throw new Error(JSON.stringify(broken));
    },
  };
}
