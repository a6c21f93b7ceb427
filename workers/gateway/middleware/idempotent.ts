import type { MiddlewareHandler } from "hono";
import { claimKey, freeKey, keepAnswer } from "#auth/idempotency";
import { appError } from "#base/app-error";
import { id } from "#protocol/ids";
import type { GatewayEnv } from "../call.ts";

const POLL_MS = 100;
const MAX_POLLS = 100;

async function hashOf(parts: string[]): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(parts.join("\n")));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * `Idempotency-Key`: the same key and body get the first answer again, the same key with another body is a conflict.
 * A request that came while the first is at work waits for it. Only answers that created something are kept.
 */
export const idempotent: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const key = c.req.header("idempotency-key");
  if (key === undefined) return next();
  if (!id.safeParse(key).success) {
    throw appError("BAD_REQUEST", {
      issues: [{ path: "Idempotency-Key", message: "must be 1–128 letters, digits, '_', '-' or '.'" }],
    });
  }
  const { db, clock } = c.env.deps;
  const { realm, user_id } = c.var.principal;
  const requestHash = await hashOf([c.req.method, c.req.path, await c.req.text()]);
  const claim = { id: `${realm}:${user_id}:${key}`, realm, requestHash };
  for (let poll = 0; poll < MAX_POLLS; poll += 1) {
    const claimed = await claimKey(db, { ...claim, now: clock.now() });
    if (claimed.kind === "first") {
      await next();
      if (c.res.ok) await keepAnswer(db, claim.id, c.res.status, await c.res.clone().text());
      else await freeKey(db, claim.id);
      return;
    }
    if (claimed.kind === "other_request") throw appError("IDEMPOTENCY_MISMATCH");
    if (claimed.kind === "answered") {
      return new Response(claimed.body, {
        status: claimed.status,
        headers: { "content-type": "application/json" },
      });
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw appError("UNAVAILABLE");
};
