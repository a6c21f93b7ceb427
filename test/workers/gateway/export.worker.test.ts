import { beforeAll, expect, test } from "vitest";
import { LENDING } from "#test/workers/chat-session/desk";
import { hire } from "#test/workers/chat-session/team-desk";
import { readZip } from "#workflows/zip/read-zip";
import { writeZip } from "#workflows/zip/write-zip";
import { call, codeOf, makeApp, migrate, type Person, signUp, worker } from "./client.ts";
import { sendFile } from "./send-file.ts";

let owner: Person;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
});

const WITH_FILES = {
  ...LENDING,
  knowledge: { "hours.md": "# Hours\nWe are open on Mondays — from nine to five." },
  acceptance: [
    {
      name: "It finds a tool",
      steps: [{ say: "Where is tool T-101?", expect: { tools: ["find_tool"], includes: ["B4"] } }],
    },
  ],
};

async function liveApp() {
  const { enterprise_id, slug } = await makeApp(owner, "Tool Library");
  const json = { enterprise_id, definition: WITH_FILES };
  expect((await call("/api/workflows/register", { token: owner.token, json })).status).toBe(201);
  return { enterprise_id, slug };
}

async function exported(enterpriseId: string, version: number, person = owner) {
  const at = `http://localhost:8787/api/apps/${enterpriseId}/versions/${version}/export`;
  const headers = { authorization: `Bearer ${person.token}` };
  const response = await worker.fetch(new Request(at, { headers }));
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

async function textsOf(bytes: Uint8Array<ArrayBuffer>) {
  const read = await readZip(bytes);
  if (!read.ok) throw new Error(read.message);
  return read.texts;
}

function send(enterpriseId: string, bytes: Uint8Array, fields: Record<string, string> = {}, person = owner) {
  return sendFile(`/api/apps/${enterpriseId}/import`, person, { name: "app.zip", bytes }, fields);
}

async function stateOf(enterpriseId: string) {
  const { body } = await call(`/api/apps/${enterpriseId}`, { token: owner.token });
  const { live_version, draft_version } = body as {
    live_version: number | null;
    draft_version: number | null;
  };
  return [live_version, draft_version];
}

test("what is exported and imported into another app is the same files, and works there", async () => {
  const from = await liveApp();
  const { response, bytes } = await exported(from.enterprise_id, 1);
  expect(response.headers.get("content-type")).toBe("application/zip");
  expect(response.headers.get("content-disposition")).toBe(`attachment; filename="${from.slug}-1.zip"`);
  const texts = await textsOf(bytes);
  expect(Object.keys(texts)).toEqual([
    "app.yaml",
    "knowledge/hours.md",
    "workflows/tool-lending/acceptance.yaml",
    "workflows/tool-lending/workflow.yaml",
  ]);
  const into = await makeApp(owner, "Another");
  const made = await send(into.enterprise_id, bytes, { as: "live" });
  expect([made.status, made.body]).toMatchObject([201, { version: 1, status: "live", url: into.url }]);
  expect(await stateOf(into.enterprise_id)).toEqual([1, null]);
  const again = await exported(into.enterprise_id, 1);
  expect(await textsOf(again.bytes)).toEqual(texts);
  expect(again.bytes).toEqual(bytes);
  const seen = await call(`/api/workflows/discover/${into.enterprise_id}`);
  expect(seen.body).toMatchObject({ workflows: [{ workflow_name: "tool-lending" }] });
});

test("T57 an export holds no secret, no row, no word and no name of anybody", async () => {
  const { enterprise_id } = await liveApp();
  const app = `/api/apps/${enterprise_id}`;
  const put = await call(`${app}/secrets/SHOP_KEY`, {
    ...{ method: "PUT", token: owner.token, json: { value: "canary-of-a-secret" } },
  });
  const values = { tool_code: "T-999", name: "canary-of-a-row", shelf: "C1" };
  const row = await call(`${app}/tables/tools/rows`, { token: owner.token, json: { values } });
  const start = `/api/chats/${enterprise_id}/${LENDING.name}/start`;
  const { chat_id } = (await call(start, { json: {}, token: owner.token })).body as { chat_id: string };
  const said = await call(`/chat/${enterprise_id}/${chat_id}/${owner.user_id}/input`, {
    ...{ token: owner.token, json: { message: "canary-of-a-word", workflow_name: LENDING.name } },
  });
  for (const { status, body } of [put, row, said])
    expect({ body, good: status < 300 }).toEqual({ body, good: true });
  const texts = JSON.stringify(await textsOf((await exported(enterprise_id, 1)).bytes));
  expect(texts).toContain("T-101");
  for (const it of ["canary", owner.user_id, owner.email, enterprise_id]) expect(texts).not.toContain(it);
});

test("an import is a draft unless it is to be live, and leaves its row", async () => {
  const app = await liveApp();
  const { bytes } = await exported(app.enterprise_id, 1);
  expect((await send(app.enterprise_id, bytes)).body).toMatchObject({ version: 2, status: "draft" });
  expect(await stateOf(app.enterprise_id)).toEqual([1, 2]);
  const { body } = await call(`/api/apps/${app.enterprise_id}/audit`, { token: owner.token });
  expect((body as { items: unknown[] }).items[0]).toMatchObject({
    action: "app.import",
    outcome: "done",
    details: { version: 2, as: "draft" },
  });
});

test("what is no app, does not fit together or fails its own conversations is refused, and nothing is kept", async () => {
  const app = await liveApp();
  const texts = await textsOf((await exported(app.enterprise_id, 1)).bytes);
  const workflow = "workflows/tool-lending/workflow.yaml";
  const cases: [string, Record<string, string>, string, string][] = [
    ["no app.yaml", { "readme.md": "hi" }, "INVALID_WORKFLOW", "app.yaml"],
    ["a file that no app has", { ...texts, "run.sh": "rm" }, "INVALID_WORKFLOW", "run.sh"],
    ["a file beside", { ...texts, "workflows/a/b/c.yaml": "" }, "INVALID_WORKFLOW", "workflows/a/b/c.yaml"],
    [
      "a tool that is not there",
      { ...texts, [workflow]: String(texts[workflow]).replace("- find_tool", "- fly") },
      "INVALID_WORKFLOW",
      workflow,
    ],
    [
      "a conversation that fails",
      {
        ...texts,
        "workflows/tool-lending/acceptance.yaml": String(
          texts["workflows/tool-lending/acceptance.yaml"],
        ).replace("B4", "C5"),
      },
      "ACCEPTANCE_FAILED",
      "acceptance.yaml",
    ],
  ];
  for (const [what, changed, code, path] of cases) {
    const answer = await send(app.enterprise_id, writeZip(changed), { as: "live" });
    const issues = JSON.stringify((answer.body as { error: { details?: unknown } }).error.details);
    expect([what, answer.status, codeOf(answer), issues]).toEqual([
      what,
      422,
      code,
      expect.stringContaining(path),
    ]);
  }
  expect(codeOf(await send(app.enterprise_id, new TextEncoder().encode("not a zip")))).toBe(
    "INVALID_WORKFLOW",
  );
  expect(codeOf(await send(app.enterprise_id, writeZip(texts), { as: "x" }))).toBe("BAD_REQUEST");
  expect(await stateOf(app.enterprise_id)).toEqual([1, null]);
  const { body } = await call(`/api/apps/${app.enterprise_id}/versions`, { token: owner.token });
  expect((body as { items: unknown[] }).items).toHaveLength(1);
});

test("only who builds the app takes it out and brings one in", async () => {
  const app = await liveApp();
  const { bytes } = await exported(app.enterprise_id, 1);
  for (const role of ["operator", "viewer"] as const) {
    const member = await hire({ owner, ...app } as Parameters<typeof hire>[0], role, role);
    expect((await exported(app.enterprise_id, 1, member)).response.status).toBe(403);
    expect((await send(app.enterprise_id, bytes, {}, member)).status).toBe(403);
  }
  const stranger = await signUp();
  expect((await exported(app.enterprise_id, 1, stranger)).response.status).toBe(404);
  expect((await send(app.enterprise_id, bytes, {}, stranger)).status).toBe(404);
  expect((await exported(app.enterprise_id, 9)).response.status).toBe(404);
});
