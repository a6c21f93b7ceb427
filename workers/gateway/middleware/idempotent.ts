import type { MiddlewareHandler } from "hono";
import * as z from "zod";
import { claimKey, freeKey, keepAnswer } from "#auth/idempotency";
import { appError } from "#base/app-error";
import { sha256Hex } from "#base/sha256-hex";
import { id } from "#protocol/ids";
import type { GatewayEnv } from "../call.ts";

const POLL_MS = 100;
const MAX_POLLS = 100;

const naming = z.object({ enterprise_id: id }).or(z.object({ app_id: id }));

/** The enterprise that a body, asked or answered, says it is about. */
function enterpriseNamedIn(json: string): string | null {
  const { data } = naming.safeParse(JSON.parse(json));
  if (data === undefined) return null;
  return "enterprise_id" in data ? data.enterprise_id : data.app_id;
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
  const asked = await c.req.text();
  const requestHash = await sha256Hex([c.req.method, c.req.path, asked].join("\n"));
  const claim = { id: `${realm}:${user_id}:${key}`, realm, requestHash };
  for (let poll = 0; poll < MAX_POLLS; poll += 1) {
    const claimed = await claimKey(db, { ...claim, now: clock.now() });
    if (claimed.kind === "first") {
      await next();
      // A stream is not kept: what it was the answer to has an id of its own.
      const streams = c.res.headers.get("content-type")?.startsWith("text/event-stream");
      if (!c.res.ok || streams) return freeKey(db, claim.id);
      const { status } = c.res;
      const body = await c.res.clone().text();
      const enterpriseId =
        c.req.param("enterprise_id") ?? enterpriseNamedIn(body) ?? enterpriseNamedIn(asked);
      return keepAnswer(db, claim.id, { status, body, enterpriseId });
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
