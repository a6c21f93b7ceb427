import * as z from "zod";
import { appError } from "#base/app-error";
import { listEnterprisesOf } from "#enterprises/list-enterprises";
import { scopeOf } from "#enterprises/scope";
import { updateEnterprise } from "#enterprises/update-enterprise";
import { planApp } from "#generator/plan-app";
import { app, appDetail, createApp, createdApp, deleted, patchApp } from "#protocol/api/app";
import { listOf, listQuery } from "#protocol/api/list";
import { id } from "#protocol/ids";
import { appDataFor } from "../../app-data/app-data-for.ts";
import { eraseApp } from "../../data-rights/erase.ts";
import { addressOf } from "../../rate-limiter/address-of.ts";
import { refreshTriggers } from "../../triggers/triggers-for.ts";
import { appView } from "../addresses.ts";
import { accepted } from "../answer-of.ts";
import { askLedger } from "../ask-ledger.ts";
import { beginBuild } from "../begin-build.ts";
import { closeToUnadmitted } from "../close-to-unadmitted.ts";
import { makeEnterprise } from "../make-enterprise.ts";
import { pageOf, placeOf } from "../page.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { allowedTo, refuseEndUsers, seeAs } from "../see-enterprise.ts";
import { changesOf, chatLimitsChange, settingsChange, settingsView } from "../settings-view.ts";
import { tellChats } from "../tell-chats.ts";

const tags = ["Apps"];
const params = z.object({ enterprise_id: id });
const path = "/api/apps/{enterprise_id}";

export const appRoutes = routes();

appRoutes.openapi(
  route({
    method: "post",
    path: "/api/apps",
    tags,
    summary: "Create an app; with a prompt, build it too",
    access: "session",
    creates: true,
    request: { body: jsonBody(createApp) },
    responses: answers(201, createdApp, "The new app"),
  }),
  async (c) => {
    refuseEndUsers(c);
    const { deps } = c.env;
    const body = c.req.valid("json");
    // Planned here for its name alone, and so that a prompt that can't be built leaves nothing behind.
    const planned = body.prompt === undefined || body.plan ? null : planApp(body.prompt, {});
    if (planned?.kind === "refused") throw appError(planned.code, undefined, planned.message);
    const row = await makeEnterprise(deps, {
      name: body.name ?? body.plan?.name ?? planned?.plan.name ?? "My app",
      createdBy: c.var.principal.user_id,
      address: addressOf(c.req.raw.headers, deps.env),
    });
    if (body.prompt === undefined) return c.json(appView(deps.env, row), 201);
    const scope = scopeOf(row.enterpriseId);
    try {
      const { prompt, approve, plan, answers: given = null } = body;
      const ask = { prompt, approve, publish: true, answers: given, ...(plan && { plan }) };
      const build = await beginBuild(c, scope, ask);
      const { build_id, chat_id } = build;
      return c.json({ ...appView(deps.env, row), build_id, chat_id }, 201);
    } catch (error) {
      // A build that could not be started leaves no empty app behind.
      await eraseApp(deps, scope);
      throw error;
    }
  },
);

appRoutes.openapi(
  route({
    method: "get",
    path: "/api/apps",
    tags,
    summary: "My apps, newest first",
    access: "session",
    request: { query: listQuery },
    responses: answers(200, listOf(app), "A page of apps"),
  }),
  async (c) => {
    refuseEndUsers(c);
    const { deps } = c.env;
    const { cursor, limit } = c.req.valid("query");
    const page = { before: placeOf(cursor), limit: limit + 1 };
    const rows = await listEnterprisesOf(deps.db, c.var.principal.user_id, page);
    const found = pageOf(rows, limit, ({ enterprise: it }) => ({ at: it.createdAt, id: it.enterpriseId }));
    const items = found.page.map((it) => appView(deps.env, it.enterprise));
    return c.json({ items, next_cursor: found.next_cursor }, 200);
  },
);

appRoutes.openapi(
  route({
    method: "get",
    path,
    tags,
    summary: "One app",
    access: "session",
    key: "app.read",
    request: { params },
    responses: answers(200, appDetail, "The app"),
  }),
  async (c) => {
    const seen = await seeAs(c, c.req.valid("param").enterprise_id, "app.read");
    const { scope, enterprise } = seen;
    const { env } = c.env.deps;
    const set = await askLedger(env, scope.enterprise_id, (ledger) => ledger.settings());
    const can = allowedTo(seen);
    return c.json({ ...appView(env, enterprise), ...settingsView(set, enterprise, seen.declared), can }, 200);
  },
);

appRoutes.openapi(
  route({
    method: "patch",
    path,
    tags,
    summary: "Rename, brand, move to another slug, limit spending and chats, choose who may come in and how",
    access: "session",
    request: { params, body: jsonBody(patchApp) },
    responses: answers(200, appDetail, "The app as it is now"),
  }),
  async (c) => {
    const body = c.req.valid("json");
    const details: Record<string, unknown> = {};
    const deed = { action: "app.change", details };
    const answer = await privileged(
      c,
      c.req.valid("param").enterprise_id,
      "app.change",
      deed,
      async (seen) => {
        const { scope, enterprise, declared } = seen;
        const { env, db, clock } = c.env.deps;
        const can = allowedTo(seen);
        const { show_cost, limits, time_zone, sign_in, maintenance, ...change } = body;
        const before = await askLedger(env, scope.enterprise_id, (ledger) => ledger.settings());
        const was = { ...appView(env, enterprise), ...settingsView(before, enterprise, declared), can };
        Object.assign(details, changesOf(was, body));
        const ofChats = chatLimitsChange(limits, maintenance);
        const shown = {
          ...change,
          ...(show_cost === undefined ? {} : { showCost: show_cost }),
          ...(sign_in && { signIn: sign_in }),
          ...(ofChats && { chatLimits: { ...ofChats, at: clock.now() } }),
        };
        // First what can be refused: a change is made whole or not at all.
        const row = Object.keys(shown).length > 0 ? await updateEnterprise(db, scope, shown) : enterprise;
        const set = accepted(
          await askLedger(env, scope.enterprise_id, (ledger) =>
            ledger.configure(settingsChange(limits, time_zone)),
          ),
        ).settings;
        if (time_zone !== undefined) await refreshTriggers(env, scope, true);
        if (ofChats) await tellChats(c.env.deps, scope, row);
        if (change.visibility !== undefined) await closeToUnadmitted(c.env.deps, scope, row);
        return { ...appView(env, row), ...settingsView(set, row, declared), can };
      },
    );
    return c.json(answer, 200);
  },
);

appRoutes.openapi(
  route({
    method: "delete",
    path,
    tags,
    summary: "Delete an app with all its data",
    access: "session",
    request: { params },
    responses: answers(200, deleted, "Gone; what takes longer goes on by itself"),
  }),
  async (c) => {
    const deed = { action: "app.delete", endsAll: true } as const;
    await privileged(c, c.req.valid("param").enterprise_id, "app.delete", deed, ({ scope }) =>
      eraseApp(c.env.deps, scope),
    );
    return c.json({ deleted: true } as const, 200);
  },
);

appRoutes.openapi(
  route({
    method: "delete",
    path: `${path}/sample-rows`,
    tags,
    summary: "Remove the sample rows of all tables",
    access: "session",
    request: { params },
    responses: answers(200, deleted, "Gone"),
  }),
  async (c) => {
    const deed = { action: "data.remove_samples" };
    await privileged(c, c.req.valid("param").enterprise_id, "data.change", deed, async ({ scope }) => {
      await appDataFor(c.env.deps.env, scope.enterprise_id).removeSamples();
    });
    return c.json({ deleted: true } as const, 200);
  },
);
