import type { LeaseMeter } from "#ledger/lease-meter";
import type { Attempt, ReserveAsk, TokenCounts } from "#ledger/types";
import { attempt, counts, MODEL, ODD_PRICE } from "../ledger-under-test.ts";
import type { ChatRows, Run } from "./chat-rows.ts";
import type { Life } from "./life.ts";
import type { Simulation } from "./simulate.ts";

const CALL_TTL_MS = 300_000;
const REPORT_MS = 1_000;
const PATIENCE_MS = [0, 250, 1_000, 3_000];

type Chat = { chat_id: string; user_id: string; rows: ChatRows; meter: LeaseMeter; life: Life };

/** A turn as the runtime drives it: each step is rows before it is done, so that whoever comes after a crash goes on. */
export async function turn(sim: Simulation, chat: Chat, run: Run): Promise<void> {
  const { rows, meter, life } = chat;
  const { random, sleep } = sim.world;
  let isDue = false;
  /** Told within a second, also in the middle of a long run. */
  function used(): void {
    if (isDue) return;
    isDue = true;
    sim.world.after(
      REPORT_MS,
      `${chat.chat_id} report`,
      () => {
        isDue = false;
        if (run.status === "running" && meter.hasUnreported()) sim.world.watch(meter.report(), life);
      },
      life,
    );
  }

  for (;;) {
    if (run.unsettled) {
      await settle(sim, chat, run.unsettled);
      run.unsettled = null;
      rows.save(run);
      used();
    }
    if (run.status === "running" && run.step < run.steps) await callModel(sim, chat, run);
    else break;
    if (random.chance(0.3)) await sleep(random.int(5_000), life);
  }
  const isPause = run.status === "running" && random.chance(0.15);
  const told = await closeBooks(sim, chat, isPause);
  if (told && isPause) sim.mustHoldNothing(chat.chat_id);
  run.status = "over";
  rows.save(run);
}

async function settle(sim: Simulation, { meter }: Chat, end: { call_id: string; attempts: Attempt[] }) {
  sim.truth.ending(end.call_id, end.attempts);
  const settled = await meter.settle(end.call_id, end.attempts);
  if (settled.ok) sim.truth.settled(end.call_id, end.attempts, settled.cost_nano);
  else if (settled.code !== "NOT_FOUND" || sim.truth.calls.get(end.call_id)?.state === "reached")
    throw new Error(`${end.call_id} can't be settled: ${settled.code}`);
}

async function callModel(sim: Simulation, chat: Chat, run: Run): Promise<void> {
  const { rows, meter, life } = chat;
  const { random, sleep } = sim.world;
  const ask: ReserveAsk = {
    call_id: `${run.run_id}/${run.step}/${run.interruptions}`,
    user_id: chat.user_id,
    chat_id: chat.chat_id,
    run_id: run.run_id,
    workflow: random.chance(0.9) ? "support" : "sales",
    agent: "helper",
    model: random.chance(0.8) ? MODEL : ODD_PRICE.model,
    input_upper: random.between(0, 3_000),
    max_output: random.between(1, 2_048),
    ttl_ms: CALL_TTL_MS,
  };
  run.calling = { call_id: ask.call_id, model: ask.model, input_upper: ask.input_upper, output: 0 };
  rows.save(run);
  const before = sim.network.exchanges();
  sim.truth.asked(ask);
  const reserved = await meter.reserve(ask);
  sim.reserved(reserved.ok, sim.network.exchanges() === before);
  if (!reserved.ok) {
    if (reserved.code === "LEDGER_UNAVAILABLE") await meter.void(ask.call_id);
    sim.truth.refused(ask.call_id);
    run.calling = null;
    run.status = "failed";
    return rows.save(run);
  }
  if (random.chance(0.05)) {
    await meter.void(ask.call_id);
    sim.truth.voided(ask.call_id);
    run.calling = null;
    run.step++;
    return rows.save(run);
  }
  sim.truth.reached(ask.call_id);

  const input = random.int(ask.input_upper + 1);
  const most = sim.conditions.overruns ? 2 * reserved.max_output : reserved.max_output;
  const output = random.int(most + 1);
  const isStopped = random.chance(0.15);
  const takesMs = random.chance(0.05) ? random.int(CALL_TTL_MS - 1_000) : random.int(15_000);
  const pieces = random.between(0, 3);
  let heard = 0;
  for (let n = 1; n <= pieces; n++) {
    await sleep(Math.floor(takesMs / (pieces + 1)), life);
    heard = Math.min(reserved.max_output, Math.floor((output * n) / (pieces + 1)));
    const soFar: TokenCounts = counts({ input: ask.input_upper, output: heard });
    sim.truth.checkpoint(ask.call_id, soFar);
    await meter.checkpoint(ask.call_id, soFar);
    run.calling.output = heard;
    rows.save(run);
    if (isStopped) break;
  }
  if (!isStopped) await sleep(Math.floor(takesMs / (pieces + 1)), life);
  const unknown = attempt(
    { input: ask.input_upper, output: heard },
    { model: ask.model, source: "estimated" },
  );
  const known = attempt({ input, output }, { model: ask.model, response_id: `r ${ask.call_id}` });
  run.unsettled = { call_id: ask.call_id, attempts: [isStopped ? unknown : known] };
  run.calling = null;
  run.step++;
  rows.save(run);
}

/** @returns whether the ledger has heard of all */
async function closeBooks(sim: Simulation, { meter, life }: Chat, isPause: boolean): Promise<boolean> {
  const held = meter.held();
  if (!meter.hasUnreported() && !(held && (isPause || held.single))) return true;
  for (const patience of PATIENCE_MS) {
    await sim.world.sleep(patience, life);
    const answer = isPause ? await meter.giveBack() : await meter.endRun();
    if (answer.ok) return true;
  }
  return false;
}
