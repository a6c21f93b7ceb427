import { DurableObject } from "cloudflare:workers";
import { Lifecycle, type LifecycleJobContext, type LifecycleJobOutcome } from "agents/lifecycle";
import { WebSockets } from "agents/websockets";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { planApp } from "#generator/plan-app";
import type { Refusal } from "#ledger/types";
import type { Build } from "#protocol/api/build";
import type { Attachment } from "#protocol/attachment";
import { type Answer, answerLater } from "../app-data/answer.ts";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { type AppLimits, keepAppLimits } from "./app-limits.ts";
import { attachmentsOf, type StoredAttachment } from "./attachments.ts";
import { approvePlan, type BuildAnswer, cancelBuild, findBuild } from "./builds.ts";
import { DESTROYED } from "./chat-session-for.ts";
import { Driver } from "./driver.ts";
import { Happenings } from "./happenings.ts";
import { Log } from "./log.ts";
import { makeRoom } from "./make-room-for.ts";
import { obeyTeam, type TeamCommand } from "./obey-team.ts";
import { readOn, readPage, runUnderWay, type WithoutSocket, withoutSocket } from "./over-http.ts";
import { ReplayBudget } from "./replay-budget.ts";
import type { Guest, Room, Seat } from "./room.ts";
import { migrate } from "./schema.ts";
import { sendOut, type Whom } from "./send-out.ts";
import type { SessionOpen } from "./session-open.ts";
import { Store } from "./store.ts";
import { Streams } from "./streams.ts";
import { takeFrame } from "./take-frame.ts";
import { submit } from "./take-input.ts";
import { takeSeat } from "./take-seat.ts";
import { endOverdue, nextDeadline, type TeamAnswer, type TeamMember } from "./team.ts";
import { Unheard } from "./unheard.ts";
import { Waits } from "./waits.ts";

/** A run that is going on is looked after at least this often, in case its process died. */
const WATCH_MS = 10_000;
/** After the app's owner could not be told of something. */
const TELL_AGAIN_MS = 60_000;
const WATCH = "watch";
const DEADLINE = "deadline";
/** What nobody sent after all is removed by this job. */
const SWEEP = "sweep";

export type SessionMeta = { status: "idle" | "running" | "waiting"; last_seq: number; exists: boolean };

/** One chat: its sockets, its log and its run. A shell; what to do is decided beside it. */
export class ChatSession extends DurableObject<Env> {
  readonly lifecycle: Lifecycle;
  readonly #room: Room;
  readonly #driver: Driver;
  #watched = false;
  /** When the deadline job comes, as far as this instance knows. */
  #armedFor: number | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('{"type":"ping"}', '{"type":"pong"}'));
    const sockets = new WebSockets({
      protocol: false,
      handlers: {
        onConnect: (connection, { request }) =>
          takeSeat(this.#room, this.#driver, connection as Guest, request),
        onMessage: (connection, message) =>
          takeFrame(this.#room, this.#driver, connection as Guest, message as string | ArrayBuffer),
        onClose: (connection) => this.#leave(connection as Guest),
      },
    });
    const deps = compose(env);
    const { clock, newId } = deps;
    const { sql } = ctx.storage;
    const pingedAt = (guest: Guest) => ctx.getWebSocketAutoResponseTimestamp(guest)?.getTime() ?? 0;
    const guests = () => sockets.getConnections<Seat>();
    const log = new Log(sql);
    this.#room = {
      log,
      store: new Store(sql),
      waits: new Waits(sql),
      happenings: new Happenings(sql, clock),
      attachments: attachmentsOf({ sql, bucket: env.FILES, clock, newId }),
      clock,
      newId,
      guests,
      streams: new Streams(log, () => ctx.storage.sync()),
      replays: new ReplayBudget(clock),
      unheard: new Unheard<Guest>(clock, pingedAt),
    };
    this.#driver = new Driver(ctx.storage, deps, this.#room, () => this.#watch());
    this.lifecycle = Lifecycle.install(this).use(sockets);
  }

  /** After a wake, a run that lost its process goes on. */
  onStart(): void {
    this.ctx.waitUntil(this.#driver.drive());
  }

  async onJob({ job }: LifecycleJobContext): Promise<LifecycleJobOutcome> {
    if (job.fn === SWEEP) return this.#sweep();
    const now = this.#room.clock.now();
    if (job.fn === DEADLINE) {
      endOverdue(this.#room);
      await this.#driver.drive();
      const at = nextDeadline(this.#room);
      this.#armedFor = at;
      return at === null ? undefined : { rescheduleAt: Math.max(at, now + 1) };
    }
    if (job.fn !== WATCH) return undefined;
    await this.#armDeadline();
    await this.#driver.tellTeam();
    const told = await this.#driver.tellOwner();
    if (this.#driver.busy()) {
      this.ctx.waitUntil(this.#driver.drive());
      return { rescheduleAt: now + WATCH_MS };
    }
    const idleAt = this.#driver.idleAt();
    if (idleAt !== null && idleAt > now) return { rescheduleAt: idleAt };
    if (idleAt !== null && !(await this.#driver.giveBack())) return { rescheduleAt: now + WATCH_MS };
    if (!told) return { rescheduleAt: now + TELL_AGAIN_MS };
    this.#watched = false;
    return undefined;
  }

  async meta(): Promise<SessionMeta> {
    const { log } = this.#room;
    return { status: this.#driver.status(), last_seq: log.lastSeq, exists: log.lastSeq >= 0 };
  }

  /**
   * The log as this caller may see it, as the JSON text of `{items, next_cursor}`: RPC's types give up on frames,
   * and the gateway only passes them on. `next_cursor` is the `after` of the next page.
   */
  async events(open: SessionOpen, after: number, limit: number): Promise<string> {
    return readPage(this.#room, open, after, limit);
  }

  /** Keeps a file for a message to come. Errors as values: UNSUPPORTED_FILE, LIMIT_REACHED, NOT_FOUND, UNAVAILABLE. */
  async attach(open: SessionOpen, name: string, bytes: Uint8Array): Promise<Answer<Attachment>> {
    await this.lifecycle.start();
    return answerLater(async () => {
      if (!this.#driver.admit(open)) throw appError("NOT_FOUND");
      const { attachments } = this.#room;
      const time = this.#room.clock.now() + LIMITS.unusedAttachmentMs;
      if (attachments.nextSweepAt() === null) await this.lifecycle.jobs.push({ id: SWEEP, fn: SWEEP, time });
      const { sha256: _, ...shown } = await attachments.add(open, name, bytes);
      return shown;
    });
  }

  async attachment(id: string): Promise<StoredAttachment | null> {
    return this.#room.attachments.find(id);
  }

  /**
   * The log beyond `after` as this caller may see it, then what comes, as lines of JSON; null if too many read
   * already. `chat_meta` comes first; `chat.resume_boundary` where the history ends.
   */
  async stream(open: SessionOpen, after: number): Promise<ReadableStream<Uint8Array> | null> {
    await this.lifecycle.start();
    if (!this.#driver.admit(open)) return null;
    return readOn(this.#room, open, after, this.#driver.status());
  }

  /** Where in the log the run stands that is going on: its beginning, its latest start, all so far. Null: none is. */
  async runUnderWay(): Promise<{ first: number; latest: number; last_seq: number } | null> {
    await this.lifecycle.start();
    return runUnderWay(this.#room, this.#driver);
  }

  /** What a client without a socket does, each as its frame does on a socket. */
  async withoutSocket(open: SessionOpen, ask: WithoutSocket) {
    await this.lifecycle.start();
    if (!this.#driver.admit(open)) return { ok: false as const, code: "NOT_FOUND" as const, details: {} };
    const answer = await withoutSocket(this.#room, this.#driver, open, ask);
    if (answer.ok) this.ctx.waitUntil(this.#driver.drive());
    return answer;
  }

  /**
   * Starts a build in this generator chat. Harmless to repeat with the same id. Refused at once, with nothing
   * left behind, when the prompt gives nothing to build (PROMPT_UNUSABLE, `details.reason` in a sentence).
   */
  async startBuild(
    open: SessionOpen,
    ask: { build_id: string; prompt: string; approve: "auto" | "manual" },
  ): Promise<{ ok: true; status: string } | Refusal> {
    const planned = planApp(ask.prompt);
    if (!planned.ok) return { ok: false, code: planned.code, details: { reason: planned.message } };
    await this.lifecycle.start();
    if (!this.#driver.admit(open)) return { ok: false, code: "NOT_FOUND", details: {} };
    this.#room.store.setMeta(`approve:${ask.build_id}`, ask.approve);
    const taken = submit(this.#room, { text: ask.prompt, client_message_id: ask.build_id });
    if (!taken.ok) return { ok: false, code: taken.code, details: {} };
    this.ctx.waitUntil(this.#driver.drive());
    return { ok: true, status: "building" };
  }

  async getBuild(buildId: string): Promise<Build | null> {
    return findBuild(this.#room, buildId);
  }

  async approveBuild(
    open: SessionOpen,
    ask: { build_id: string; plan_hash: string; plan?: unknown },
  ): Promise<BuildAnswer> {
    await this.lifecycle.start();
    const answer = await approvePlan(this.#room, open.user_id, ask.build_id, {
      approved: true,
      plan_hash: ask.plan_hash,
      plan: ask.plan,
    });
    if (answer.ok) this.ctx.waitUntil(this.#driver.drive());
    return answer;
  }

  async cancelBuild(buildId: string): Promise<BuildAnswer> {
    await this.lifecycle.start();
    return cancelBuild(this.#room, this.#driver, buildId);
  }

  /** `by`: checked by the gateway for this very call. */
  async asTeam(by: TeamMember, command: TeamCommand): Promise<TeamAnswer> {
    await this.lifecycle.start();
    const answer = await obeyTeam(this.#room, this.#driver, by, command);
    if (!answer.ok) return answer;
    await this.#armDeadline();
    this.#watch();
    this.ctx.waitUntil(this.#driver.drive());
    return answer;
  }

  /** What the app has set of its chats, from now on. A chat that nobody has opened yet is told when it is. */
  async setLimits(limits: AppLimits): Promise<void> {
    await this.lifecycle.start();
    if (this.#room.store.meta("open") === null) return;
    keepAppLimits(this.#room, limits);
    makeRoom(this.#room);
  }

  /** The owner may want to be told of other things than before. */
  async forgetWanted(): Promise<void> {
    this.#room.happenings.forgetWanted();
  }

  /** Ends all that somebody has open here, or all that one session of theirs has. */
  async expel(whom: Whom): Promise<void> {
    await this.lifecycle.start();
    if (sendOut(this.#room, whom)) this.ctx.waitUntil(this.#driver.drive());
  }

  /** The job that ends what nobody answered in time: a row, no timer (F22). */
  async #armDeadline(): Promise<void> {
    const time = nextDeadline(this.#room);
    if (time === null || time === this.#armedFor) return;
    this.#armedFor = time;
    await this.lifecycle.jobs.push({ id: DEADLINE, fn: DEADLINE, time });
  }

  /** Ends everything: sockets, run, rows. */
  async destroy(): Promise<void> {
    this.#driver.cancel();
    this.#room.streams.end();
    for (const guest of this.#room.guests()) guest.close(1001, "This chat was deleted.");
    const open = this.#room.store.meta<SessionOpen>("open");
    if (open) await this.#room.attachments.removeAll(open);
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    await this.ctx.storage.sync();
    // What this instance holds in memory is of the chat that was. Ends the caller's call too: see `destroyChat`.
    this.ctx.abort(DESTROYED);
  }

  async #sweep(): Promise<LifecycleJobOutcome> {
    const { attachments, store } = this.#room;
    const open = store.meta<SessionOpen>("open");
    if (open) await attachments.sweep(open);
    const next = attachments.nextSweepAt();
    return next === null ? undefined : { rescheduleAt: next };
  }

  /** With the last one gone there is nothing to keep money aside for. */
  async #leave(guest: Guest): Promise<void> {
    for (const other of this.#room.guests()) if (other !== guest) return;
    if (!this.#driver.busy() && this.#driver.idleAt() !== null) await this.#driver.giveBack();
  }

  /**
   * One job looks after all runs of a burst, gives the lease back after them and goes by itself: arming and disarming it for
   * each run would cost a dozen rows a turn.
   */
  #watch(): void {
    if (this.#watched) return;
    this.#watched = true;
    const time = this.#room.clock.now() + WATCH_MS;
    this.ctx.waitUntil(this.lifecycle.jobs.push({ id: WATCH, fn: WATCH, time }));
  }
}
