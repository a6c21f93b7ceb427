import { LIMITS } from "#base/limits";
import type { Alert } from "#ledger/alerts";
import type { LeaseMeter } from "#ledger/lease-meter";
import type { LeaseAnswer } from "#ledger/lease-types";
import { type RunState, spendingsOf } from "#runtime/run-state";
import { usageInTheEnd } from "#runtime/usage-event";
import type { Deps } from "../compose.ts";
import { leaseMeterFor } from "../token-ledger/lease-meter-for.ts";
import { emitUsage } from "./emit-usage.ts";
import { noteAlert } from "./note-happening.ts";
import { broadcast, emit, type Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";

/** The chat's meter: what the ledger has to tell about budgets is told to everybody here. */
export function meterOf(
  deps: Deps,
  storage: DurableObjectStorage,
  room: Room,
  open: SessionOpen,
): LeaseMeter {
  return leaseMeterFor(deps, storage, open, ({ alerts, refused }) => {
    for (const alert of alerts) {
      emit(room, "chat.token_budget_alert", alertFrame(alert));
      noteAlert(room, alert);
    }
    for (const { call_id, refusal } of refused) {
      deps.log("error", "ledger.call_refused", { call_id, code: refusal.code });
    }
  });
}

function alertFrame({ scope, threshold, spent_nano, limit_nano }: Alert) {
  return { scope, threshold, spent_nano: String(spent_nano), limit_nano: String(limit_nano) };
}

/** Ends the calls that a run leaves behind as it stops, with no await in between: they are not free. */
export function settleLast(room: Room, meter: LeaseMeter, run: RunState): void {
  for (const it of spendingsOf(run)) {
    // Of a call that was under way the end is unknown: no attempts.
    const left = it.unsettled ?? (it.calling && { ...it.calling, attempts: [] });
    if (!left) continue;
    it.unsettled = it.calling = null;
    const settled = meter.settleNow(left.call_id, left.attempts);
    if (settled.ok) emitUsage(room, run, usageInTheEnd(left.agent ?? run.agent, settled, left.shown));
  }
}

/** Waits between attempts to reach the ledger at the end of a run, in milliseconds. */
const PATIENCE_MS = [250, 1_000, 3_000];

/**
 * Tells the ledger what a run used, before its end is said: a bill is shown as the ledger has it. The lease goes back
 * before a pause for a person, which may last for days.
 * @returns false when the ledger could not be reached: what was used is told later
 */
export async function closeBooks(
  room: Room,
  meter: LeaseMeter,
  chatId: string,
  pauses: boolean,
  wait: (ms: number) => Promise<unknown>,
): Promise<boolean> {
  const held = meter.held();
  if (!meter.hasUnreported() && !(held && (pauses || held.single))) return true;
  for (const patience of [0, ...PATIENCE_MS]) {
    if (patience > 0) await wait(patience);
    const answer = pauses ? await meter.giveBack() : await meter.endRun();
    if (answer.ok) {
      summarise(room, chatId, answer.bill);
      return true;
    }
  }
  return false;
}

/** The chat's bill so far takes the place of the one before. */
function summarise(room: Room, chatId: string, bill: (LeaseAnswer & { ok: true })["bill"]): void {
  const { totals, by_model, by_agent } = bill;
  const data = { chat_id: chatId, totals, by_model, by_agent };
  broadcast(room, room.log.replace("chat.usage_summary", data, room.clock.now()));
}

/** Reports in the middle of a long run, a second after the first call that is not told of yet. */
export function reportInTime(meter: LeaseMeter, wait: (ms: number, until: AbortSignal) => Promise<void>) {
  const ended = new AbortController();
  let due = false;
  return {
    used(): void {
      if (due) return;
      due = true;
      void wait(LIMITS.usageReportMs, ended.signal).then(async () => {
        due = false;
        // Unreachable: the end of the run tries harder.
        if (!ended.signal.aborted && meter.hasUnreported()) await meter.report().catch(() => undefined);
      });
    },
    stop: () => ended.abort("told"),
  };
}
