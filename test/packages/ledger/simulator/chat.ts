import { LEASE_TABLES } from "#ledger/held-lease";
import { type LeaseMeter, leaseMeter } from "#ledger/lease-meter";
import { nodeSql } from "#test/support/sqlite";
import { attempt, counts } from "../ledger-under-test.ts";
import { CHAT_TABLES, type ChatRows, chatRows, type Run } from "./chat-rows.ts";
import { type Life, mortalSql } from "./life.ts";
import type { Simulation } from "./simulate.ts";
import { turn } from "./turn.ts";

const LEASE_TTL_MS = 600_000;
const IDLE_MS = 30_000;
const WATCH_MS = 10_000;
const MAX_INTERRUPTIONS = 3;

export type SimChat = ReturnType<typeof makeChat>;

/** A chat with its own database: it dies at any moment, and another process goes on with its rows, or none ever does. */
export function makeChat(sim: Simulation, chat_id: string, user_id: string) {
  const { world, conditions } = sim;
  const { random } = world;
  const sql = nodeSql();
  for (const table of [...LEASE_TABLES, ...CHAT_TABLES]) sql.exec(table);
  const chat = { chat_id, user_id, sql, skewMs: 0, isLost: false, say, wake, kill, leave };
  let life: Life = { alive: false, pointsLeft: null };
  let rows: ChatRows;
  let meter: LeaseMeter;
  let isWorking = false;
  let isWatched = false;

  function wake(): void {
    if (life.alive || chat.isLost) return;
    const { crashChat } = conditions.faults;
    life = { alive: true, pointsLeft: random.chance(crashChat) ? random.int(80) : null };
    const born = life;
    const own = mortalSql(sql, born, died);
    rows = chatRows(own);
    meter = leaseMeter({
      sql: own,
      clock: { now: () => world.now() + chat.skewMs },
      prices: sim.prices,
      chat_id,
      user_id,
      lease_ttl_ms: LEASE_TTL_MS,
      heard: ({ refused }) => {
        if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused)}`);
      },
      exchange: (ask) => sim.network.exchange(ask, born),
    });
    isWorking = isWatched = false;
    world.watch(drive(true), born);
  }

  function died(): void {
    life.alive = false;
    world.note(`${chat_id} died`);
    if (random.chance(conditions.isCalm ? 0 : 0.06)) chat.isLost = true;
    else
      world.after(random.chance(0.2) ? random.int(1_500_000) : random.int(20_000), `${chat_id} wakes`, wake);
  }

  function kill(): void {
    if (life.alive) died();
  }

  function say(): void {
    wake();
    if (chat.isLost) return;
    world.watch(
      (async () => {
        rows.addInput();
        await drive(false);
      })(),
      life,
    );
  }

  /** The last one watching is gone: nothing to keep money aside for. */
  function leave(): void {
    if (life.alive && !isBusy() && meter.held()) world.watch(meter.giveBack(), life);
  }

  async function drive(isFresh: boolean): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    try {
      let run = rows.last();
      if (isFresh && run && run.status !== "over") mend(run);
      if (run?.status !== "running" && meter.hasUnreported()) await meter.endRun();
      for (run = next(); run; run = next()) await turn(sim, { chat_id, user_id, rows, meter, life }, run);
    } finally {
      isWorking = false;
    }
    watch();
  }

  function next(): Run | null {
    const last = rows.last();
    if (last && last.status !== "over") return last;
    if (rows.waiting() === 0) return null;
    rows.begin({
      run_id: `${chat_id}/${rows.runs()}`,
      status: "running",
      step: 0,
      steps: random.between(1, 4),
      interruptions: 0,
      calling: null,
      unsettled: null,
    });
    return rows.last();
  }

  /** A call under way when the process died is settled by what had been heard of it; now and then, by its checkpoint. */
  function mend(run: Run): void {
    run.interruptions++;
    if (run.calling) {
      const { call_id, model, input_upper, output } = run.calling;
      const heard = attempt(counts({ input: input_upper, output }), { model, source: "estimated" });
      run.unsettled = { call_id, attempts: random.chance(0.5) ? [heard] : [] };
      run.calling = null;
    }
    if (run.interruptions >= MAX_INTERRUPTIONS) run.status = "failed";
    rows.save(run);
  }

  function isBusy(): boolean {
    return (
      isWorking || rows.waiting() > 0 || meter.hasUnreported() || (rows.last()?.status ?? "over") !== "over"
    );
  }

  /** Looks after the chat until there is nothing left to do, and gives its lease back after a while of silence. */
  function watch(): void {
    if (isWatched || (!isBusy() && !meter.held())) return;
    if (random.chance(conditions.faults.loseAlarm * 0.3)) return;
    isWatched = true;
    const times = random.chance(conditions.faults.double) ? 2 : 1;
    for (let n = 0; n < times; n++) {
      world.after(WATCH_MS + random.int(conditions.faults.delayMs), `${chat_id} watch`, look, life);
    }
  }

  function look(): void {
    isWatched = false;
    const held = meter.held();
    const isIdle = held && world.now() + chat.skewMs >= held.used_at + IDLE_MS;
    if (isBusy()) world.watch(drive(false), life);
    else if (isIdle) world.watch(meter.giveBack().then(watch), life);
    else watch();
  }

  return chat;
}
