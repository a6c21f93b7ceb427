import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { Build } from "#protocol/api/build";
import type { Usage } from "#protocol/api/usage";
import { dataOf, openTab, type Tab } from "#test/support/chat-client";
import { call, makeApp, type Person } from "#test/workers/gateway/client";

export type ABuild = Awaited<ReturnType<typeof startBuild>>;

/** A build of a new app, or of `enterprise_id`, with a tab of its chat. */
export async function startBuild(owner: Person, ask: Record<string, unknown>, of?: string) {
  const enterprise_id = of ?? (await makeApp(owner)).enterprise_id;
  const base = `/api/apps/${enterprise_id}/builds`;
  const answer = await call(base, { token: owner.token, json: ask });
  expect(answer.status).toBe(202);
  const { build_id, chat_id } = answer.body as { build_id: string; chat_id: string };
  const one = `${base}/${build_id}`;
  const path = `/ws/generator/${enterprise_id}/${chat_id}/${owner.user_id}`;
  return {
    enterprise_id,
    chat_id,
    build_id,
    path,
    tab: await openTab(path, owner),
    read: async () => (await call(one, { token: owner.token })).body as Build,
    post: (what: string, json: unknown = {}) => call(`${one}/${what}`, { token: owner.token, json }),
  };
}

/** Waits for the build's end, or for its next pause. */
export async function rests(tab: Tab, times = 1): Promise<void> {
  await tab.until(() => dataOf(tab.frames, "chat.run_complete").length >= times);
}

export function sessionOf(build: Pick<ABuild, "enterprise_id" | "chat_id">) {
  return env.CHAT_SESSION.getByName(`${build.enterprise_id}:${build.chat_id}`);
}

/** Changes what the object holds of the build, as if its process had died there. */
export async function leaveAs(
  build: ABuild,
  change: (state: Record<string, unknown>) => void,
): Promise<void> {
  await runInDurableObject(sessionOf(build), (_, { storage: { sql } }) => {
    const row = sql.exec("SELECT state FROM runs WHERE run_id = ?", build.build_id).one();
    const state = JSON.parse(String(row.state));
    change(state);
    sql.exec(
      "UPDATE runs SET status = 'running', state = ? WHERE run_id = ?",
      JSON.stringify(state),
      build.build_id,
    );
  });
}

/** All that a build may have changed of an app: its versions, its files, what it holds and what its owner used. */
export async function tracesOf(owner: Person, enterpriseId: string) {
  const count = async (table: string) =>
    (
      await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE enterprise_id = ?`)
        .bind(enterpriseId)
        .first<{ n: number }>()
    )?.n;
  const app = await call(`/api/apps/${enterpriseId}`, { token: owner.token });
  const usage = (await call(`/api/app/usage/${enterpriseId}`, { token: owner.token })).body as Usage;
  const tables = await call(`/api/apps/${enterpriseId}/tables`, { token: owner.token });
  const files = await env.FILES.list({ prefix: `enterprises/${enterpriseId}/` });
  return {
    app: app.body,
    versions: await count("app_version"),
    workflows: await count("workflow"),
    tables: [tables.status, tables.body],
    files: files.objects.map(({ key, etag }) => `${key} ${etag}`),
    usage: [usage.balance_nano, usage.held_nano, usage.totals],
  };
}
