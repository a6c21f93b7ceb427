import { amountOf } from "./amount-of.ts";
import { greater, lesser } from "./bigints.ts";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { type Op, operate } from "./operate.ts";
import { postTransfer } from "./post-transfer.ts";
import { refuse } from "./refuse.ts";
import { raiseSeq } from "./seq.ts";
import type { CreditAnswer, CreditAsk } from "./types.ts";
import { readWallet } from "./wallet.ts";

/** Lower burns first: what was given away, or ends with its month, goes before what was paid for. */
const PRIORITY = { plan: 5, trial: 10, promotion: 20, topup: 30 } as const;

/**
 * Adds a bucket of credit, once per key; a debt is paid back from it first. Of a plan's grant only what its period
 * was not granted yet is added: nothing, where a plan with as much was granted before.
 * Refuses BAD_REQUEST and IDEMPOTENCY_MISMATCH.
 */
export function credit(deps: LedgerDeps, ask: CreditAsk): CreditAnswer {
  if (!isCreditAsk(ask)) return refuse("BAD_REQUEST");
  return operate(deps, (op) => {
    const known = op.sql.exec(
      "SELECT account_id, credit_payload FROM accounts WHERE credit_key = ?",
      ask.key,
    )[0];
    if (!known) return answer(op, open(op, ask));
    const same = known.credit_payload === payloadOf(ask);
    return same ? answer(op, String(known.account_id)) : refuse("IDEMPOTENCY_MISMATCH", { key: ask.key });
  });
}

function open(op: Op, ask: CreditAsk): string {
  const id = op.newId("cr");
  const amount = ask.period === undefined ? ask.amount_nano : newlyGranted(op, ask, ask.period);
  op.sql.exec(
    `INSERT INTO accounts (account_id, kind, floor_nano, credit_kind, credit_key, credit_payload, granted_nano,
       grant_period, priority, expires_at, opened_at)
     VALUES (?, 'bucket', 0, ?, ?, ?, CAST(? AS INTEGER), ?, ?, ?, ?)`,
    id,
    ask.kind,
    ask.key,
    payloadOf(ask),
    String(amount),
    ask.period ?? null,
    ask.priority ?? PRIORITY[ask.kind],
    ask.expires_at ?? null,
    op.now,
  );
  postTransfer(op, "credit", [
    { account_id: `source:${ask.kind}`, amount_nano: -amount },
    { account_id: id, amount_nano: amount },
  ]);
  const owed = lesser(readWallet(op).debt, amount);
  postTransfer(op, "repay", [
    { account_id: id, amount_nano: -owed },
    { account_id: "overdraft", amount_nano: owed },
  ]);
  raiseSeq(op);
  return id;
}

/** All grants of one period come to the highest of them. */
function newlyGranted(op: Op, ask: CreditAsk, period: string): bigint {
  const [row] = op.sql.exec(
    "SELECT CAST(SUM(granted_nano) AS TEXT) AS granted FROM accounts WHERE credit_kind = 'plan' AND grant_period = ?",
    period,
  );
  return greater(ask.amount_nano - amountOf(row?.granted), 0n);
}

function payloadOf(ask: CreditAsk): string {
  const { kind, amount_nano, expires_at, priority, period } = ask;
  return JSON.stringify([kind, String(amount_nano), expires_at ?? null, priority ?? null, period ?? null]);
}

function answer(op: Op, creditId: string): CreditAnswer {
  return { ok: true, credit_id: creditId, balance_nano: readWallet(op).balance };
}

function isCreditAsk(ask: CreditAsk): boolean {
  if (typeof ask !== "object" || ask === null) return false;
  const { kind, amount_nano, key, expires_at, priority, period } = ask;
  return (
    Object.hasOwn(PRIORITY, kind) &&
    (period === undefined) === (kind !== "plan") &&
    (period === undefined || isKey(period)) &&
    (priority === undefined || (Number.isSafeInteger(priority) && priority >= 0)) &&
    typeof amount_nano === "bigint" &&
    amount_nano > 0n &&
    amount_nano <= LEDGER_LIMITS.maxCreditNano &&
    isKey(key) &&
    (expires_at === undefined || expires_at === null || (Number.isSafeInteger(expires_at) && expires_at >= 0))
  );
}

function isKey(text: unknown): boolean {
  return typeof text === "string" && text.length > 0 && text.length <= LEDGER_LIMITS.maxKeyLength;
}
