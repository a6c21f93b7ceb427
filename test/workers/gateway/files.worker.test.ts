import { beforeAll, expect, test } from "vitest";
import type { FileIssue } from "#protocol/api/files";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { goLive } from "./greeter.ts";
import { takeOn } from "./take-on.ts";

let owner: Person;
let acme: MadeApp;
let texts: Record<string, string>;
const WORKFLOW = "workflows/greeter/workflow.yaml";
const base = () => `/api/apps/${acme.enterprise_id}`;

beforeAll(async () => {
  await migrate();
  owner = await signUp();
  acme = await makeApp(owner);
  await goLive(acme.enterprise_id);
  const { body } = await call(`${base()}/versions/1/files`, { token: owner.token });
  texts = (body as { files: Record<string, string> }).files;
});

const check = async (changes: Record<string, string | null>) => {
  const json = { base_version: 1, changes };
  const { body } = await call(`${base()}/files/check`, { token: owner.token, json });
  return (body as { issues: FileIssue[] }).issues;
};
const save = (changes: Record<string, string | null>, who = owner) =>
  call(`${base()}/files`, { token: who.token, json: { base_version: 1, changes, note: "by hand" } });
const lineOf = (text: string, words: string) => text.split("\n").findIndex((it) => it.includes(words)) + 1;

test("what does not fit is told with its file and line: in the form, in a field, and between names", async () => {
  const text = texts[WORKFLOW]!;
  expect(await check({ [WORKFLOW]: text })).toEqual([]);

  const typo = text.replace(/^entry_agent: .*$/m, "entry_agent: nobody");
  const [lost] = await check({ [WORKFLOW]: typo });
  expect(lost).toMatchObject({ file: WORKFLOW, line: lineOf(typo, "entry_agent") });

  const form = `${text}\n  broken: [`;
  const [broken] = await check({ [WORKFLOW]: form });
  expect(broken?.file).toBe(WORKFLOW);
  expect(broken?.line).toBeGreaterThan(lineOf(text, "agents:"));

  const wrong = text.replace(/^title: .*$/m, "title: ''");
  expect((await check({ [WORKFLOW]: wrong }))[0]).toMatchObject({
    path: "title",
    line: lineOf(wrong, "title:"),
  });
  expect((await check({ [WORKFLOW]: null })).length).toBeGreaterThan(0);
});

test("changed files become a draft that only builders try, and live by publishing it", async () => {
  const refused = await save({
    [WORKFLOW]: texts[WORKFLOW]!.replace(/^entry_agent: .*$/m, "entry_agent: nobody"),
  });
  expect([refused.status, codeOf(refused)]).toEqual([422, "INVALID_WORKFLOW"]);

  const start = (who: Person, json: object) =>
    call(`/api/chats/${acme.enterprise_id}/greeter/start`, { token: who.token, json });
  expect((await start(owner, { draft: true })).status).toBe(404);

  const kept = await save({ [WORKFLOW]: texts[WORKFLOW]!.replace(/^title: .*$/m, "title: Warm greeter") });
  expect([kept.status, kept.body]).toEqual([201, { version: 2 }]);
  expect((await call(base(), { token: owner.token })).body).toMatchObject({
    live_version: 1,
    draft_version: 2,
  });

  // By version: `cache_seed` is the version that the chat is pinned to.
  const version = (answer: { body: unknown }) => (answer.body as { cache_seed: number }).cache_seed;
  const tried = await start(owner, { draft: true });
  expect([tried.status, version(tried)]).toEqual([200, 2]);
  // It isn't what the owner comes back to.
  expect(version(await start(owner, {}))).toBe(1);

  const operator = await signUp();
  await takeOn(owner, acme.enterprise_id, operator, "operator");
  expect((await start(operator, {})).status).toBe(200);
  expect((await start(operator, { draft: true })).status).toBe(404);

  const published = await call(`${base()}/versions/2/publish`, { token: owner.token, json: {} });
  expect(published.status).toBe(201);
  const { body } = await call(`/api/app/workflows/${acme.enterprise_id}`, { token: owner.token });
  expect(body).toMatchObject({ workflows: [{ title: "Warm greeter" }] });
  expect((await call(`${base()}/audit?limit=10`, { token: owner.token })).body).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ action: "versions.save", outcome: "done" })]),
  });
});
