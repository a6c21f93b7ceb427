import { DurableObject } from "cloudflare:workers";
import { isoTime } from "#base/clock";
import { LIMITS } from "#base/limits";
import type { Sql } from "#base/sql";
import type { Webhook, WebhookDelivery } from "#protocol/api/webhook";
import type { WebhookEvent } from "#protocol/api/webhook-event";
import { newHookSecret } from "#triggers/webhook-signature";
import { type DrainDeps, drain, makeBell } from "#webhooks/drain";
import {
  addEndpoint,
  allEndpoints,
  changeEndpoint,
  type Endpoint,
  findEndpoint,
  offUnnoted,
  removeEndpoint,
  rotateSecret,
  type Wish,
} from "#webhooks/endpoints";
import { eventOf } from "#webhooks/event-of";
import { listDeliveries, replayDead, replayOne } from "#webhooks/log";
import { add, enqueue, forgetChats, forgetOld, forgetPerson, nextLook } from "#webhooks/queue";
import { applySchema } from "#webhooks/schema";
import { compose, type Deps } from "../compose.ts";
import type { Env } from "../env.ts";
import { objectSql } from "../object-sql.ts";
import { openSecrets, sealSecret } from "./endpoint-secrets.ts";
import { noteSwitchedOff } from "./note-switched-off.ts";

/** Which events anybody wants, and whether with their text. */
export type Wants = { events: string[]; text: boolean };
export type Refused = { ok: false; code: "NOT_FOUND" | "LIMIT_REACHED" | "CONFLICT" };
type Made = { ok: true; webhook: Webhook; secret: string };

/** An alarm sends for so long, then the next one goes on: the platform ends one after 15 minutes. */
const DRAIN_MS = 5 * 60_000;
/** When somebody looks again if this process dies, or what it does fails. */
const LOOK_AGAIN_MS = 60_000;

/**
 * What one tenant's owner is told: their endpoints, the outbox, its log. Apart from the triggers, so that an endpoint
 * which keeps its alarm waiting delays no schedule. A shell; `packages/webhooks` decides.
 */
export class WebhooksOut extends DurableObject<Env> {
  readonly #deps: Deps;
  readonly #bell = makeBell();
  #sql: Sql | null = null;
  #draining: { done: Promise<void>; abort: AbortController } | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#deps = compose(env);
  }

  /**
   * Takes events (JSON of a WebhookEvent) into the outbox, each once; answers what is wanted from now on. An app that
   * never had an endpoint leaves nothing here.
   */
  async tell(events: string[]): Promise<Wants> {
    if (!this.#exists()) return { events: [], text: false };
    const sql = this.#open();
    const all = events.map((it) => JSON.parse(it) as WebhookEvent);
    enqueue(sql, all, this.#now());
    await this.#arm();
    const active = allEndpoints(sql).filter((it) => it.active);
    return {
      events: [...new Set(active.flatMap((it) => it.events))],
      text: active.some((it) => it.include_text),
    };
  }

  /** Takes out of the log, and of what is still to be told, everything that names this person. */
  async forget(userId: string): Promise<void> {
    if (this.#exists()) forgetPerson(this.#open(), userId);
  }

  /** The same of what happened in these chats. */
  async forgetChats(chatIds: readonly string[]): Promise<void> {
    if (this.#exists()) forgetChats(this.#open(), chatIds);
  }

  async list(): Promise<Webhook[]> {
    return this.#exists() ? allEndpoints(this.#open()).map((it) => shown(it, this.#now())) : [];
  }

  async create(wish: Wish): Promise<Made | Refused> {
    const sql = this.#open();
    const id = this.#deps.newId("wh");
    const secret = newHookSecret((into) => crypto.getRandomValues(into));
    const sealed = await sealSecret(this.#deps, this.#enterprise, id, secret);
    if (allEndpoints(sql).length >= LIMITS.webhooksPerApp) return { ok: false, code: "LIMIT_REACHED" };
    addEndpoint(sql, id, { ...wish, secret: sealed }, this.#now());
    return { ok: true, webhook: this.#shown(id), secret };
  }

  async change(id: string, change: Partial<Wish>): Promise<{ ok: true; webhook: Webhook } | Refused> {
    const before = this.#find(id);
    if (!before) return { ok: false, code: "NOT_FOUND" };
    changeEndpoint(this.#open(), before, change);
    await this.#arm();
    return { ok: true, webhook: this.#shown(id) };
  }

  async remove(id: string): Promise<boolean> {
    if (!this.#find(id)) return false;
    removeEndpoint(this.#open(), id);
    await this.#arm();
    return true;
  }

  /** A new secret; requests are signed with the one before as well for a day. */
  async rotate(id: string): Promise<Made | Refused> {
    if (!this.#find(id)) return { ok: false, code: "NOT_FOUND" };
    const secret = newHookSecret((into) => crypto.getRandomValues(into));
    const sealed = await sealSecret(this.#deps, this.#enterprise, id, secret);
    rotateSecret(this.#open(), id, sealed, this.#now() + LIMITS.webhookOldSecretMs);
    if (!this.#find(id)) return { ok: false, code: "NOT_FOUND" };
    return { ok: true, webhook: this.#shown(id), secret };
  }

  /** Sends a ping, whatever the endpoint asks for. */
  async ping(id: string): Promise<{ ok: true; event_id: string } | Refused> {
    const endpoint = this.#find(id);
    if (!endpoint) return { ok: false, code: "NOT_FOUND" };
    if (!endpoint.active) return { ok: false, code: "CONFLICT" };
    const now = this.#now();
    const event = eventOf(this.#enterprise, "ping", this.#deps.newId("ping"), { webhook_id: id }, now);
    add(this.#open(), endpoint, event, now);
    await this.#arm();
    return { ok: true, event_id: event.id };
  }

  async deliveries(
    id: string,
    ask: { status: WebhookDelivery["status"] | undefined; before: number | null; limit: number },
  ): Promise<WebhookDelivery[] | null> {
    return this.#find(id) ? listDeliveries(this.#open(), id, ask) : null;
  }

  /** Sends again: one delivery, or all dead ones since a time (milliseconds). */
  async replay(
    id: string,
    what: { delivery_id: string } | { since: number },
  ): Promise<{ ok: true; replayed: number } | Refused> {
    const endpoint = this.#find(id);
    if (!endpoint) return { ok: false, code: "NOT_FOUND" };
    if (!endpoint.active) return { ok: false, code: "CONFLICT" };
    const [sql, now] = [this.#open(), this.#now()];
    const replayed =
      "since" in what
        ? replayDead(sql, id, what.since, now)
        : Number(replayOne(sql, id, what.delivery_id, now));
    if (replayed === 0 && "delivery_id" in what) return { ok: false, code: "NOT_FOUND" };
    await this.#arm();
    return { ok: true, replayed };
  }

  /** Deletes everything. What is being sent is let go of. */
  async destroy(): Promise<void> {
    this.#draining?.abort.abort();
    await this.#draining?.done;
    this.#sql = null;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  /** Never throws: an alarm that fails too often is given up by the platform. */
  override async alarm(): Promise<void> {
    if (!this.#exists()) return;
    // Whatever becomes of this process, another one looks.
    await this.ctx.storage.setAlarm(this.#now() + LOOK_AGAIN_MS);
    const abort = new AbortController();
    const done = this.#work(abort.signal);
    this.#draining = { done, abort };
    await done;
    this.#draining = null;
    if (!abort.signal.aborted) await this.#arm();
  }

  async #work(signal: AbortSignal): Promise<void> {
    const sql = this.#open();
    const { clock, log, random } = this.#deps;
    const failed = (cause: unknown) =>
      log("error", "webhooks.failed", { enterprise_id: this.#enterprise, cause: String(cause) });
    const { fetch, own, exempt } = this.#deps.outside;
    const deps: DrainDeps = {
      ...{ sql, clock, random, signal, failed, bell: this.#bell, for_ms: DRAIN_MS },
      egress: { fetch, policy: { hosts: null, own, exempt }, wait: this.#deps.wait },
      secretsOf: (endpoint) => openSecrets(this.#deps, this.#enterprise, endpoint),
    };
    try {
      await drain(deps);
      if (signal.aborted) return;
      forgetOld(sql, clock.now());
      await noteSwitchedOff(this.#deps, this.#enterprise, sql);
    } catch (cause) {
      failed(cause);
    }
  }

  /** One alarm for all that is in line. While it is being worked at, whoever works is woken instead. */
  async #arm(): Promise<void> {
    if (this.#draining) return this.#bell.ring();
    const at = nextLook(this.#open());
    const soon = offUnnoted(this.#open()).length > 0 ? this.#now() + LOOK_AGAIN_MS : null;
    const times = [at, soon].filter((it) => it !== null);
    if (times.length === 0) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(Math.max(Math.min(...times), this.#now()));
  }

  get #enterprise(): string {
    const { name } = this.ctx.id;
    if (name === undefined) throw new Error("an outbox is named after its enterprise");
    return name;
  }

  #now(): number {
    return this.#deps.clock.now();
  }

  #find(id: string): Endpoint | null {
    return this.#exists() ? findEndpoint(this.#open(), id) : null;
  }

  #shown(id: string): Webhook {
    const endpoint = this.#find(id);
    if (!endpoint) throw new Error("an endpoint went away while it was changed");
    return shown(endpoint, this.#now());
  }

  #open(): Sql {
    if (!this.#sql) {
      this.#sql = objectSql(this.ctx.storage);
      applySchema(this.#sql);
    }
    return this.#sql;
  }

  #exists(): boolean {
    if (this.#sql) return true;
    const { sql } = this.ctx.storage;
    return sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'endpoint'").toArray().length > 0;
  }
}

function shown(it: Endpoint, now: number): Webhook {
  const time = (at: number | null) => (at === null ? null : isoTime(at));
  const { url, events, active, include_text, off_reason } = it;
  return {
    ...{ webhook_id: it.id, url, events, active, include_text, off_reason },
    created_at: isoTime(it.created_at),
    failing_since: time(it.failing_since),
    old_secret_until: it.old_until !== null && it.old_until > now ? time(it.old_until) : null,
  };
}
