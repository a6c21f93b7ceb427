import { configure } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { endOverdue } from "#ledger/end-overdue";
import { exchange } from "#ledger/exchange";
import type { LeaseAnswer, LeaseAsk } from "#ledger/lease-types";
import { emptyMemory } from "#ledger/memory";
import { nextDeadline } from "#ledger/next-deadline";
import { OFFLINE_PRICE } from "#ledger/price-book";
import { type LedgerUnderTest, ledgerUnderTest, ODD_PRICE } from "../ledger-under-test.ts";
import type { Conditions } from "./conditions.ts";
import { Died, type Life, mortalSql } from "./life.ts";
import type { World } from "./world.ts";

export type LedgerServer = ReturnType<typeof makeLedgerServer>;

/** The ledger's object: it dies before, within and after operations, and its alarm is lost, late or doubled. */
export function makeLedgerServer(world: World, conditions: Conditions) {
  const { random } = world;
  const ledger: LedgerUnderTest = ledgerUnderTest([OFFLINE_PRICE, ODD_PRICE]);
  const server = {
    ledger,
    skewMs: 0,
    downUntil: 0,
    /** Told of every operation, before and after it is done. */
    before: (_ask: LeaseAsk | null) => {},
    after: (_ask: LeaseAsk | null, _answer: LeaseAnswer | null) => {},
    /** @throws Died for what never got an answer; it may have been done. */
    handle,
    start,
  };
  ledger.clock = { now: () => world.now() + server.skewMs };
  let life: Life = { alive: true, pointsLeft: null };
  let deps = { ...ledger };
  let armedAt: number | null = null;

  function start(): void {
    life = { alive: true, pointsLeft: null };
    deps = { ...ledger, sql: mortalSql(ledger.sql, life, () => {}), memory: emptyMemory() };
  }

  function operate<T>(ask: LeaseAsk | null, work: () => T): T {
    server.before(ask);
    if (random.chance(conditions.faults.crashLedger)) life.pointsLeft = random.int(30);
    let answer: T;
    try {
      answer = work();
    } catch (cause) {
      if (!(cause instanceof Died)) throw cause;
      // Its last point lies after the commit: the operation may have been done.
      server.after(ask, null);
      start();
      throw cause;
    }
    life.pointsLeft = null;
    arm();
    server.after(ask, answer as LeaseAnswer | null);
    return answer;
  }

  function handle(ask: LeaseAsk): LeaseAnswer {
    if (world.now() < server.downUntil) throw new Died();
    return structuredClone(operate(ask, () => exchange(deps, structuredClone(ask))));
  }

  function arm(): void {
    const at = nextDeadline(ledger);
    if (at === null || (armedAt !== null && armedAt > ledger.clock.now() && armedAt <= at)) return;
    armedAt = at;
    if (random.chance(conditions.faults.loseAlarm)) return;
    const times = random.chance(conditions.faults.double) ? 2 : 1;
    const wait = Math.max(0, at - ledger.clock.now());
    for (let n = 0; n < times; n++) {
      world.after(wait + random.int(conditions.faults.delayMs), "alarm", ring);
    }
  }

  function ring(): void {
    armedAt = null;
    try {
      operate(null, () => endOverdue(deps));
    } catch (cause) {
      if (!(cause instanceof Died)) throw cause;
    }
  }

  for (const [n, amount] of conditions.grants.entries()) {
    const expires = conditions.isShortLived && n === 0 ? world.now() + random.between(30_000, 600_000) : null;
    credit(ledger, { kind: "topup", amount_nano: amount, key: `grant ${n}`, expires_at: expires });
  }
  configure(ledger, { limits: conditions.limits });
  start();
  return server;
}
