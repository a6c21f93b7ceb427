import { appError } from "#base/app-error";
import { listOf } from "#protocol/api/list";
import { delivery, deliveryQuery, replayDead, replayed, webhookParams } from "#protocol/api/webhook";
import { id } from "#protocol/ids";
import { webhooksFor } from "../../webhooks-out/webhooks-out-for.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";
import { granted } from "../webhook-answer.ts";

const tags = ["Webhooks"];
const path = "/api/apps/{enterprise_id}/webhooks/{webhook_id}";
const CURSOR = /^dlv_(\d{1,15})$/;

export const webhookLogRoutes = routes();

webhookLogRoutes.openapi(
  route({
    method: "get",
    path: `${path}/deliveries`,
    tags,
    summary: "What went to an endpoint in the last 30 days, newest first, with each attempt",
    access: "session",
    request: { params: webhookParams, query: deliveryQuery },
    responses: answers(200, listOf(delivery), "A page of the log"),
  }),
  async (c) => {
    const { enterprise_id, webhook_id } = c.req.valid("param");
    const { status, cursor, limit } = c.req.valid("query");
    const { scope } = await seeAs(c, enterprise_id, "app.webhooks");
    const before = cursor === undefined ? null : numberOf(cursor);
    const outbox = webhooksFor(c.env.deps.env, scope.enterprise_id);
    const rows = await outbox.deliveries(webhook_id, { status, before, limit: limit + 1 });
    if (rows === null) throw appError("NOT_FOUND");
    const items = rows.slice(0, limit);
    const next_cursor = rows.length > limit ? (items.at(-1)?.delivery_id ?? null) : null;
    return c.json({ items, next_cursor }, 200);
  },
);

webhookLogRoutes.openapi(
  route({
    method: "post",
    path: `${path}/deliveries/{delivery_id}/replay`,
    tags,
    summary: "Send one event again, with the same id",
    access: "session",
    request: { params: webhookParams.extend({ delivery_id: id }) },
    responses: answers(202, replayed, "On its way"),
  }),
  async (c) => {
    const { enterprise_id, webhook_id, delivery_id } = c.req.valid("param");
    const deed = { action: "webhooks.replay", target: webhook_id, details: { delivery_id } };
    const answer = await privileged(c, enterprise_id, "app.webhooks", deed, async ({ scope }) =>
      granted(await webhooksFor(c.env.deps.env, scope.enterprise_id).replay(webhook_id, { delivery_id })),
    );
    return c.json({ replayed: answer.replayed }, 202);
  },
);

webhookLogRoutes.openapi(
  route({
    method: "post",
    path: `${path}/replay`,
    tags,
    summary: "Send again all that was given up and happened since a time",
    access: "session",
    request: { params: webhookParams, body: jsonBody(replayDead) },
    responses: answers(202, replayed, "On its way"),
  }),
  async (c) => {
    const { enterprise_id, webhook_id } = c.req.valid("param");
    const { since } = c.req.valid("json");
    const details: Record<string, unknown> = { since };
    const deed = { action: "webhooks.replay", target: webhook_id, details };
    const answer = await privileged(c, enterprise_id, "app.webhooks", deed, async ({ scope }) => {
      const outbox = webhooksFor(c.env.deps.env, scope.enterprise_id);
      const done = granted(await outbox.replay(webhook_id, { since: Date.parse(since) }));
      details.replayed = done.replayed;
      return done;
    });
    return c.json({ replayed: answer.replayed }, 202);
  },
);

/** Error: BAD_REQUEST. */
function numberOf(cursor: string): number {
  const [, digits] = CURSOR.exec(cursor) ?? [];
  if (digits === undefined)
    throw appError("BAD_REQUEST", { issues: [{ path: "cursor", message: "is not a cursor of this list" }] });
  return Number(digits);
}
