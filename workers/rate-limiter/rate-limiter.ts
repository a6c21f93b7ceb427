import { DurableObject } from "cloudflare:workers";
import { enter, type Opening } from "#rates/open-places";
import type { Ask, Verdict } from "#rates/rate";
import { openBuckets } from "#rates/schema";
import { giveBack, take } from "#rates/take";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { objectSql } from "../object-sql.ts";

/** A share of all buckets, as rows: leaving memory gives nothing back (T64). A shell around `take`. */
export class RateLimiter extends DurableObject<Env> {
  readonly #sql = objectSql(this.ctx.storage);

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    openBuckets(this.#sql);
  }

  async take(asks: Ask[]): Promise<Verdict> {
    return take(this.#sql, asks, compose(this.env).clock.now());
  }

  async giveBack(asks: Ask[]): Promise<void> {
    giveBack(this.#sql, asks, compose(this.env).clock.now());
  }

  async enter(it: Opening): Promise<string[]> {
    return enter(this.#sql, it, compose(this.env).clock.now());
  }
}
