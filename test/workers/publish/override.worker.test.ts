import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import type { Build } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import { openTab } from "#test/support/chat-client";
import {
  call,
  codeOf,
  type MadeApp,
  makeApp,
  migrate,
  type Person,
  signUp,
} from "#test/workers/gateway/client";
import { takeOn } from "#test/workers/gateway/take-on";

const REASON = "The demo is at nine, the rest follows";
let owner: Person;
let editor: Person;
let admin: Person;

beforeAll(async () => {
  await migrate();
  owner = await signUp();
  editor = await signUp();
  admin = await signUp();
});

async function appOfTeam(): Promise<MadeApp> {
  const app = await makeApp(owner);
  await takeOn(owner, app.enterprise_id, editor, "editor");
  await takeOn(owner, app.enterprise_id, admin, "admin");
  return app;
}

/** A build that stopped, whose plan the editor has edited like this. */
async function stoppedBuild(edit: (plan: Plan) => void) {
  const { enterprise_id } = await appOfTeam();
  const base = `/api/apps/${enterprise_id}/builds`;
  const json = { prompt: "A booking app for my dental clinic" };
  const begun = (await call(base, { token: editor.token, json })).body as Build;
  const tab = await openTab(`/ws/generator/${enterprise_id}/${begun.chat_id}/${editor.user_id}`, editor);
  await tab.until(({ type }) => type === "chat.run_complete");
  const at = `${base}/${begun.build_id}`;
  const read = async (by = owner) => (await call(at, { token: by.token })).body as Build;
  const { plan, plan_hash } = await read();
  edit(plan as Plan);
  await call(`${at}/approve`, { token: editor.token, json: { plan_hash, plan } });
  await tab.until((it) => it.type === "chat.run_complete" && it.data.status !== "paused");
  const publish = (by: Person, ask: unknown = { reason: REASON }) =>
    call(`${at}/override`, { token: by.token, json: ask });
  return { enterprise_id, build_id: begun.build_id, tab, read, publish };
}

/** Everybody sees everybody's rows: its parts fit together, its conversations are red. */
const careless = ({ tables }: Plan) => {
  for (const table of Object.values(tables)) table.owner = "shared";
};

async function auditOf(enterpriseId: string, action: string) {
  const { body } = await call(`/api/apps/${enterpriseId}/audit?limit=100`, { token: owner.token });
  return (body as { items: Record<string, unknown>[] }).items.filter((it) => it.action === action);
}

async function noteOf(enterpriseId: string, version: number): Promise<string> {
  const query = env.DB.prepare("SELECT note FROM app_version WHERE enterprise_id = ? AND version = ?");
  return String((await query.bind(enterpriseId, version).first("note")) ?? "");
}

test("a build that is red is published by nobody but an owner who gives a reason, and that is written down", async () => {
  const build = await stoppedBuild(careless);
  const before = await build.read();
  expect(before).toMatchObject({ status: "failed", error: { code: "ACCEPTANCE_FAILED" } });
  const red = before.acceptance?.cases.filter((it) => !it.passed) ?? [];
  expect(red.length).toBeGreaterThan(0);
  expect(await build.read()).not.toHaveProperty("files");

  for (const by of [editor, admin]) expect((await build.publish(by)).status).toBe(403);
  expect((await build.publish(owner, {})).status).toBe(400);
  expect((await build.publish(owner, { reason: " " })).status).toBe(400);
  expect((await call(`/api/workflows/discover/${build.enterprise_id}`)).status).toBe(404);

  const answer = await build.publish(owner);
  expect(answer.status).toBe(200);
  const names = red.map(({ workflow, name }) => ({ workflow, name }));
  const published_over = { user_id: owner.user_id, reason: REASON, red: names };
  expect(await build.read()).toMatchObject({ status: "live", version: 1, published_over });
  expect((await build.read()).error).toBeUndefined();
  expect((await call(`/api/workflows/discover/${build.enterprise_id}`)).status).toBe(200);
  expect(await noteOf(build.enterprise_id, 1)).toContain(`red conversations: ${REASON}`);
  await build.tab.until(({ type, data }) => type === "chat.text" && String(data.content).includes(REASON));

  const rows = await auditOf(build.enterprise_id, "builds.override");
  expect(rows.map(({ outcome }) => outcome).sort()).toEqual(["FORBIDDEN", "FORBIDDEN", "done"]);
  const done = rows.find(({ outcome }) => outcome === "done");
  expect(done).toMatchObject({ target: build.build_id, details: { reason: REASON, red: names } });

  const again = await build.publish(owner);
  expect([again.status, codeOf(again)]).toEqual([409, "CONFLICT"]);
  build.tab.close();
});

test("a plan whose parts don't fit together is not built, and published by nobody", async () => {
  const { enterprise_id } = await appOfTeam();
  const base = `/api/apps/${enterprise_id}/builds`;
  const json = { prompt: "A booking app for my dental clinic" };
  const begun = (await call(base, { token: editor.token, json })).body as Build;
  const tab = await openTab(`/ws/generator/${enterprise_id}/${begun.chat_id}/${editor.user_id}`, editor);
  await tab.until(({ type }) => type === "chat.run_complete");
  const at = `${base}/${begun.build_id}`;
  const { plan, plan_hash } = (await call(at, { token: owner.token })).body as Build;
  for (const table of Object.values((plan as Plan).tables)) table.key = "gone";
  const approved = await call(`${at}/approve`, { token: editor.token, json: { plan_hash, plan } });
  expect([approved.status, codeOf(approved)]).toEqual([400, "BAD_REQUEST"]);
  const answer = await call(`${at}/override`, { token: owner.token, json: { reason: REASON } });
  expect([answer.status, codeOf(answer)]).toEqual([409, "CONFLICT"]);
  expect((await call(`/api/workflows/discover/${enterprise_id}`)).status).toBe(404);
  tab.close();
});

const HOURS = {
  name: "opening-hours",
  title: "Opening hours",
  description: "Says when the library is open.",
  entry_agent: "clerk",
  agents: {
    clerk: { description: "Opening hours.", instructions: "We are open on Monday from nine to five." },
  },
  acceptance: [
    { name: "It sells tickets", steps: [{ say: "hello", expect: { includes: ["ticket number 7"] } }] },
    { name: "It greets", steps: [{ say: "hello" }] },
  ],
};

test("a hand-written workflow that is red goes live by an owner's override alone", async () => {
  const { enterprise_id } = await appOfTeam();
  const register = (by: Person, definition: unknown, more = {}) =>
    call("/api/workflows/register", { token: by.token, json: { enterprise_id, definition, ...more } });
  const override = { reason: REASON };
  expect(codeOf(await register(owner, HOURS))).toBe("ACCEPTANCE_FAILED");
  for (const by of [editor, admin]) expect((await register(by, HOURS, { override })).status).toBe(403);
  const broken = { ...HOURS, entry_agent: "nobody" };
  expect(codeOf(await register(owner, broken, { override }))).toBe("INVALID_WORKFLOW");

  const done = await register(owner, HOURS, { override });
  const red = [{ workflow: "opening-hours", name: "It sells tickets" }];
  expect([done.status, done.body]).toMatchObject([201, { version: 1, red }]);
  expect(await noteOf(enterprise_id, 1)).toContain(`published over 1 red conversation: ${REASON}`);
  const rows = await auditOf(enterprise_id, "workflows.override");
  expect(rows.map(({ outcome }) => outcome).sort()).toEqual([
    "FORBIDDEN",
    "FORBIDDEN",
    "INVALID_WORKFLOW",
    "done",
  ]);
  expect(rows.find(({ outcome }) => outcome === "done")?.details).toEqual({
    workflow: "opening-hours",
    reason: REASON,
    version: 1,
    red,
  });
});

test("an override of what is green says nothing of red", async () => {
  const { enterprise_id } = await appOfTeam();
  const { acceptance: _, ...green } = HOURS;
  const json = { enterprise_id, definition: green, override: { reason: REASON } };
  expect(await call("/api/workflows/register", { token: owner.token, json })).toMatchObject({
    status: 201,
    body: { red: [] },
  });
  expect(await noteOf(enterprise_id, 1)).toBe("registered opening-hours");
});
