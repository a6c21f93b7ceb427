import { checkpoint } from "#ledger/checkpoint";
import { configure, setOwnCap } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { endOverdue } from "#ledger/end-overdue";
import { exchange } from "#ledger/exchange";
import type { LeaseAnswer } from "#ledger/lease-types";
import { versionOf } from "#ledger/price-book";
import { reserve } from "#ledger/reserve";
import { settle } from "#ledger/settle";
import type { CreditAsk, Refusal } from "#ledger/types";
import { usage } from "#ledger/usage";
import { voidCall } from "#ledger/void-call";
import type { LedgerUnderTest } from "../ledger-under-test.ts";
import type { Oracle } from "./oracle.ts";
import type { Step } from "./steps.ts";
import type { OracleLeaseAsk } from "./world.ts";

/** A step as it is delivered: times, the lease's epoch and the newest alert heard are numbers by now. */
export type Delivery =
  | Exclude<Step, { do: "credit" | "exchange" | "again" }>
  | { do: "credit"; ask: CreditAsk }
  | { do: "exchange"; ask: OracleLeaseAsk };

/** Fills in what depends on what was before. Null where there was nothing to deliver again. */
export function deliveryOf(step: Step, model: Oracle, before: readonly Delivery[]): Delivery | null {
  if (step.do === "again") return before[before.length - step.back] ?? null;
  if (step.do === "credit") {
    const { ask, expires_in } = step;
    return {
      do: "credit",
      ask: { ...ask, expires_at: expires_in === null ? null : model.now() + expires_in },
    };
  }
  if (step.do !== "exchange") return step;
  const { behind, heard, ...ask } = step.ask;
  const present = model.leases.get(ask.chat_id)?.epoch ?? 0;
  const alerts_after = heard === null ? null : Math.max(0, model.budgets.alerts.length - heard);
  // A want asks for the next, and so comes too late when it is behind.
  const epoch = Math.max(0, present - behind) + (ask.then.do === "want" ? 1 : 0);
  return { do: "exchange", ask: { ...ask, alerts_after, epoch } };
}

const LONG_MS = 3_600_000;

export function answerOf(ledger: LedgerUnderTest, next: Delivery): string {
  switch (next.do) {
    case "credit":
      return codeOr(credit(ledger, next.ask), (answer) => `ok ${answer.balance_nano}`);
    case "reserve":
      return codeOr(reserve(ledger, next.ask), (answer) => `ok ${answer.max_output}`);
    case "checkpoint":
      return codeOr(checkpoint(ledger, next.call, next.counts), () => "ok");
    case "settle":
      return codeOr(
        settle(ledger, next.call, next.attempts),
        (answer) => `ok ${answer.cost_nano} ${answer.chat_cost_nano} ${answer.balance_nano}`,
      );
    case "void":
      return codeOr(voidCall(ledger, next.call), () => "ok");
    case "exchange":
      return codeOr(exchange(ledger, asked(next.ask)), leaseText);
    case "configure":
      return codeOr(configure(ledger, next.change), () => "ok");
    case "cap":
      return codeOr(setOwnCap(ledger, next.user, next.limit), () => "ok");
    case "look":
      usage(ledger);
      return "ok";
    case "pass":
      ledger.pass(next.ms);
      // An alarm is never late by weeks, or the clock would be in doubt.
      if (next.ms > LONG_MS) endOverdue(ledger);
      return "ok";
  }
}

function asked(ask: OracleLeaseAsk) {
  const calls = ask.calls.map((call) => ({
    ...call,
    attempts: call.attempts.map(({ price, ...attempt }) => ({ ...attempt, price_version: versionOf(price) })),
  }));
  return { ...ask, calls };
}

/** A refusal by its code, and by whose limit it is where it says so. */
function codeOr<T extends { ok: true }>(answer: T | Refusal, text: (answer: T) => string): string {
  if (answer.ok) return text(answer);
  return "scope" in answer.details ? `${answer.code} ${answer.details.scope}` : answer.code;
}

function leaseText(answer: LeaseAnswer & { ok: true }): string {
  const { lease, wanted, refused, balance_nano, bill, alerts, newest_alert } = answer;
  return [
    lease
      ? `lease ${lease.epoch} ${lease.workflow} ${lease.amount_nano} ${lease.expires_at} ${lease.single} ${lease.turn_limit_nano}`
      : "no lease",
    wanted ? codeOr(wanted, (it) => `ok ${it.max_output}`) : "",
    ...refused.map((it) => `${it.call_id} ${it.refusal.code}`),
    `${balance_nano} ${bill.totals.cost_nano} ${bill.totals.calls}`,
    ...alerts.map(
      (it) => `${it.alert_id} ${it.scope} ${it.key} ${it.threshold} ${it.spent_nano} ${it.limit_nano}`,
    ),
    newest_alert,
  ].join("; ");
}

export function expectedOf(model: Oracle, next: Delivery): string {
  switch (next.do) {
    case "credit":
      return model.credit(next.ask);
    case "reserve":
      return model.reserve(next.ask);
    case "checkpoint":
      return model.checkpoint(next.call, next.counts);
    case "settle":
      return model.settle(next.call, next.attempts);
    case "void":
      return model.void(next.call);
    case "exchange":
      return expectedLease(model, next.ask);
    case "configure":
      return model.configure(next.change);
    case "cap":
      return model.setOwnCap(next.user, next.limit);
    case "look":
      model.look();
      return "ok";
    case "pass":
      model.pass(next.ms);
      if (next.ms > LONG_MS) model.sweep();
      return "ok";
  }
}

function expectedLease(model: Oracle, ask: OracleLeaseAsk): string {
  const answer = model.exchange(ask);
  if (typeof answer === "string") return answer;
  const { lease, single, wanted, refused, alerts, newest } = answer;
  const bill = model.facts.sums.get(`chat ${ask.chat_id}`);
  const turn = model.budgets.set.get("turn") ?? null;
  return [
    lease
      ? `lease ${lease.epoch} ${lease.workflow} ${lease.amount} ${lease.expires} ${single} ${turn}`
      : "no lease",
    wanted ?? "",
    ...refused,
    `${model.money.balance()} ${bill?.[7] ?? 0n} ${bill?.[1] ?? 0}`,
    ...alerts.map((it) => `${it.id} ${it.scope} ${it.key} ${it.threshold} ${it.spent} ${it.limit}`),
    newest,
  ].join("; ");
}
