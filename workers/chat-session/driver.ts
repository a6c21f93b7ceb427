import { AppError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { touchChat } from "#chats/touch-chat";
import { findEnterprise } from "#enterprises/enterprise";
import { scopeOf } from "#enterprises/scope";
import type { BuildState } from "#generator/build-state";
import type { Fact } from "#ledger/facts";
import type { LeaseMeter } from "#ledger/lease-meter";
import { ERRORS, type ErrorCode } from "#protocol/errors";
import { MAX_CHAT_TITLE } from "#protocol/frames/limits";
import type { RunState } from "#runtime/run-state";
import { addBuild } from "#workflows/builds";
import type { Deps } from "../compose.ts";
import { appOf } from "./app-of.ts";
import { buildDeps, noteWords, type Plans, plansOf, startBuildRun } from "./build-deps.ts";
import { driveBuild } from "./drive-build.ts";
import { driveTurn } from "./drive-turn.ts";
import { type AnyRun, endRun, passOver } from "./end-run.ts";
import { toldRoles } from "./given-roles.ts";
import { isMeant } from "./is-meant.ts";
import { keep } from "./keep-told.ts";
import { closeBooks, meterOf, settleLast } from "./meter-of.ts";
import { emit, type Room } from "./room.ts";
import { runDepsOf } from "./run-deps-of.ts";
import { GENERATOR, type SessionOpen } from "./session-open.ts";
import type { Input, StoredRun } from "./store.ts";
import { nextDecided, operatorOf, putAside, stopAside } from "./team.ts";
import { tellOwner } from "./tell-owner.ts";
import { tellTeam } from "./tell-team.ts";
import { entryOfInput, mend, newTurn } from "./turn-rows.ts";

const TOUCH_EVERY_MS = 60_000;

/** Makes the chat's runs happen, one at a time: what was interrupted first, then what people said, in order. */
export class Driver {
  private loop: Promise<void> = Promise.resolve();
  private working = false;
  private current: { run_id: string; abort: AbortController } | null = null;
  /** The run that was going on when an earlier process ended. */
  private interrupted: string | null;
  private readonly app: ReturnType<typeof appOf>;
  readonly plans: Plans;
  private madeMeter: LeaseMeter | null = null;
  private touchedAt = 0;
  private telling: Promise<boolean> | null = null;

  constructor(
    private readonly storage: DurableObjectStorage,
    private readonly deps: Deps,
    private readonly room: Room,
    /** Makes sure that someone looks after a run whose process dies. */
    private readonly watch: () => void,
  ) {
    this.app = appOf(room, deps);
    this.plans = plansOf(deps.env);
    const last = room.log.lastSeq < 0 ? null : room.store.lastRun();
    this.interrupted = last?.status === "running" ? last.run_id : null;
  }

  /** Callers must mean this very object (T06); the first makes the chat, later ones must be the same person (T02). */
  admit({ session_id: _session, key_id: _key, host: _host, limits, roles, ...open }: SessionOpen): boolean {
    if (!isMeant(this.room, open)) return false;
    const known = this.room.store.meta<SessionOpen>("open");
    if (known && known.user_id !== open.user_id) return false;
    if (!known) this.room.store.setMeta("open", open);
    keep(this.room, { limits, roles });
    return true;
  }

  status(): "idle" | "running" | "waiting" {
    if (this.current) return "running";
    if (this.room.log.lastSeq < 0) return "idle";
    const last = this.room.store.lastStatus();
    return last === "paused" ? "waiting" : last === "running" ? "running" : "idle";
  }

  /** Whether there is anything to do, or being done. */
  busy(): boolean {
    const { store } = this.room;
    if (store.lastStatus() === "running") return true;
    // What people write to an operator waits for nothing of ours.
    if (store.waitingInputs() > 0 && !operatorOf(this.room)) return true;
    return store.meta("open") !== null && this.meter().hasUnreported();
  }

  /** What somebody thinks of a message, for the owner's analytics. */
  noteFeedback(fact: Fact): Promise<void> {
    this.meter().note(fact);
    return this.drive();
  }

  /** When the lease has been left alone for long enough to give it back; null when there is none. */
  idleAt(): number | null {
    const held = this.room.store.meta("open") === null ? null : this.meter().held();
    return held && held.used_at + LIMITS.leaseIdleMs;
  }

  /** Gives the lease back; false if the ledger can't be reached. */
  async giveBack(): Promise<boolean> {
    return (await this.meter().giveBack()).ok;
  }

  /** Works until there is nothing left to do. Callers share one loop. */
  drive(): Promise<void> {
    if (!this.working) this.loop = this.work();
    return this.loop;
  }

  /** Stops the run that is going on or waits for a person; false if there is none (or not that one). */
  cancel(runId?: string): boolean {
    if (this.current && (runId === undefined || runId === this.current.run_id)) {
      // Written first: a stop holds even if the process dies before it is done (F23).
      this.room.store.setMeta("stop", this.current.run_id);
      this.current.abort.abort();
      return true;
    }
    const aside = runId === undefined ? null : this.room.store.run<RunState>(runId);
    const last = aside?.state.aside ? aside : this.room.store.lastRun<RunState>();
    if (last?.status !== "paused" || (runId !== undefined && runId !== last.run_id)) return false;
    if (last.state.aside) stopAside(this.room, last);
    else passOver(this.room, this.meter(), last);
    emit(this.room, "chat.run_complete", { run_id: last.run_id, status: "cancelled", reason: "stopped" });
    // What it waited for is over, and whoever it was shown to is told.
    void this.drive();
    return true;
  }

  private async work(): Promise<void> {
    this.working = true;
    try {
      await this.report();
      for (let run = this.next(); run; run = this.next()) {
        this.watch();
        // Beside the answer: by its end lists say what the chat is about.
        void this.touch();
        await this.take(run);
      }
    } finally {
      // No await between the last look and here: what comes later starts a loop of its own. After a throw the
      // watch comes back to it.
      this.working = false;
      if (this.busy()) this.watch();
    }
    await this.tellTeam();
    if (!(await this.tellOwner())) this.watch();
  }

  /** What an earlier run could not tell the ledger. A run that goes on tells it at its own end. */
  private async report(): Promise<void> {
    const goesOn = this.room.store.lastStatus() === "running";
    if (!goesOn && this.room.store.meta("open") !== null && this.meter().hasUnreported()) {
      await this.meter().endRun();
    }
  }

  private meter(): LeaseMeter {
    this.madeMeter ??= meterOf(this.deps, this.storage, this.room, this.open());
    return this.madeMeter;
  }

  /** Notes the activity in the index, at most once a minute. A chat goes on without it. */
  private async touch(): Promise<void> {
    const { db, log, clock } = this.deps;
    const now = clock.now();
    if (now - this.touchedAt < TOUCH_EVERY_MS) return;
    this.touchedAt = now;
    const { enterprise_id, chat_id } = this.open();
    try {
      await touchChat(db, scopeOf(enterprise_id), chat_id, now, this.room.store.firstText(MAX_CHAT_TITLE));
    } catch (cause) {
      this.touchedAt = 0;
      log("warn", "chat.touch_failed", { chat_id, cause: String(cause) });
    }
  }

  tellTeam(): Promise<void> {
    return tellTeam(this.room, this.deps);
  }

  /** Passes on what the app's owner may want to know. False: not all of it could be; the next job tries again. */
  tellOwner(): Promise<boolean> {
    this.telling ??= tellOwner(this.deps, this.room).finally(() => {
      this.telling = null;
    });
    return this.telling;
  }

  /** What to do next: the run that goes on, or a new one for the next input. Null: nothing. */
  private next(): AnyRun | Input | null {
    const { store } = this.room;
    const status = store.lastStatus();
    if (status === "running") return store.lastRun<RunState | BuildState>();
    if (operatorOf(this.room)) return null;
    const decided = nextDecided(this.room);
    if (decided) return decided;
    const input = store.nextInput();
    if (input === null || status !== "paused") return input;
    const waiting = store.lastRun<RunState | BuildState>();
    if (waiting && "build_id" in waiting.state) noteWords(this.room, waiting.state);
    if (waiting && !this.putAside(waiting)) passOver(this.room, this.meter(), waiting);
    return input;
  }

  private putAside(run: AnyRun): boolean {
    return "pending" in run.state && putAside(this.room, run as StoredRun<RunState>);
  }

  private async take(next: AnyRun | Input): Promise<void> {
    const open = this.open();
    const abort = new AbortController();
    let runId = "run_id" in next ? next.run_id : this.room.newId("run");
    this.current = { run_id: runId, abort };
    if (this.room.store.meta("stop") === runId) abort.abort();
    try {
      if (open.workflow === GENERATOR) {
        const build = "run_id" in next ? (next.state as BuildState) : await this.newBuild(next, open);
        runId = this.current.run_id = build.build_id;
        if (this.wasInterrupted(runId)) build.interruptions += 1;
        this.room.store.saveRun(runId, "running", build);
        if (build.interruptions >= LIMITS.runMaxAttempts)
          return await this.giveUp(runId, build, "INTERRUPTED");
        await driveBuild(this.room, build, buildDeps(this.deps.env, open, build, abort.signal));
      } else {
        const files = await this.app(open);
        const run =
          "run_id" in next ? (next.state as RunState) : newTurn(this.room, next, runId, files, open.workflow);
        if (this.wasInterrupted(runId)) mend(this.room, run);
        if (run.interruptions >= LIMITS.runMaxAttempts) return await this.giveUp(runId, run, "INTERRUPTED");
        const attached = (id: string) => this.room.attachments.read(open, id);
        const who = { ...open, roles: toldRoles(this.room) };
        const deps = runDepsOf(this.deps, who, files, this.meter(), abort.signal, attached);
        await driveTurn(this.room, run, deps);
      }
    } catch (cause) {
      await this.broke(runId, next, cause);
    } finally {
      this.current = null;
    }
  }

  /** A fault of ours or of a store: said, and left so that the next turn can go on. */
  private async broke(runId: string, next: AnyRun | Input, cause: unknown): Promise<void> {
    const { store } = this.room;
    this.deps.log("error", "run.failed", { run_id: runId, cause: String(cause) });
    const stored = store.run<RunState | BuildState>(runId);
    if (!stored && "message_id" in next) {
      // It broke before it began: whoever waits for its end must see that it was one.
      const { workflow, chat_id } = this.open();
      emit(this.room, "chat.run_start", { workflow, chat_id, run_id: runId });
      store.takeInput(next.message_id);
      store.entries.add(entryOfInput(next));
    }
    const code = cause instanceof AppError && ERRORS[cause.code].retryable ? cause.code : "INTERNAL";
    await this.giveUp(runId, stored?.state ?? null, code);
  }

  /** Ends a run that can't go on; what it used is told to the ledger first, if that can be reached. */
  private async giveUp(runId: string, state: AnyRun["state"] | null, code: ErrorCode): Promise<void> {
    const { room } = this;
    if (state && "unsettled" in state) {
      settleLast(room, this.meter(), state);
      room.store.saveRun(runId, "running", state);
      const { wait } = this.deps;
      await closeBooks(room, this.meter(), this.open().chat_id, false, (ms) =>
        wait(ms, new AbortController().signal),
      );
    }
    endRun(room, this.meter(), runId, state, code);
  }

  private newBuild(input: Input, open: SessionOpen): Promise<BuildState> {
    const scope = scopeOf(open.enterprise_id);
    const { db } = this.deps;
    return startBuildRun(this.room, input, open, {
      liveVersion: async () => (await findEnterprise(db, scope))?.liveVersion ?? null,
      record: (build) =>
        addBuild(db, scope, {
          buildId: build.build_id,
          chatId: open.chat_id,
          prompt: build.prompt,
          createdBy: open.user_id,
          now: this.room.clock.now(),
        }),
    });
  }

  /** Counted before the work (F12): a run that keeps killing its process is given up. */
  private wasInterrupted(runId: string): boolean {
    const was = this.interrupted === runId;
    this.interrupted = null;
    return was;
  }

  private open(): SessionOpen {
    const open = this.room.store.meta<SessionOpen>("open");
    if (!open) throw new Error("a run without a chat");
    return open;
  }
}
