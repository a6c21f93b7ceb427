import { openBuckets, walletOf } from "./buckets.ts";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { type Op, operate } from "./operate.ts";
import { postTransfer } from "./post-transfer.ts";
import { refuse } from "./refuse.ts";
import { raiseSeq } from "./seq.ts";
import type { CreditAnswer, CreditAsk } from "./types.ts";

/** Lower burns first: what was given away goes before what was paid for. */
const PRIORITY = { trial: 10, promotion: 20, topup: 30 } as const;

/** Adds a bucket of credit, once per key. Refuses BAD_REQUEST and IDEMPOTENCY_MISMATCH. */
export function credit(deps: LedgerDeps, ask: CreditAsk): CreditAnswer {
  if (!isCreditAsk(ask)) return refuse("BAD_REQUEST");
  return operate(deps, (op) => {
    const known = op.sql.exec(
      `SELECT account_id, credit_kind, CAST(granted_nano AS TEXT) AS granted, expires_at FROM accounts
       WHERE credit_key = ?`,
      ask.key,
    )[0];
    if (!known) return answer(op, open(op, ask));
    const same =
      known.credit_kind === ask.kind &&
      known.granted === String(ask.amount_nano) &&
      known.expires_at === (ask.expires_at ?? null);
    return same ? answer(op, String(known.account_id)) : refuse("IDEMPOTENCY_MISMATCH", { key: ask.key });
  });
}

function open(op: Op, ask: CreditAsk): string {
  const id = op.newId("cr");
  op.sql.exec(
    `INSERT INTO accounts (account_id, kind, floor_nano, credit_kind, credit_key, granted_nano, priority, expires_at, opened_at)
     VALUES (?, 'bucket', 0, ?, ?, CAST(? AS INTEGER), ?, ?, ?)`,
    id,
    ask.kind,
    ask.key,
    String(ask.amount_nano),
    PRIORITY[ask.kind],
    ask.expires_at ?? null,
    op.now,
  );
  postTransfer(op, "credit", [
    { account_id: `source:${ask.kind}`, amount_nano: -ask.amount_nano },
    { account_id: id, amount_nano: ask.amount_nano },
  ]);
  raiseSeq(op);
  return id;
}

function answer(op: Op, creditId: string): CreditAnswer {
  return { ok: true, credit_id: creditId, balance_nano: walletOf(openBuckets(op.sql)).balance };
}

function isCreditAsk(ask: CreditAsk): boolean {
  const { kind, amount_nano, key, expires_at } = ask;
  return (
    Object.hasOwn(PRIORITY, kind) &&
    typeof amount_nano === "bigint" &&
    amount_nano > 0n &&
    amount_nano <= LEDGER_LIMITS.maxCreditNano &&
    typeof key === "string" &&
    key.length > 0 &&
    key.length <= LEDGER_LIMITS.maxKeyLength &&
    (expires_at === undefined || expires_at === null || (Number.isSafeInteger(expires_at) && expires_at >= 0))
  );
}
