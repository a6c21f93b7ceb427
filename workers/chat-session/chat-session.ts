import { DurableObject } from "cloudflare:workers";
import { Lifecycle, type LifecycleJobContext, type LifecycleJobOutcome } from "agents/lifecycle";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import type { Build } from "#protocol/api/build";
import type { Attachment } from "#protocol/attachment";
import { type Answer, answerLater } from "../app-data/answer.ts";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { attachmentsOf, type StoredAttachment } from "./attachments.ts";
import { type BuildAnswer, type BuildDecision, decideBuild, findBuild, patchesOf } from "./builds.ts";
import { DESTROYED } from "./chat-session-for.ts";
import { Driver } from "./driver.ts";
import { clearOut, finish } from "./finish.ts";
import { closeToo, type Guest, Guests } from "./guests.ts";
import { Happenings } from "./happenings.ts";
import { keepTold, type Told } from "./keep-told.ts";
import { Log } from "./log.ts";
import { lookAfter, WATCH_MS } from "./look-after.ts";
import { obeyTeam, type TeamCommand } from "./obey-team.ts";
import { readOn, readPage, runUnderWay, type WithoutSocket, withoutSocket } from "./over-http.ts";
import { publishOverRed } from "./publish-over-red.ts";
import { readConversation } from "./read-conversation.ts";
import { ReplayBudget } from "./replay-budget.ts";
import type { Room } from "./room.ts";
import { migrate } from "./schema.ts";
import { closeToOwner, sendOut, type Whom } from "./send-out.ts";
import type { SessionOpen } from "./session-open.ts";
import { Store } from "./store.ts";
import { Streams } from "./streams.ts";
import { type BuildRefusal, type NewBuild, refusePrompt, submitBuild } from "./submit-build.ts";
import { takeFrame } from "./take-frame.ts";
import { takeSeat } from "./take-seat.ts";
import { endOverdue, nextDeadline, type TeamAnswer, type TeamMember } from "./team.ts";
import { Unheard } from "./unheard.ts";
import { Waits } from "./waits.ts";

const WATCH = "watch";
const DEADLINE = "deadline";
const SWEEP = "sweep";

/** One chat: its sockets, its log and its run. A shell; what to do is decided beside it. */
export class ChatSession extends DurableObject<Env> {
  readonly lifecycle: Lifecycle;
  /** Only the first tables are there: `onStart` makes the rest, behind the first frame. */
  readonly #isNew: boolean;
  readonly #guests: Guests;
  readonly #room: Room;
  readonly #driver: Driver;
  #watched = false;
  /** When the deadline job comes, as far as this instance knows. */
  #armedFor: number | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#isNew = !migrate(ctx.storage, "first_if_new");
    this.#guests = new Guests(ctx);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('{"type":"ping"}', '{"type":"pong"}'));
    const deps = compose(env);
    const [{ clock, newId }, { sql }] = [deps, ctx.storage];
    const log = new Log(sql);
    this.#room = {
      name: ctx.id.name,
      log,
      store: new Store(sql),
      waits: new Waits(sql),
      happenings: new Happenings(sql, clock),
      attachments: attachmentsOf({ sql, bucket: env.FILES, clock, newId }),
      clock,
      newId,
      guests: () => this.#guests.all(),
      streams: new Streams(log, () => ctx.storage.sync()),
      replays: new ReplayBudget(clock),
      unheard: new Unheard<Guest>(clock, (guest) => this.#guests.pingedAt(guest)),
    };
    this.#driver = new Driver(ctx.storage, deps, this.#room, () => this.#watch());
    this.lifecycle = Lifecycle.install(this);
  }

  /** After a wake, a run that lost its process goes on. Where nothing was ever said there is none to look for. */
  onStart(): void {
    if (this.#isNew) migrate(this.ctx.storage);
    if (this.#room.log.lastSeq >= 0) this.ctx.waitUntil(this.#driver.drive());
  }

  override async fetch(request: Request): Promise<Response> {
    if (!this.#isNew) await this.lifecycle.start();
    const { guest, client } = this.#guests.accept();
    takeSeat(this.#room, this.#driver, guest, request);
    if (this.#isNew) this.ctx.waitUntil(this.ctx.storage.sync().then(() => this.lifecycle.start()));
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    if (!this.lifecycle.isStarted()) await this.lifecycle.start();
    await takeFrame(this.#room, this.#driver, this.#guests.of(socket), message);
  }

  /** With the last one gone there is nothing to keep money aside for. */
  override async webSocketClose(socket: WebSocket, code: number, reason: string): Promise<void> {
    await this.lifecycle.start();
    closeToo(socket, code, reason);
    if (this.#room.log.lastSeq < 0) return;
    for (const other of this.#room.guests()) if (other.socket !== socket) return;
    if (!this.#driver.busy() && this.#driver.idleAt() !== null) await this.#driver.giveBack();
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
    const again = await lookAfter(this.#driver, now, (work) => this.ctx.waitUntil(work));
    this.#watched = again !== null;
    return again === null ? undefined : { rescheduleAt: again };
  }

  async meta() {
    const { log, store } = this.#room;
    const opinions = log.lastSeq >= 0 ? store.opinions() : [];
    return { status: this.#driver.status(), last_seq: log.lastSeq, exists: log.lastSeq >= 0, opinions };
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
    await this.lifecycle.start();
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

  // Harmless to repeat with the same id. Errors: as refusePrompt, with nothing left.
  async startBuild(open: SessionOpen, ask: NewBuild): Promise<{ ok: true; status: string } | BuildRefusal> {
    const refused = refusePrompt(ask, this.#driver.plans.check);
    if (refused) return refused;
    await this.lifecycle.start();
    const begun = submitBuild(this.#room, this.#driver, open, ask);
    if (begun.ok) this.ctx.waitUntil(this.#driver.drive());
    return begun;
  }

  /** This chat for a replay, as JSON text; null where it is none of this enterprise's. */
  async conversation(enterpriseId: string): Promise<string | null> {
    await this.lifecycle.start();
    return readConversation(this.ctx.storage.sql, this.#room, enterpriseId);
  }

  async getBuild(buildId: string): Promise<Build | null> {
    await this.lifecycle.start();
    return findBuild(this.#room, buildId);
  }

  /** What an edit changes in its base version, as JSON text; null: it is none, or not known yet. */
  async buildPatches(buildId: string): Promise<string | null> {
    await this.lifecycle.start();
    return patchesOf(this.#room, buildId);
  }

  /** What somebody decides about a build. `open`: checked by the gateway for this very call. */
  async decideBuild(open: SessionOpen, buildId: string, decision: BuildDecision): Promise<BuildAnswer> {
    await this.lifecycle.start();
    const answer = await decideBuild(this.#room, this.#driver, open.user_id, buildId, decision);
    if (answer.ok) this.ctx.waitUntil(this.#driver.drive());
    return answer;
  }

  /** `open`: of an owner, checked by the gateway for this very call. */
  async publishOverRed(open: SessionOpen, buildId: string, reason: string): Promise<BuildAnswer> {
    await this.lifecycle.start();
    return publishOverRed(this.#room, this.env, open, buildId, reason);
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

  /** What has changed of the app or its person, from now on. */
  async keep(told: Told): Promise<void> {
    await this.lifecycle.start();
    keepTold(this.#room, told);
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

  /** Ends what the chat's own person has open (1008, and why); who looks on from the team stays. */
  async closeToOwner(why: "APP_UNPUBLISHED" | "NOT_ADMITTED"): Promise<void> {
    await this.lifecycle.start();
    closeToOwner(this.#room, why);
  }

  /** The job that ends what nobody answered in time: a row, no timer (F22). */
  async #armDeadline(): Promise<void> {
    const time = nextDeadline(this.#room);
    if (time === null || time === this.#armedFor) return;
    this.#armedFor = time;
    await this.lifecycle.jobs.push({ id: DEADLINE, fn: DEADLINE, time });
  }

  /** Before it is deleted: ends the run, and tells the ledger what was used. False: that can't be reached. */
  async finish(): Promise<boolean> {
    await this.lifecycle.start();
    return finish(this.#room, this.#driver);
  }

  /** Ends everything: sockets, run, rows. */
  async destroy(): Promise<void> {
    migrate(this.ctx.storage);
    await clearOut(this.#room, this.#driver);
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
