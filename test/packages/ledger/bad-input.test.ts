import { expect, test } from "vitest";
import { analytics } from "#ledger/analytics";
import { checkpoint } from "#ledger/checkpoint";
import { configure, setOwnCap } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { exchange } from "#ledger/exchange";
import type { ReportedCall } from "#ledger/lease-types";
import { reserve } from "#ledger/reserve";
import { settle } from "#ledger/settle";
import { voidCall } from "#ledger/void-call";
import { busyLedger } from "./busy-ledger.ts";
import { changed, dump } from "./dump.ts";
import { ask, attempt, counts, type LedgerUnderTest, leaseAsk, MODEL, WANT } from "./ledger-under-test.ts";

const VERSION = "100000/25000/100000/400000/400000";

const report = (change: Partial<ReportedCall> = {}): ReportedCall => ({
  ...{ call_id: "leased", run_id: "run_2", workflow: "support", agent: "helper", model: MODEL },
  ...{ input_upper: 100, max_output: 50, attempts: [{ ...attempt({ input: 5 }), price_version: VERSION }] },
  ...change,
});

const NO_NUMBERS: [string, never][] = [
  ["-1", -1],
  ["a fraction", 0.5],
  ["far too much", 1e300],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["text", "5"],
  ["a bigint", 5n],
  ["null", null],
  ["an object", {}],
] as [string, never][];
const NO_AMOUNTS: [string, never][] = [
  ["-1n", -1n],
  ["far too much", 10n ** 17n],
  ["a number", 5],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["text", "5"],
  ["an object", {}],
] as [string, never][];
const NO_KEYS: [string, never][] = [
  ["empty", ""],
  ["too long", "x".repeat(513)],
  ["a number", 5],
  ["null", null],
  ["an object", {}],
] as [string, never][];

type Bad = [says: string, work: (ledger: LedgerUnderTest) => unknown];

const each = (
  values: [string, never][],
  says: string,
  work: (ledger: LedgerUnderTest, value: never) => unknown,
) => values.map(([name, value]): Bad => [`${says}: ${name}`, (ledger) => work(ledger, value)]);

const BAD: Bad[] = [
  ...(["input_upper", "max_output", "ttl_ms"] as const).flatMap((field) =>
    each(NO_NUMBERS, `reserve's ${field}`, (ledger, value) => reserve(ledger, ask("b", { [field]: value }))),
  ),
  ...(["call_id", "user_id", "chat_id", "run_id", "workflow", "agent", "model"] as const).flatMap((field) =>
    each(NO_KEYS, `reserve's ${field}`, (ledger, value) => reserve(ledger, ask("b", { [field]: value }))),
  ),
  ...each(NO_NUMBERS, "a checkpoint's count", (ledger, value) =>
    checkpoint(ledger, "open", counts({ reasoning: value })),
  ),
  ...each(NO_NUMBERS, "a settled count", (ledger, value) =>
    settle(ledger, "open", [attempt({ cache_write: value })]),
  ),
  ...each(NO_NUMBERS, "a settled attempt's number", (ledger, value) =>
    settle(ledger, "open", [attempt({}, { attempt: value })]),
  ),
  ...each(NO_AMOUNTS, "a credit's amount", (ledger, value) =>
    credit(ledger, { kind: "topup", amount_nano: value, key: "new" }),
  ),
  ...each(NO_KEYS, "a credit's key", (ledger, value) =>
    credit(ledger, { kind: "topup", amount_nano: 1n, key: value }),
  ),
  ...each(
    NO_NUMBERS.filter(([name]) => name !== "null"),
    "a credit's expiry",
    (ledger, value) => credit(ledger, { kind: "topup", amount_nano: 1n, key: "new", expires_at: value }),
  ),
  ...each(NO_NUMBERS, "a credit's priority", (ledger, value) =>
    credit(ledger, { kind: "topup", amount_nano: 1n, key: "new", priority: value }),
  ),
  ...each(NO_KEYS, "a plan's period", (ledger, value) =>
    credit(ledger, { kind: "plan", amount_nano: 1n, key: "new", period: value }),
  ),
  ...each(NO_AMOUNTS, "a limit", (ledger, value) => configure(ledger, { limits: { chat: value } })),
  ...each(NO_AMOUNTS, "an overdraft", (ledger, value) => configure(ledger, { overdraft_nano: value })),
  ...each(NO_AMOUNTS, "a person's own cap", (ledger, value) => setOwnCap(ledger, "ann", value)),
  ...each(NO_NUMBERS, "a markup", (ledger, value) =>
    configure(ledger, { terms: { owner_markup_bps: value } }),
  ),
  ...each(NO_NUMBERS, "a share", (ledger, value) =>
    configure(ledger, { terms: { shares: [{ account: "author", bps: value }] } }),
  ),
  ...each(NO_NUMBERS, "a lease's epoch", (ledger, value) =>
    exchange(ledger, leaseAsk({ do: "return" }, { epoch: value })),
  ),
  ...each(
    NO_NUMBERS.filter(([name]) => name !== "null"),
    "the newest alert heard of",
    (ledger, value) => exchange(ledger, leaseAsk({ do: "return" }, { epoch: 1, alerts_after: value })),
  ),
  ...each(NO_NUMBERS, "a lease's ttl", (ledger, value) =>
    exchange(ledger, leaseAsk({ do: "keep", ttl_ms: value }, { epoch: 1 })),
  ),
  ...(["input_upper", "max_output", "ttl_ms"] as const).flatMap((field) =>
    each(NO_NUMBERS, `a wanted lease's ${field}`, (ledger, value) =>
      exchange(ledger, leaseAsk({ ...WANT, [field]: value }, { epoch: 1 })),
    ),
  ),
  ...each(NO_AMOUNTS, "a lease's hint", (ledger, value) =>
    exchange(ledger, leaseAsk({ ...WANT, recent_nano: value }, { epoch: 1 })),
  ),
  ...each(NO_AMOUNTS, "a renewed lease's need", (ledger, value) =>
    exchange(ledger, leaseAsk({ do: "renew", need_nano: value, recent_nano: 0n, ttl_ms: 5 }, { epoch: 1 })),
  ),
  ...each(NO_NUMBERS, "a reported count", (ledger, value) => {
    const attempts = [{ ...attempt({ output: value }), price_version: VERSION }];
    return exchange(ledger, leaseAsk({ do: "return" }, { epoch: 1, calls: [report({ attempts })] }));
  }),
  ...each(NO_KEYS, "a reported call's id", (ledger, value) =>
    exchange(ledger, leaseAsk({ do: "return" }, { epoch: 1, calls: [report({ call_id: value })] })),
  ),
  ...each(
    [
      ...NO_KEYS,
      ["foreign", "x"],
      ["negative", "-1/0/0/0/0"],
      ["absurd", `${10n ** 30n}/0/0/0/0`],
      ["absurd from a length on", `1/1/1/1/1>5:${10n ** 30n}/0/0/0/0`],
    ] as [string, never][],
    "a reported price",
    (ledger, value) => {
      const attempts = [{ ...attempt({ output: 1 }), price_version: value }];
      return exchange(ledger, leaseAsk({ do: "return" }, { epoch: 1, calls: [report({ attempts })] }));
    },
  ),
  [
    "a report of no attempt",
    (it) => exchange(it, leaseAsk({ do: "return" }, { calls: [report({ attempts: [] })] })),
  ],
  [
    "a report too long",
    (it) => exchange(it, leaseAsk({ do: "return" }, { calls: Array(257).fill(report()) })),
  ],
  ["a lease of no known kind", (it) => exchange(it, leaseAsk({ do: "steal" } as never))],
  ...[null, undefined, 5, "x"].flatMap((value): Bad[] => [
    [`a reserve of ${value}`, (it) => reserve(it, value as never)],
    [`a settle of ${value}`, (it) => settle(it, "open", value as never)],
    [`attempts of ${value}`, (it) => settle(it, "open", [value as never])],
    [`a checkpoint of ${value}`, (it) => checkpoint(it, "open", value as never)],
    [`a credit of ${value}`, (it) => credit(it, value as never)],
    [`an exchange of ${value}`, (it) => exchange(it, value as never)],
    [`calls of ${value}`, (it) => exchange(it, leaseAsk({ do: "return" }, { calls: [value as never] }))],
    [`a change to ${value}`, (it) => configure(it, value as never)],
    [`shares of ${value}`, (it) => configure(it, { terms: { shares: [value as never] } })],
  ]),
  ...[null, undefined, 5, {}].flatMap((value): Bad[] => [
    [`a settle of call ${value}`, (it) => settle(it, value as never, [attempt({})])],
    [`a void of call ${value}`, (it) => voidCall(it, value as never)],
    [`a checkpoint of call ${value}`, (it) => checkpoint(it, value as never, counts())],
  ]),
  ["a source nobody has", (it) => settle(it, "open", [attempt({}, { source: "guess" as never })])],
  [
    "33 attempts",
    (it) =>
      settle(
        it,
        "open",
        Array.from({ length: 33 }, (_, n) => attempt({}, { attempt: n })),
      ),
  ],
  ["limits that are none", (it) => configure(it, { limits: null as never })],
  ["a limit of no known scope", (it) => configure(it, { limits: { galaxy: 5n } as never })],
  ["terms that are none", (it) => configure(it, { terms: null as never })],
  ["a time zone that is none", (it) => configure(it, { time_zone: "Mars/Olympus" })],
  [
    "shares of more than all",
    (it) => configure(it, { terms: { shares: [share("a", 6_000), share("b", 4_001)] } }),
  ],
  ["two shares of one account", (it) => configure(it, { terms: { shares: [share("a", 1), share("a", 2)] } })],
  [
    "one good change beside a bad one",
    (it) => configure(it, { overdraft_nano: 9n, time_zone: "Mars/Olympus" }),
  ],
  ["a plan's grant for no period", (it) => credit(it, { kind: "plan", amount_nano: 1n, key: "new" })],
  ["a period of no plan", (it) => credit(it, { kind: "topup", amount_nano: 1n, key: "new", period: "p" })],
  ["a span of days that is none", (it) => analytics(it, { from: "2026-11-31x" })],
];

function share(account: string, bps: number) {
  return { account, bps };
}

test.each(BAD)("not valid, and without any effect: %s", (_, work) => {
  const ledger = busyLedger();
  const before = dump(ledger);
  expect(work(ledger)).toMatchObject({ ok: false, code: "BAD_REQUEST" });
  expect(changed(before, dump(ledger))).toEqual([]);
});
