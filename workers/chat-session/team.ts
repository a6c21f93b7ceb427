import { LIMITS } from "#base/limits";
import type { TeamWait } from "#chats/team-waits";
import { decide } from "#runtime/decide";
import { DISMISSED } from "#runtime/run-acceptance";
import type { RunState } from "#runtime/run-state";
import { comeBack, setAside } from "#runtime/set-aside";
import type { Entry } from "#runtime/transcript";
import type { Vars } from "#runtime/vars";
import { noteRunEnd } from "./note-happening.ts";
import { emit, type Room } from "./room.ts";
import { emitToolResponse } from "./run-frames.ts";
import type { StoredRun } from "./store.ts";
import { entryOfInput } from "./turn-rows.ts";
import type { WaitRow } from "./waits.ts";

/** A member of the app's team whose right to a chat the gateway has checked for this very call. */
export type TeamMember = { enterprise_id: string; user_id: string; name: string };
/**
 * Who has the chat in hand. `at`: when they last did something, in milliseconds. Until `arrived` what was going on is
 * still being ended: a crash there is mended by joining again.
 */
export type Operator = { user_id: string; name: string; at: number; arrived: boolean };

export type TeamAnswer =
  | { ok: true; message_id?: string }
  | { ok: false; code: "NOT_FOUND" | "CONFLICT" | "FORBIDDEN"; details: { reason: string } };

const refuse = (code: "NOT_FOUND" | "CONFLICT" | "FORBIDDEN", reason: string): TeamAnswer => ({
  ok: false,
  code,
  details: { reason },
});

export function operatorOf(room: Room): Operator | null {
  return room.store.meta<Operator | null>("operator");
}

/** A run pauses: what has a deadline or is for the team gets its row. Harmless to repeat. */
export function beginWait(room: Room, run: RunState): void {
  room.waits.add(run, room.clock.now());
  if (run.pending?.team) markTold(room, false);
}

/** The team's yes or no to a call: the first one counts (F06). */
export function decideWait(
  room: Room,
  by: TeamMember,
  it: { tool_call_id: string; approved: boolean; comment?: string },
): TeamAnswer {
  const wait = room.waits.find(it.tool_call_id);
  if (wait?.by !== "operator" || wait.kind !== "approval") return refuse("NOT_FOUND", "not_waiting");
  const waiting = waitingRun(room, wait) !== null;
  const decision = { who: by.user_id, as: "operator", approved: it.approved } as const;
  const verdict = decide(wait, waiting, decision, room.clock.now());
  if (verdict.do === "refuse") return refuse("CONFLICT", verdict.reason);
  if (verdict.do === "nothing") return { ok: true };
  const { approved, comment } = it;
  room.waits.decide(wait.n, by.user_id, { approved, ...(comment ? { comment } : {}) });
  markTold(room, false);
  return { ok: true };
}

/** Ends what nobody answered in time, and the turn of an operator who went away. */
export function endOverdue(room: Room): void {
  const now = room.clock.now();
  for (const wait of room.waits.open()) {
    if (wait.expires_at === null || wait.expires_at > now) continue;
    room.waits.decide(wait.n, "deadline", { approved: false, expired: true });
    markTold(room, false);
  }
  const operator = operatorOf(room);
  if (operator && operator.at + LIMITS.operatorIdleMs <= now) leave(room, operator.user_id);
}

/** When `endOverdue` has something to do next, in milliseconds; null for never. */
export function nextDeadline(room: Room): number | null {
  const ends = room.waits.open().flatMap(({ expires_at }) => expires_at ?? []);
  const operator = operatorOf(room);
  if (operator) ends.push(operator.at + LIMITS.operatorIdleMs);
  return ends.length > 0 ? Math.min(...ends) : null;
}

/** Gives the chat to a member of the team. Nothing may be going on: new messages wait for them. */
export function join(room: Room, by: TeamMember): TeamAnswer {
  const before = operatorOf(room);
  if (before && before.user_id !== by.user_id) return refuse("CONFLICT", "taken");
  if (before) return { ok: true };
  room.store.setMeta("operator", {
    user_id: by.user_id,
    name: by.name,
    at: room.clock.now(),
    arrived: false,
  });
  return { ok: true };
}

/** Once the run that was going on has ended: the history is closed behind the agents, and everybody sees who came. */
export function arrive(room: Room): void {
  const last = room.store.lastRun<RunState>();
  if (last?.status === "paused") putAside(room, last);
  for (const wait of room.waits.open()) if (wait.kind === "operator") room.waits.stopClock(wait.n);
  const operator = operatorOf(room);
  if (!operator || operator.arrived) return;
  room.store.setMeta("operator", { ...operator, arrived: true });
  emit(room, "chat.operator_joined", { operator: operator.name, operator_id: operator.user_id });
}

/** A message of the operator who has the chat. What the person wrote before has been read with it. */
export function say(room: Room, by: TeamMember, text: string): TeamAnswer {
  const operator = operatorOf(room);
  if (!operator?.arrived || operator.user_id !== by.user_id) return refuse("CONFLICT", "not_joined");
  const { store } = room;
  for (let input = store.nextInput(); input; input = store.nextInput()) {
    store.takeInput(input.message_id);
    store.entries.add(entryOfInput(input));
  }
  const message_id = room.newId("msg");
  const { name } = operator;
  store.entries.add({ kind: "assistant", message_id, agent: "operator", text, calls: [], operator: name });
  store.setMeta("operator", { ...operator, at: room.clock.now() });
  const index = room.log.countMessages();
  emit(room, "chat.text", { message_id, role: "assistant", content: text, index, operator: name });
  return { ok: true, message_id };
}

/** Gives the chat back to the agents: what asked for a human goes on, and so does what the person wrote last. */
export function leave(room: Room, userId: string): TeamAnswer {
  const operator = operatorOf(room);
  if (operator?.user_id !== userId) return refuse("CONFLICT", "not_joined");
  room.store.setMeta("operator", null);
  for (const wait of room.waits.open()) {
    if (wait.kind !== "operator") continue;
    room.waits.decide(wait.n, userId, { operator: operator.name });
    markTold(room, false);
  }
  if (operator.arrived) emit(room, "chat.operator_left", { operator: operator.name });
  return { ok: true };
}

/** The conversation goes on without the answer of the team: see `set-aside.ts`. False: this run waits for no team. */
export function putAside(room: Room, run: StoredRun<RunState>): boolean {
  if (!run.state.pending?.team) return false;
  const waitsFor = run.state.pending.tool_call_id;
  if (run.state.aside) return true;
  for (const entry of setAside(run.state, room.store.entries.newest())) {
    room.store.entries.add(entry);
    if (entry.kind === "tool" && entry.tool_call_id !== waitsFor)
      emitToolResponse(room, entry, entry.outcome);
  }
  room.store.entries.closeAll();
  room.store.saveRun(run.run_id, "paused", run.state);
  return true;
}

/**
 * The run that can go on because what it waited for was decided; made running. One that was set aside waits until no
 * card is before the person, for its own words would bury that.
 */
export function nextDecided(room: Room): StoredRun<RunState> | null {
  for (const wait of room.waits.live()) {
    const run = waitingRun(room, wait);
    if (!run) {
      // Stopped, or answered by the person.
      room.waits.close(wait.n);
      markTold(room, false);
      continue;
    }
    if (wait.status !== "decided") continue;
    const last = room.store.lastRun<RunState>();
    if (last && last.run_id !== run.run_id && last.status === "paused" && !putAside(room, last)) continue;
    return goOn(room, run, wait);
  }
  return null;
}

function goOn(room: Room, run: StoredRun<RunState>, wait: WaitRow): StoredRun<RunState> {
  // What was remembered since counts, not what this run knew then.
  if (run.state.aside) run.state.vars = room.store.meta<Vars>("vars") ?? run.state.vars ?? {};
  for (const entry of comeBack(run.state, wait.answer, room.newId("msg"))) room.store.entries.add(entry);
  room.store.resumeRun(run.run_id, run.state);
  room.waits.close(wait.n);
  return { ...run, status: "running" };
}

/** The run that is paused on this very wait; null once it is not. */
function waitingRun(room: Room, wait: WaitRow): StoredRun<RunState> | null {
  const run = room.store.run<RunState>(wait.run_id);
  return run?.status === "paused" && run.state.pending?.tool_call_id === wait.tool_call_id ? run : null;
}

/** Stops a run that was set aside: the team is not asked any more, and the agents know. */
export function stopAside(room: Room, run: StoredRun<RunState>): void {
  const { pending } = run.state;
  if (pending?.team) {
    const call = { tool_call_id: pending.tool_call_id, tool_name: pending.team.call.tool_name };
    emitToolResponse(room, call, DISMISSED);
  }
  const text = "What the app's team was asked before was withdrawn: it will not be done.";
  room.store.entries.add({ kind: "note", text });
  run.state.pending = null;
  room.store.saveRun(run.run_id, "cancelled", run.state);
  noteRunEnd(room, run.run_id, run.state, "cancelled", null);
  markTold(room, false);
}

/** What led to a question to the team was taken back, and so is the question. */
export function withdraw(room: Room, taken: readonly Entry[]): void {
  const calls = new Set(taken.map((entry) => (entry.kind === "tool" ? entry.tool_call_id : "")));
  for (const wait of room.waits.open()) {
    const run = calls.has(wait.tool_call_id) ? waitingRun(room, wait) : null;
    if (run?.state.aside) stopAside(room, run);
  }
}

/** What the index of what waits for the team should say of this chat; null when it says so already. */
export function untold(room: Room): TeamWait[] | null {
  if (room.store.meta<boolean>("team_told") !== false) return null;
  const open = room.waits.open().filter((it) => it.by === "operator" && waitingRun(room, it) !== null);
  return open.map((it) => ({
    toolCallId: it.tool_call_id,
    kind: it.kind,
    toolName: it.tool_name,
    payload: it.card,
    createdAt: it.created_at,
    expiresAt: it.expires_at ?? 0,
  }));
}

export function markTold(room: Room, told: boolean): void {
  room.store.setMeta("team_told", told);
}
