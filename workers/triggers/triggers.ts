import { DurableObject } from "cloudflare:workers";
import { isoTime } from "#base/clock";
import type { Sql } from "#base/sql";
import { scheduledInput } from "#triggers/fill-input";
import { openTriggers, type TriggerStore } from "#triggers/trigger-store";
import { newHookSecret } from "#triggers/webhook-signature";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { mustBe } from "../must-be.ts";
import { objectSql } from "../object-sql.ts";
import { beginChat } from "./begin-chat.ts";
import { followLive } from "./live-triggers.ts";
import { seal } from "./seal.ts";
import { type HookAnswer, type HookCall, labelOf, takeHook } from "./take-hook.ts";

/** After a look that could not be had. */
const LOOK_AGAIN_MS = 60_000;

/** What starts one tenant's runs by itself: a shell around the schedules' clock and the webhooks' door. */
export class Triggers extends DurableObject<Env> {
  #opened: { sql: Sql; store: TriggerStore } | null = null;

  /** Another version is live, or none; `anew`: something else that schedules go by has changed. */
  async refresh(enterpriseId: string, anew = false): Promise<void> {
    mustBe(this.ctx, enterpriseId);
    await followLive(compose(this.env), this.#open().store, enterpriseId, anew);
    await this.#arm();
  }

  /** All triggers as JSON text: what each is, and how it stands. */
  async list(enterpriseId: string): Promise<string> {
    await this.refresh(enterpriseId);
    const { store, sql } = this.#open();
    const time = (at: number | null) => (at === null ? null : isoTime(at));
    const made = new Set(
      sql.exec("SELECT workflow, name FROM secret").map((it) => `${it.workflow}/${it.name}`),
    );
    const all = store.all().map((it) => ({
      kind: it.kind,
      workflow_name: it.workflow,
      name: it.name,
      cron: it.cron,
      time_zone: it.time_zone,
      next_at: time(it.retry_at ?? it.next_at),
      last_at: time(it.last_at),
      last_chat_id: it.last_chat_id,
      last_error: it.last_error,
      has_secret: made.has(`${it.workflow}/${it.name}`),
    }));
    return JSON.stringify(all);
  }

  /** A new signing secret for a webhook, in place of the one before; null if there is no such webhook. */
  async newSecret(enterpriseId: string, workflow: string, name: string): Promise<string | null> {
    await this.refresh(enterpriseId);
    const { store, sql } = this.#open();
    if (store.find(workflow, name)?.kind !== "webhook") return null;
    const secret = newHookSecret((into) => crypto.getRandomValues(into));
    const sealed = await seal(this.env.TOKEN_SECRET, labelOf(enterpriseId, workflow, name), secret);
    sql.exec(
      `INSERT INTO secret (workflow, name, sealed, at) VALUES (?, ?, ?, ?)
       ON CONFLICT (workflow, name) DO UPDATE SET sealed = excluded.sealed, at = excluded.at`,
      ...[workflow, name, sealed, compose(this.env).clock.now()],
    );
    return secret;
  }

  /** A request of another system. An object that was never asked to refresh knows no webhook and writes nothing. */
  async take(call: HookCall): Promise<HookAnswer> {
    if (!this.#opened && !this.#exists()) return { ok: false, code: "NOT_FOUND" };
    return takeHook(compose(this.env), this.#open(), call);
  }

  /** Deletes everything. */
  async destroy(): Promise<void> {
    this.#opened = null;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  /** Never throws: an alarm that fails too often is given up by the platform (F35). */
  override async alarm(): Promise<void> {
    const deps = compose(this.env);
    const { store } = this.#open();
    const app = store.app();
    if (!app) return;
    const { enterprise_id } = app;
    try {
      await followLive(deps, store, enterprise_id);
    } catch (cause) {
      deps.log("warn", "triggers.follow_failed", { enterprise_id, cause: String(cause) });
      return this.#arm(deps.clock.now() + LOOK_AGAIN_MS);
    }
    for (const it of store.due(deps.clock.now())) {
      // The due time's name makes its chat: whatever is repeated, by an alarm that came twice or a crash, is one.
      const requestId = `schedule:${it.workflow}:${it.name}:${it.next_at}`;
      const text = scheduledInput(it.input, it.next_at, it.time_zone);
      try {
        const chatId = await beginChat(deps, enterprise_id, { workflow: it.workflow, requestId, text });
        store.began(it, chatId, deps.clock.now());
      } catch (cause) {
        deps.log("warn", "triggers.run_failed", { enterprise_id, cause: String(cause) });
        store.failed(it, "The run could not be started.", deps.clock.now());
      }
    }
    await this.#arm();
  }

  async #arm(noEarlier = 0): Promise<void> {
    const next = this.#open().store.nextLook();
    if (next === null) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(Math.max(next, noEarlier));
  }

  #open(): { sql: Sql; store: TriggerStore } {
    const sql = objectSql(this.ctx.storage);
    this.#opened ??= { sql, store: openTriggers(sql) };
    return this.#opened;
  }

  #exists(): boolean {
    const { sql } = this.ctx.storage;
    return sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'trigger_row'").toArray().length > 0;
  }
}
