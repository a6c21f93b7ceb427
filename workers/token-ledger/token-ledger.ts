import { DurableObject } from "cloudflare:workers";
import { createHash } from "node:crypto";
import { consoleLog } from "#base/console-log";
import { type AnalyticsAsk, analytics } from "#ledger/analytics";
import { checkpoint } from "#ledger/checkpoint";
import { type Chore, choreDue } from "#ledger/chores";
import { configure, type Settings, type SettingsChange, setOwnCap, settings } from "#ledger/configure";
import { credit } from "#ledger/credit";
import type { LedgerDeps } from "#ledger/deps";
import { endOverdue } from "#ledger/end-overdue";
import { exchange } from "#ledger/exchange";
import type { LeaseAnswer, LeaseAsk } from "#ledger/lease-types";
import { emptyMemory, nothingKept } from "#ledger/memory";
import { nextDeadline } from "#ledger/next-deadline";
import { reserve } from "#ledger/reserve";
import { openLedger } from "#ledger/schema";
import { type SelfCheck, selfCheck } from "#ledger/self-check";
import { type SessionBill, sessionBill } from "#ledger/session-bill";
import { settle } from "#ledger/settle";
import { statement } from "#ledger/statement";
import type {
  Attempt,
  CreditAnswer,
  CreditAsk,
  Refusal,
  ReserveAnswer,
  ReserveAsk,
  SettleAnswer,
  TokenCounts,
} from "#ledger/types";
import { usage } from "#ledger/usage";
import { usageOfUser } from "#ledger/usage-of-user";
import { type UsagePage, usagePage } from "#ledger/usage-page";
import { voidCall } from "#ledger/void-call";
import type { Analytics } from "#protocol/api/analytics";
import type { Statement } from "#protocol/api/statement";
import type { MyUsageOfApp, Usage } from "#protocol/api/usage";
import { compose, type Deps } from "../compose.ts";
import type { Env } from "../env.ts";
import { objectSql } from "../object-sql.ts";
import { CHORES, doChores } from "./do-chores.ts";
import { SESSION_HEADER } from "./ledger-for.ts";
import { usageFeed } from "./usage-feed.ts";

/**
 * The money and tokens of one enterprise: the object's name. A shell over `packages/ledger`; every method is
 * one transaction, and refusals come back as values.
 *
 * It stands on the platform's own sockets and alarm, not on `agents/lifecycle`: a lifecycle's job costs six
 * writes where the ledger's one alarm costs one (up to four times a second while someone watches), is armed
 * only after an await that the operation's transaction can't cover, and its socket wire can be chosen by the
 * client so that the object never hibernates.
 */
export class TokenLedger extends DurableObject<Env> {
  readonly #deps: LedgerDeps;
  #feed = usageFeed();
  #opened = false;
  /** When the alarm will ring, as far as this instance knows. */
  #armedAt: number | null = null;
  readonly #world: Pick<Deps, "db" | "env">;
  /** When each chore is due, where that is known. */
  readonly #due = new Map<Chore, number>();
  /** What the alarm does beyond the object, while it does it. */
  #chores: Promise<void> | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (ctx.id.name === undefined) throw new Error("a ledger is named after its enterprise");
    const { clock, newId, prices, db } = compose(env);
    const [enterprise_id, sql, memory] = [ctx.id.name, objectSql(ctx.storage), emptyMemory()];
    this.#world = { db, env };
    this.#deps = { enterprise_id, sql, clock, newId, prices, memory, hash };
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('{"type":"ping"}', '{"type":"pong"}'));
  }

  async reserve(ask: ReserveAsk): Promise<ReserveAnswer> {
    return this.#run((deps) => reserve(deps, ask));
  }

  async checkpoint(callId: string, counts: TokenCounts): Promise<{ ok: true } | Refusal> {
    return this.#run((deps) => checkpoint(deps, callId, counts));
  }

  async settle(callId: string, attempts: Attempt[]): Promise<SettleAnswer> {
    return this.#run((deps) => settle(deps, callId, attempts));
  }

  async voidCall(callId: string): Promise<{ ok: true } | Refusal> {
    return this.#run((deps) => voidCall(deps, callId));
  }

  async exchange(ask: LeaseAsk): Promise<LeaseAnswer> {
    return this.#run((deps) => exchange(deps, ask));
  }

  async credit(ask: CreditAsk): Promise<CreditAnswer> {
    return this.#run((deps) => credit(deps, ask));
  }

  async configure(change: SettingsChange): Promise<{ ok: true; settings: Settings } | Refusal> {
    return this.#run((deps) => configure(deps, change));
  }

  async settings(): Promise<Settings> {
    return this.#run(settings);
  }

  async setOwnCap(userId: string, limit: bigint | null): Promise<{ ok: true } | Refusal> {
    return this.#run((deps) => setOwnCap(deps, userId, limit));
  }

  async usage(period?: string): Promise<Usage> {
    return this.#run((deps) => usage(deps, period));
  }

  async usageOfUser(userId: string, period?: string): Promise<MyUsageOfApp> {
    return this.#run((deps) => usageOfUser(deps, userId, period));
  }

  async analytics(ask: AnalyticsAsk = {}): Promise<Analytics | Refusal> {
    return this.#run((deps) => analytics(deps, ask));
  }

  async statement(period?: string): Promise<Statement | Refusal> {
    return this.#run((deps) => statement(deps, period));
  }

  async usagePage(after: number, period?: string): Promise<UsagePage> {
    return this.#run((deps) => usagePage(deps, after, period));
  }

  async bill(chatId: string, page: { after?: number; limit?: number } = {}): Promise<SessionBill> {
    return this.#run((deps) => sessionBill(deps, chatId, page));
  }

  async selfCheck(): Promise<SelfCheck> {
    return this.#run(selfCheck);
  }

  /** Deletes everything of the enterprise here, and closes its live feeds. */
  async destroy(): Promise<void> {
    for (const socket of this.ctx.getWebSockets()) socket.close(1001, "the app was deleted");
    // A chore that is under way would write what was just deleted.
    await this.#chores;
    this.#feed = usageFeed();
    this.#opened = false;
    this.#deps.memory.kept = nothingKept();
    this.#due.clear();
    this.#armedAt = null;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  /** Ends all live feeds, or those of some sessions: who may still watch comes back, and is judged anew. */
  async closeFeeds(sessionIds?: readonly string[]): Promise<void> {
    const tags = sessionIds ?? [undefined];
    for (const tag of tags)
      for (const socket of this.ctx.getWebSockets(tag)) socket.close(4401, "sign in again");
  }

  /** The live feed. The gateway has verified the caller; nobody else reaches this method. */
  override async fetch(request: Request): Promise<Response> {
    if (request.headers.get("upgrade") !== "websocket") return new Response(null, { status: 426 });
    const { 0: client, 1: server } = new WebSocketPair();
    const session = request.headers.get(SESSION_HEADER);
    this.ctx.acceptWebSocket(server, session === null ? [] : [session]);
    this.#run((deps) => this.#feed.greet(deps, server, () => this.ctx.getWebSockets()));
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Watchers have nothing to say; their pings are answered without waking the object. */
  override webSocketMessage(): void {}

  /** A hint, never the truth: every operation ends what is overdue by itself. Never throws: six throws end it. */
  override async alarm(): Promise<void> {
    const { promise, resolve: done } = Promise.withResolvers<void>();
    this.#armedAt = null;
    this.#chores = promise;
    this.#due.clear();
    try {
      this.#run(endOverdue);
      await doChores(this.#deps, this.#world);
      this.#chores = null;
      this.#run(endOverdue);
    } catch (error) {
      consoleLog("error", "ledger.alarm_failed", { error: String(error) });
      await this.ctx.storage.setAlarm(this.#deps.clock.now() + ALARM_RETRY_MS);
    } finally {
      this.#chores = null;
      done();
    }
  }

  #run<T>(work: (deps: LedgerDeps) => T): T {
    if (!this.#opened) {
      openLedger(this.#deps);
      this.#opened = true;
    }
    const answer = work(this.#deps);
    this.#arm(this.#publish(), nextDeadline(this.#deps), ...this.#choresDue());
    return answer;
  }

  /** None while they are being done: the alarm that does them sets itself again. */
  #choresDue(): (number | null)[] {
    if (this.#chores) return [];
    const now = this.#deps.clock.now();
    return CHORES.map((chore) => {
      // What is to be done stays to be done until the alarm has done it.
      const due = this.#due.get(chore) ?? choreDue(this.#deps, chore);
      if (due === null) return null;
      this.#due.set(chore, due);
      return Math.max(due, now);
    });
  }

  /** What watchers see must never turn a counted operation into a failed one. */
  #publish(): number | null {
    try {
      return this.#feed.publish(this.#deps, () => this.ctx.getWebSockets());
    } catch (error) {
      consoleLog("error", "ledger.feed_failed", { error: String(error) });
      return null;
    }
  }

  /** Sets the alarm to the earliest of the times, unless it rings by then anyway. Written with the operation. */
  #arm(...times: (number | null)[]): void {
    const due = times.filter((time) => time !== null);
    if (due.length === 0) return;
    const at = Math.min(...due);
    // One whose time is past has rung or is lost.
    const now = this.#deps.clock.now();
    if (this.#armedAt !== null && this.#armedAt > now && this.#armedAt <= at) return;
    this.#armedAt = at;
    void this.ctx.storage.setAlarm(at);
  }
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

const ALARM_RETRY_MS = 30_000;
