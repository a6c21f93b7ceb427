import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { ACTIONS, may, type Role } from "#enterprises/may";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp, worker } from "./client.ts";
import { goLive } from "./greeter.ts";
import { takeOn } from "./take-on.ts";

let owner: Person;
let acme: MadeApp;
const people = {} as Record<Exclude<Role, "owner">, Person>;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
  acme = await makeApp(owner);
  await goLive(acme.enterprise_id);
  for (const role of ["admin", "editor", "operator", "viewer"] as const) {
    people[role] = await signUp();
    await takeOn(owner, acme.enterprise_id, people[role], role);
  }
});

const app = () => `/api/apps/${acme.enterprise_id}`;
const add = (by: Person, email: string, role: Role, at = app()) =>
  call(`${at}/invitations`, { token: by.token, json: { email, role } });
const change = (by: Person, id: string, role: Role, at = app()) =>
  call(`${at}/members/${id}`, { method: "PATCH", token: by.token, json: { role } });
const remove = (by: Person, id: string, at = app()) =>
  call(`${at}/members/${id}`, { method: "DELETE", token: by.token });

type Row = { action: string; target: string | null; outcome: string; request_id: string; details: object };
async function auditOf(at = app()): Promise<Row[]> {
  const { body } = await call(`${at}/audit?limit=100`, { token: owner.token });
  return (body as { items: Row[] }).items;
}

test("a member is told their role, and each role reaches what it may and nothing else", async () => {
  const reads: [string, Role[]][] = [
    [app(), ["owner", "admin", "editor", "operator", "viewer"]],
    [`/api/app/workflows/${acme.enterprise_id}`, ["owner", "admin", "editor", "operator", "viewer"]],
    [`/api/app/usage/${acme.enterprise_id}`, ["owner", "admin"]],
    [`/api/app/usage/${acme.enterprise_id}/statement`, ["owner", "admin"]],
    [`/api/app/analytics/${acme.enterprise_id}`, ["owner", "admin", "editor", "viewer"]],
    [`${app()}/members`, ["owner", "admin"]],
    [`${app()}/secrets`, ["owner", "admin"]],
    [`${app()}/audit`, ["owner", "admin"]],
    [`${app()}/chats`, ["owner", "admin", "operator"]],
    [`${app()}/approvals`, ["owner", "admin", "operator"]],
  ];
  for (const [role, { token }] of Object.entries({ owner, ...people })) {
    const me = (await call("/api/me", { token })).body as { enterprises: unknown[] };
    expect(me.enterprises).toMatchObject([{ enterprise_id: acme.enterprise_id, role }]);
    for (const [path, roles] of reads) {
      const { status } = await call(path, { token });
      const expected = (roles as string[]).includes(role) ? 200 : 403;
      expect({ role, path, status }).toEqual({ role, path, status: expected });
    }
    const can = ACTIONS.filter((action) => may(role as Role, action));
    expect((await call(app(), { token })).body).toMatchObject({ can });
    const patched = await call(app(), { method: "PATCH", token, json: { name: "Acme" } });
    expect({ role, status: patched.status }).toEqual({
      role,
      status: role === "owner" || role === "admin" ? 200 : 403,
    });
    if (role !== "owner") expect((await call(app(), { method: "DELETE", token })).status).toBe(403);
  }
});

test("nobody is invited twice, and only owners touch owners", async () => {
  expect(codeOf(await add(owner, people.viewer.email, "viewer"))).toBe("CONFLICT");
  const other = await signUp();
  expect(codeOf(await add(people.admin, other.email, "owner"))).toBe("FORBIDDEN");
  expect(codeOf(await change(people.admin, owner.user_id, "viewer"))).toBe("FORBIDDEN");
  expect(codeOf(await remove(people.admin, owner.user_id))).toBe("FORBIDDEN");
  expect(codeOf(await change(people.editor, people.viewer.user_id, "admin"))).toBe("FORBIDDEN");
  expect(codeOf(await change(owner, other.user_id, "viewer"))).toBe("NOT_FOUND");
});

test("an end user of the app with a member's e-mail is no member", async () => {
  const same = await signUp({ at: acme.url, email: people.admin.email });
  expect((await call(`${app()}/members`, { at: acme.url, token: same.token })).status).toBe(403);
  const before = (await auditOf()).length;
  expect((await add(same, "x@example.com", "viewer")).status).toBe(401);
  expect((await auditOf()).length).toBe(before);
});

test("T24 the last owner stays, also when all leave at once", async () => {
  const mine = await makeApp(owner, "Owners");
  const at = `/api/apps/${mine.enterprise_id}`;
  expect(codeOf(await remove(owner, owner.user_id, at))).toBe("CONFLICT");
  expect(codeOf(await change(owner, owner.user_id, "viewer", at))).toBe("CONFLICT");
  const second = await signUp();
  const third = await signUp();
  for (const person of [second, third]) await takeOn(owner, mine.enterprise_id, person, "owner");
  const left = await Promise.all([
    remove(owner, owner.user_id, at),
    change(second, second.user_id, "viewer", at),
    remove(third, third.user_id, at),
  ]);
  expect(left.filter(({ status }) => status === 200)).toHaveLength(2);
  const { n } = (await env.DB.prepare(
    "select count(*) as n from membership where enterprise_id = ? and role = 'owner'",
  )
    .bind(mine.enterprise_id)
    .first<{ n: number }>())!;
  expect(n).toBe(1);
});

test("T65 every privileged route leaves exactly one row, done or refused; lists leave none", async () => {
  const temp = await signUp();
  await takeOn(owner, acme.enterprise_id, temp, "viewer");
  const { user_id } = temp;
  const deeds: [string, () => Promise<{ status: number; headers: Headers }>][] = [
    ["members.change", () => change(owner, user_id, "operator")],
    ["members.remove", () => remove(owner, user_id)],
    ["invitations.create", () => add(people.viewer, temp.email, "admin")],
    ["invitations.create", () => add(owner, "later@example.com", "admin")],
    ["invitations.revoke", () => call(`${app()}/invitations/none`, { method: "DELETE", token: owner.token })],
    [
      "invitations.resend",
      () => call(`${app()}/invitations/none/resend`, { method: "POST", token: owner.token }),
    ],
    ["members.transfer", () => call(`${app()}/owner`, { token: owner.token, json: { user_id: "none" } })],
    [
      "secrets.set",
      () => call(`${app()}/secrets/KEY_A`, { method: "PUT", token: owner.token, json: { value: "v" } }),
    ],
    ["secrets.remove", () => call(`${app()}/secrets/KEY_A`, { method: "DELETE", token: owner.token })],
    ["secrets.remove", () => call(`${app()}/secrets/KEY_B`, { method: "DELETE", token: owner.token })],
    [
      "app.change",
      () =>
        call(app(), {
          method: "PATCH",
          token: owner.token,
          json: { name: "Acme\r\n2", limits: { turn_nano: "7" } },
        }),
    ],
    ["data.remove_samples", () => call(`${app()}/sample-rows`, { method: "DELETE", token: owner.token })],
    [
      "builds.start",
      () => call(`${app()}/builds`, { token: people.viewer.token, json: { prompt: "A library" } }),
    ],
    [
      "approvals.decide",
      () =>
        call(`${app()}/approvals/none`, { token: owner.token, json: { chat_id: "none", approved: true } }),
    ],
    [
      "operator.join",
      () => call(`${app()}/chats/none/operator/join`, { method: "POST", token: people.viewer.token }),
    ],
  ];
  for (const [action, deed] of deeds) {
    const before = await auditOf();
    const answer = await deed();
    const after = await auditOf();
    const fresh = after.slice(0, after.length - before.length);
    expect(fresh).toMatchObject([{ action, request_id: answer.headers.get("x-request-id") }]);
    expect({ action, done: fresh[0]?.outcome === "done" }).toEqual({ action, done: answer.status < 300 });
    for (const path of ["members", "secrets", "audit", "chats"])
      await call(`${app()}/${path}`, { token: owner.token });
    expect((await auditOf()).length).toBe(after.length);
  }
  const changed = (await auditOf()).find(({ action }) => action === "app.change");
  expect(changed?.details).toMatchObject({ turn_nano: { before: null, after: "7" } });
  const text = JSON.stringify(await auditOf());
  expect(text).not.toMatch(/\\r|\\n/);
  await expect(env.DB.prepare("update audit set outcome = 'x'").run()).rejects.toThrow("append-only");
});

test("a role that was taken ends the sockets it had opened", async () => {
  const admin = await signUp();
  await takeOn(owner, acme.enterprise_id, admin, "admin");
  const request = new Request(`http://localhost:8787/ws/usage/${acme.enterprise_id}`, {
    headers: { upgrade: "websocket", authorization: `Bearer ${admin.token}` },
  });
  const { webSocket } = await worker.fetch(request);
  const closed = new Promise<number>((resolve) => {
    webSocket?.addEventListener("close", ({ code }) => resolve(code));
  });
  webSocket?.accept();
  await change(owner, admin.user_id, "viewer");
  expect(await closed).toBe(4401);
  expect((await worker.fetch(request)).status).toBe(403);
});
