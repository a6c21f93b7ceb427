import { readLimits } from "#ledger/budgets";
import { sessionBill } from "#ledger/session-bill";
import { usage } from "#ledger/usage";
import { usageOfUser } from "#ledger/usage-of-user";
import type { LedgerUnderTest } from "../ledger-under-test.ts";
import type { Sums } from "./facts.ts";
import type { Oracle } from "./oracle.ts";

/** What may change with a step: every balance, what is held and by whom, how much was written. */
export function figuresOf({ sql }: LedgerUnderTest): string {
  const [row] = sql.exec(`SELECT
    (SELECT group_concat(name || ' ' || balance_nano || ' ' || held_nano, ', ') FROM (
       SELECT COALESCE(credit_key, account_id) AS name, balance_nano, held_nano FROM accounts
       WHERE balance_nano <> 0 OR held_nano <> 0 ORDER BY 1)) AS accounts,
    (SELECT group_concat(chat_id || ' ' || epoch || ' ' || amount_nano || ' ' || expires_at, ', ') FROM (
       SELECT * FROM leases WHERE ended_at IS NULL ORDER BY chat_id)) AS leases,
    (SELECT group_concat(call_id || ' ' || amount_nano, ', ') FROM (
       SELECT call_id, amount_nano FROM holds WHERE state = 'open' ORDER BY call_id)) AS holds,
    (SELECT COALESCE(MAX(row_id), 0) FROM usage_rows) AS rows,
    (SELECT COALESCE(MAX(alert_id), 0) FROM alerts) AS alerts,
    (SELECT COUNT(*) FROM windows) AS windows`);
  return Object.values(row!)
    .map((part) => part ?? "")
    .join("\n");
}

export function expectedFigures(model: Oracle): string {
  const accounts = [
    ...model.money.buckets.map(({ ask, balance, held }) => [ask.key, balance, held] as const),
    ...[...model.money.accounts].map(([name, balance]) => [name, balance, 0n] as const),
  ].filter(([, balance, held]) => balance !== 0n || held !== 0n);
  const leases = [...model.leases.values()].filter((lease) => lease.open);
  return [
    listed(accounts.map((parts) => parts.join(" "))),
    listed(leases.map(({ chat, epoch, amount, expires }) => `${chat} ${epoch} ${amount} ${expires}`)),
    listed([...model.openCalls].map(({ call_id, amount }) => `${call_id} ${amount}`)),
    model.facts.rows.length,
    model.budgets.alerts.length,
    model.windows.day.length + model.windows.month.length,
  ].join("\n");
}

/** By name: the first word of each. */
function listed(lines: string[]): string {
  const name = (line: string) => line.slice(0, line.indexOf(" "));
  return lines.sort((a, b) => (name(a) < name(b) ? -1 : 1)).join(", ");
}

const SUMS = "runs, calls, input, cache_read, cache_write, output, reasoning, cost_nano";

/** Everything kept or answered that is not compared at each step. */
export function everythingOf(ledger: LedgerUnderTest) {
  const { sql } = ledger;
  const sums = (query: string) =>
    sql.exec(query).map((row) => [String(row.name), Object.values(row).slice(1).join(" ")] as const);
  const limits = [...readLimits(ledger)].map(([scope, limit]) => `${scope} ${limit}`);
  const answer = usage(ledger);
  return {
    limits,
    sums: Object.fromEntries([
      ...sums(`SELECT grain || ' ' || start_at || ' ' || dim || ' ' || key AS name, ${SUMS} FROM rollups`),
      ...sums(
        `SELECT 'bill ' || chat_id || ' ' || user_id || ' ' || agent || ' ' || model AS name, ${SUMS} FROM chat_sums`,
      ),
    ]),
    alerts: sql
      .exec(
        "SELECT alert_id, scope, key, start_at, threshold, limit_nano, spent_nano FROM alerts ORDER BY alert_id",
      )
      .map((row) => Object.values(row).join(" ")),
    windows: sql
      .exec("SELECT grain, start_at, end_at, label, opening_nano FROM windows ORDER BY grain, start_at")
      .map((row) => Object.values(row).join(" ")),
    balance: `${answer.balance_nano} ${answer.held_nano}`,
    bills: CHATS.map((chat) => {
      const bill = sessionBill(ledger, chat, { limit: 1 });
      return [
        `${chat} ${bill.final} ${bill.totals.cost_nano} ${bill.totals.calls} ${bill.totals.total_tokens}`,
        ...bill.by_model.map((line) => `${line.key} ${line.cost_nano}`).sort(),
      ].join(" ");
    }),
    budgets: USERS.flatMap((user) =>
      usageOfUser(ledger, user).budgets.map(
        (it) => `${it.scope} ${it.key} ${it.spent_nano} ${it.held_nano} ${it.limit_nano}`,
      ),
    ),
  };
}

const CHATS = ["c1", "c2", "c3", "c4"];
const USERS = ["ann", "bob", "cyd"];
const PERSONAL = ["user_day", "user_month", "own_cap"];

export function expectedEverything(model: Oracle): ReturnType<typeof everythingOf> {
  model.look();
  const { facts, budgets, windows, money, openCalls } = model;
  const kept = [...facts.sums].filter(([key]) => !/^(chat|turn) /.test(key));
  const leased = [...model.leases.values()];
  return {
    limits: [...budgets.set].map(([scope, limit]) => `${scope} ${limit}`),
    sums: Object.fromEntries(kept.map(([key, sum]) => [key, sum.join(" ")])),
    alerts: budgets.alerts.map((it) =>
      [it.id, it.scope, it.key, it.start, it.threshold, it.limit, it.spent].join(" "),
    ),
    windows: (["day", "month"] as const).flatMap((grain) =>
      windows[grain].map((it) => [grain, it.start, it.end, it.label, it.opening].join(" ")),
    ),
    balance: `${money.balance()} ${money.held()}`,
    bills: CHATS.map((chat) => {
      const open =
        [...openCalls].some((call) => call.chat_id === chat) ||
        leased.some((lease) => lease.open && lease.chat === chat);
      const sum: Sums = facts.sums.get(`chat ${chat}`) ?? [0, 0, 0, 0, 0, 0, 0, 0n];
      const tokens = sum[2] + sum[3] + sum[4] + sum[5] + sum[6];
      return [`${chat} ${!open} ${sum[7]} ${sum[1]} ${tokens}`, ...byModel(model, chat)].join(" ");
    }),
    budgets: USERS.flatMap((user_id) =>
      budgets
        .budgets({ user_id, chat_id: "", run_id: "", workflow: "" })
        .filter(({ scope }) => PERSONAL.includes(scope))
        .map((it) => `${it.scope} ${it.key} ${it.spent} ${it.held} ${it.limit}`),
    ),
  };
}

function byModel(model: Oracle, chat: string): string[] {
  const found = new Map<string, { calls: number; cost: bigint }>();
  for (const row of model.facts.rows) {
    if (row.chat !== chat) continue;
    const { calls, cost } = found.get(row.model) ?? { calls: 0, cost: 0n };
    found.set(row.model, { calls: calls + row.calls, cost: cost + row.cost });
  }
  return [...found]
    .filter(([, { calls, cost }]) => calls !== 0 || cost !== 0n)
    .map(([key, { cost }]) => `${key} ${cost}`)
    .sort();
}
