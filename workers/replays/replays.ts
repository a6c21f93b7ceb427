import { DurableObject } from "cloudflare:workers";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { type Answer, answer } from "../app-data/answer.ts";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { mustBe } from "../must-be.ts";
import { type Held, replayStep } from "./replay-step.ts";
import { openReplays, type ReplayStore } from "./replay-store.ts";
import { reportOf } from "./report.ts";

/** Soon after it was refused or broken off, a step is tried again. */
const AGAIN_MS = 5_000;

export type NewReplay = {
  replay_id: string;
  enterprise_id: string;
  version: number | "draft" | null;
  build_id: string | null;
  /** The app to replay with, as JSON. */
  files: string;
  chat_ids: string[];
};

/**
 * The replays of one app, one after the other, a turn a step of the alarm: what was cut goes on from its rows. Of its
 * own beside triggers and tables, so that nobody waits for models here. Reached through `replaysFor` only.
 */
export class Replays extends DurableObject<Env> {
  #store: ReplayStore | null = null;
  #held: Held | null = null;
  #current: { replay_id: string; abort: AbortController } | null = null;

  /** Errors: CONFLICT (one is running), RATE_LIMITED (as many are kept as may be). */
  async begin(it: NewReplay): Promise<Answer<null>> {
    mustBe(this.ctx, it.enterprise_id);
    const store = this.#open();
    const now = compose(this.env).clock.now();
    store.removeBefore(now - LIMITS.replayKeptMs);
    const begun = answer(() => {
      if (store.running()) throw appError("CONFLICT", undefined, "A replay of this app is running already.");
      if (store.all().length >= LIMITS.replaysPerApp)
        throw appError("RATE_LIMITED", {
          replays: LIMITS.replaysPerApp,
          days: LIMITS.replayKeptMs / 86_400_000,
        });
      const { files, chat_ids, version, ...rest } = it;
      store.add({ ...rest, version: JSON.stringify(version), created_at: now }, files, chat_ids);
      return null;
    });
    if (begun.ok) await this.#arm(now);
    return begun;
  }

  /** A replay as JSON text, or null. */
  async report(replayId: string): Promise<string | null> {
    const store = this.#open();
    store.removeBefore(compose(this.env).clock.now() - LIMITS.replayKeptMs);
    const row = store.find(replayId);
    if (!row) return null;
    return JSON.stringify(reportOf(row, store.chats(replayId), store.results(replayId)));
  }

  /** Errors: NOT_FOUND, CONFLICT (it has ended). What was done so far stays. */
  async cancel(replayId: string): Promise<Answer<null>> {
    const store = this.#open();
    return answer(() => {
      const row = store.find(replayId);
      if (!row) throw appError("NOT_FOUND");
      if (row.status !== "running") throw appError("CONFLICT", { status: row.status });
      // Written first: a stop holds even if the process dies before it is done (F23).
      store.end(replayId, "cancelled");
      if (this.#current?.replay_id === replayId) this.#current.abort.abort();
      return null;
    });
  }

  /** Lets go of what it holds of these chats: they are being deleted. */
  async forget(chatIds: string[]): Promise<void> {
    this.#open().forgetChats(chatIds);
    this.#held = null;
  }

  /** Deletes everything. */
  async destroy(): Promise<void> {
    this.#current?.abort.abort();
    this.#store = this.#held = null;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  /** Never throws: an alarm that fails too often is given up by the platform (F35). */
  override async alarm(): Promise<void> {
    const deps = compose(this.env);
    const store = this.#open();
    store.removeBefore(deps.clock.now() - LIMITS.replayKeptMs);
    const row = store.running();
    let again = 0;
    if (row) {
      const abort = new AbortController();
      this.#current = { replay_id: row.replay_id, abort };
      try {
        this.#held = await replayStep(row, store, this.#held, deps, abort.signal);
      } catch (cause) {
        again = AGAIN_MS;
        deps.log("warn", "replay.step_failed", { replay_id: row.replay_id, cause: String(cause) });
      } finally {
        this.#current = null;
      }
    }
    // Deleted in the meantime: nothing may come back.
    if (this.#store === store) await this.#arm(deps.clock.now() + again);
  }

  /** At once while something is to be done, then when the oldest may go. */
  async #arm(soon: number): Promise<void> {
    const store = this.#open();
    const [oldest] = store.all();
    if (store.running()) await this.ctx.storage.setAlarm(soon);
    else if (oldest) await this.ctx.storage.setAlarm(oldest.created_at + LIMITS.replayKeptMs + 1);
    if (!store.running()) this.#held = null;
  }

  #open(): ReplayStore {
    this.#store ??= openReplays(this.ctx.storage);
    return this.#store;
  }
}
