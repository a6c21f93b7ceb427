import * as z from "zod";
import { differences } from "#audit/differences";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { listOpenChatIds } from "#chats/list-chats";
import { checkUrl } from "#egress/check-url";
import type { Scope } from "#enterprises/scope";
import { deleted } from "#protocol/api/app";
import {
  changeWebhook,
  newWebhook,
  testedWebhook,
  webhook,
  webhookParams,
  webhooks,
  webhookWithSecret,
} from "#protocol/api/webhook";
import { id } from "#protocol/ids";
import type { Deps } from "../../compose.ts";
import { webhooksFor } from "../../webhooks-out/webhooks-out-for.ts";
import { eachChat } from "../each-chat.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";
import { granted } from "../webhook-answer.ts";

const tags = ["Webhooks"];
const params = z.object({ enterprise_id: id });
const all = "/api/apps/{enterprise_id}/webhooks";
const one = `${all}/{webhook_id}` as const;

export const webhookRoutes = routes();

webhookRoutes.openapi(
  route({
    method: "get",
    path: all,
    tags,
    summary: "Where an app tells what happens, never the secrets",
    access: "session",
    request: { params },
    responses: answers(200, webhooks, "All endpoints"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "app.webhooks");
    const items = await webhooksFor(c.env.deps.env, scope.enterprise_id).list();
    return c.json({ items }, 200);
  },
);

webhookRoutes.openapi(
  route({
    method: "post",
    path: all,
    tags,
    summary: "Be told of events at an address; its signing secret is shown this once",
    access: "session",
    request: { params, body: jsonBody(newWebhook) },
    responses: answers(201, webhookWithSecret, "Made"),
  }),
  async (c) => {
    const { deps } = c.env;
    const wish = c.req.valid("json");
    const details: Record<string, unknown> = { events: wish.events };
    const deed = { action: "webhooks.add", details };
    const { enterprise_id } = c.req.valid("param");
    const made = await privileged(c, enterprise_id, "app.webhooks", deed, async ({ scope }) => {
      refuseUrl(deps, wish.url);
      const answer = await webhooksFor(deps.env, scope.enterprise_id).create(wish);
      const { webhook: made, secret } = granted(answer);
      details.webhook_id = made.webhook_id;
      details.host = new URL(wish.url).host;
      await tellWhatIsWanted(deps, scope);
      return { ...made, secret };
    });
    return c.json(made, 201);
  },
);

webhookRoutes.openapi(
  route({
    method: "patch",
    path: one,
    tags,
    summary: "Change an endpoint: its address, its events, whether it is told at all",
    access: "session",
    request: { params: webhookParams, body: jsonBody(changeWebhook) },
    responses: answers(200, webhook, "As it is now"),
  }),
  async (c) => {
    const { deps } = c.env;
    const { enterprise_id, webhook_id } = c.req.valid("param");
    const { url, events, active, include_text } = c.req.valid("json");
    const change = {
      ...(url === undefined ? {} : { url }),
      ...(events === undefined ? {} : { events }),
      ...(active === undefined ? {} : { active }),
      ...(include_text === undefined ? {} : { include_text }),
    };
    const details: Record<string, unknown> = {};
    const deed = { action: "webhooks.change", target: webhook_id, details };
    const changed = await privileged(c, enterprise_id, "app.webhooks", deed, async ({ scope }) => {
      if (url !== undefined) refuseUrl(deps, url);
      const hooks = webhooksFor(deps.env, scope.enterprise_id);
      const before = (await hooks.list()).find((it) => it.webhook_id === webhook_id);
      // An address may hold a secret of its own: that it is another one is told.
      const { url: asked, ...told } = change;
      if (before)
        Object.assign(details, differences(before, told), asked !== undefined && { url: "changed" });
      const answer = await hooks.change(webhook_id, change);
      const { webhook: now } = granted(answer);
      await tellWhatIsWanted(deps, scope);
      return now;
    });
    return c.json(changed, 200);
  },
);

webhookRoutes.openapi(
  route({
    method: "delete",
    path: one,
    tags,
    summary: "Remove an endpoint with its log",
    access: "session",
    request: { params: webhookParams },
    responses: answers(200, deleted, "Gone"),
  }),
  async (c) => {
    const { enterprise_id, webhook_id } = c.req.valid("param");
    const deed = { action: "webhooks.remove", target: webhook_id };
    await privileged(c, enterprise_id, "app.webhooks", deed, async ({ scope }) => {
      if (!(await webhooksFor(c.env.deps.env, scope.enterprise_id).remove(webhook_id)))
        throw appError("NOT_FOUND");
    });
    return c.json({ deleted: true } as const, 200);
  },
);

webhookRoutes.openapi(
  route({
    method: "post",
    path: `${one}/rotate`,
    tags,
    summary: "A new signing secret; requests are signed with the one before as well for a day",
    access: "session",
    request: { params: webhookParams },
    responses: answers(200, webhookWithSecret, "Shown this once"),
  }),
  async (c) => {
    const { enterprise_id, webhook_id } = c.req.valid("param");
    const deed = { action: "webhooks.rotate", target: webhook_id };
    const made = await privileged(c, enterprise_id, "app.webhooks", deed, async ({ scope }) =>
      granted(await webhooksFor(c.env.deps.env, scope.enterprise_id).rotate(webhook_id)),
    );
    return c.json({ ...made.webhook, secret: made.secret }, 200);
  },
);

webhookRoutes.openapi(
  route({
    method: "post",
    path: `${one}/test`,
    tags,
    summary: "Send a ping; what came of it stands in the log",
    access: "session",
    request: { params: webhookParams },
    responses: answers(202, testedWebhook, "On its way"),
  }),
  async (c) => {
    const { enterprise_id, webhook_id } = c.req.valid("param");
    const deed = { action: "webhooks.test", target: webhook_id };
    const { event_id } = await privileged(c, enterprise_id, "app.webhooks", deed, async ({ scope }) =>
      granted(await webhooksFor(c.env.deps.env, scope.enterprise_id).ping(webhook_id)),
    );
    return c.json({ event_id }, 202);
  },
);

/** By the rules of everything that leaves. They are looked at again with each request. Error: BAD_REQUEST. */
function refuseUrl({ outside }: Deps, url: string): void {
  const checked = checkUrl(url, { hosts: null, own: outside.own, exempt: outside.exempt });
  if (!checked.ok) throw appError("BAD_REQUEST", { issues: [{ path: "url", message: checked.reason }] });
}

/** Chats go by what they last heard of it: those that may have heard lately ask again. Who can't be told learns it in time. */
async function tellWhatIsWanted({ env, db, clock, log }: Deps, scope: Scope): Promise<void> {
  try {
    const chats = await listOpenChatIds(db, scope, clock.now() - 2 * LIMITS.webhookWantsMs);
    await eachChat(env, scope.enterprise_id, chats, (session) => session.forgetWanted());
  } catch (cause) {
    log("warn", "webhooks.chats_not_told", { enterprise_id: scope.enterprise_id, cause: String(cause) });
  }
}
