import * as z from "zod";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { hookSecret, takenHook, triggerList } from "#protocol/api/trigger";
import { id, slug } from "#protocol/ids";
import { triggersFor } from "../../triggers/triggers-for.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";

const tags = ["Triggers"];
const ofApp = z.object({ enterprise_id: id });
const ofHook = ofApp.extend({ workflow: slug, name: slug });

/** What the object says of each of its triggers. */
const standing = z.array(
  z.object({
    kind: z.enum(["schedule", "webhook"]),
    workflow_name: z.string(),
    name: z.string(),
    cron: z.string().nullable(),
    time_zone: z.string().nullable(),
    next_at: z.string().nullable(),
    last_at: z.string().nullable(),
    last_chat_id: z.string().nullable(),
    last_error: z.string().nullable(),
    has_secret: z.boolean(),
  }),
);

function hookUrl(origin: string, enterpriseId: string, workflow: string, name: string): string {
  return `${origin}/api/hooks/${enterpriseId}/${workflow}/${name}`;
}

export const triggerRoutes = routes();

triggerRoutes.openapi(
  route({
    method: "get",
    path: "/api/apps/{enterprise_id}/triggers",
    tags,
    summary: "What starts runs of the app by itself: schedules and webhooks",
    access: "session",
    request: { params: ofApp },
    responses: answers(200, triggerList, "Those of the live version"),
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const { scope } = await seeAs(c, enterprise_id, "app.build");
    const { env } = c.env.deps;
    const all = standing.parse(
      JSON.parse(await triggersFor(env, scope.enterprise_id).list(scope.enterprise_id)),
    );
    const schedules = all.flatMap(({ kind, has_secret: _, ...it }) =>
      kind === "schedule" ? [{ ...it, cron: it.cron ?? "", time_zone: it.time_zone ?? "" }] : [],
    );
    const origin = new URL(env.FOUNDRY_URL).origin;
    const hooks = all
      .filter(({ kind }) => kind === "webhook")
      .map(({ workflow_name, name, has_secret, last_at, last_chat_id }) => {
        const url = hookUrl(origin, enterprise_id, workflow_name, name);
        return { workflow_name, name, url, has_secret, last_at, last_chat_id };
      });
    return c.json({ schedules, hooks }, 200);
  },
);

triggerRoutes.openapi(
  route({
    method: "post",
    path: "/api/apps/{enterprise_id}/hooks/{workflow}/{name}/secret",
    tags,
    summary: "A new signing secret for a webhook; the one before is void at once",
    access: "session",
    request: { params: ofHook },
    responses: answers(201, hookSecret, "Shown this once"),
  }),
  async (c) => {
    const { enterprise_id, workflow, name } = c.req.valid("param");
    const { env } = c.env.deps;
    const deed = { action: "hooks.new_secret", target: `${workflow}/${name}` };
    const secret = await privileged(c, enterprise_id, "secrets.change", deed, async ({ scope }) => {
      const id = scope.enterprise_id;
      const made = await triggersFor(env, id).newSecret(id, workflow, name);
      if (made === null) throw appError("NOT_FOUND");
      return made;
    });
    const url = hookUrl(new URL(env.FOUNDRY_URL).origin, enterprise_id, workflow, name);
    return c.json({ url, secret }, 201);
  },
);

triggerRoutes.openapi(
  route({
    method: "post",
    path: "/api/hooks/{enterprise_id}/{workflow}/{name}",
    tags,
    summary: "A signed request of another system (Standard Webhooks): starts a chat of the workflow",
    access: "public",
    request: { params: ofHook, body: jsonBody(z.unknown()) },
    responses: answers(202, takenHook, "Taken"),
  }),
  async (c) => {
    const { enterprise_id, workflow, name } = c.req.valid("param");
    const { app } = c.var.host;
    if (app !== null && app.enterpriseId !== enterprise_id) throw appError("NOT_FOUND");
    const body = await c.req.text();
    if (new TextEncoder().encode(body).byteLength > LIMITS.hookMaxBytes)
      throw appError("TOO_LARGE", { max_bytes: LIMITS.hookMaxBytes });
    const header = (it: string) => c.req.header(`webhook-${it}`) ?? "";
    const headers = { id: header("id"), timestamp: header("timestamp"), signature: header("signature") };
    const taken = await triggersFor(c.env.deps.env, enterprise_id).take({ workflow, name, headers, body });
    if (!taken.ok) {
      if (taken.code === "RATE_LIMITED") c.header("retry-after", "60");
      throw appError(taken.code);
    }
    return c.json({ chat_id: taken.chat_id, repeated: taken.repeated }, 202);
  },
);
