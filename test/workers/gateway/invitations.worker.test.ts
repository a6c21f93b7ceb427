import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { mayChangeRole, ROLES, type Role } from "#enterprises/may";
import type { Invitation } from "#protocol/api/invitation";
import { call, codeOf, makeApp, migrate, type Person, signUp } from "./client.ts";
import { codeOfMail, mailsTo, tokenOfMail } from "./mailbox.ts";
import { prove, takeOn } from "./take-on.ts";

let owner: Person;
let app: string;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
  app = (await makeApp(owner, "Acme & Sons")).enterprise_id;
});

const at = (id = app) => `/api/apps/${id}/invitations`;
const ask = (by: Person, email: string, role: Role, id = app) =>
  call(at(id), { token: by.token, json: { email, role } });
const accept = (by: Person, token: string) =>
  call("/api/invitations/accept", { token: by.token, json: { token } });
const look = (token: string) => call("/api/invitations/look", { json: { token } });
const rolesIn = async (id = app) =>
  Object.fromEntries(
    (
      await env.DB.prepare("select user_id, role from membership where enterprise_id = ?")
        .bind(id)
        .all<{ user_id: string; role: Role }>()
    ).results.map((it) => [it.user_id, it.role]),
  );

test("T23 an invitation is mailed, says what it is, and is good once for who has proven the address", async () => {
  const [ann, eve] = [await signUp({ email: "ann@example.org" }), await signUp()];
  const made = await ask(owner, "Ann@Example.org", "editor");
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ email: "ann@example.org", role: "editor", invited_by: owner.email });
  const mails = await mailsTo("ann@example.org");
  expect(mails[0]?.text).toContain("Acme & Sons");
  expect(mails[0]?.text).toMatch(/localhost:8787\/invite#token=\S+/);
  const token = await tokenOfMail("ann@example.org");
  const stored = await env.DB.prepare("select * from invitation").all();
  expect(JSON.stringify([stored.results, made.body])).not.toContain(token);
  const listed = (await call(at(), { token: owner.token })).body as { items: Invitation[] };
  expect(listed.items).toEqual([made.body]);
  expect((await look(token)).body).toMatchObject({
    app_name: "Acme & Sons",
    role: "editor",
    invited_by: owner.email,
  });
  expect(codeOf(await look("nonsense"))).toBe("NOT_FOUND");

  await prove(eve);
  expect(codeOf(await accept(eve, token))).toBe("FORBIDDEN");
  expect(codeOf(await accept(ann, token))).toBe("ADDRESS_NOT_PROVEN");
  // By the code that the page offers.
  const json = { email: ann.email, type: "email-verification" };
  await call("/api/auth/email-otp/send-verification-otp", { json });
  const otp = await codeOfMail(ann.email);
  await call("/api/auth/email-otp/verify-email", { json: { email: ann.email, otp } });
  const all = await Promise.all([accept(ann, token), accept(ann, token), accept(ann, token)]);
  expect(all.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
  expect(await rolesIn()).toMatchObject({ [ann.user_id]: "editor" });
  await call(`/api/apps/${app}/members/${ann.user_id}`, { method: "DELETE", token: owner.token });
  expect(codeOf(await accept(ann, token))).toBe("NOT_FOUND");
  expect(await rolesIn()).toEqual({ [owner.user_id]: "owner" });
  const { body } = await call(`/api/apps/${app}/audit?limit=100`, { token: owner.token });
  const rows = (body as { items: { action: string; actor: { user_id: string } }[] }).items;
  expect(rows.filter(({ action }) => action === "invitations.accept")).toHaveLength(1);
});

test("T23 sent again it has a new link, not twice a minute; taken back, expired, or at an app's address it is nothing", async () => {
  const bob = await signUp({ email: "bob@example.org" });
  await prove(bob);
  const { invitation_id } = (await ask(owner, bob.email, "viewer")).body as Invitation;
  const first = await tokenOfMail(bob.email);
  const again = () => call(`${at()}/${invitation_id}/resend`, { method: "POST", token: owner.token });
  expect(codeOf(await again())).toBe("RATE_LIMITED");
  await env.DB.prepare("update invitation set created_at = created_at - 60000").run();
  expect((await again()).status).toBe(200);
  const second = await tokenOfMail(bob.email);
  expect(second).not.toBe(first);
  expect(codeOf(await accept(bob, first))).toBe("NOT_FOUND");
  const { url } = await makeApp(owner, "Other");
  expect((await call("/api/invitations/look", { at: url, json: { token: second } })).status).toBe(404);
  await env.DB.prepare("update invitation set expires_at = 1 where invitation_id = ?")
    .bind(invitation_id)
    .run();
  expect(codeOf(await accept(bob, second))).toBe("NOT_FOUND");
  expect((await call(at(), { token: owner.token })).body).toEqual({ items: [] });
  // What has expired is no hindrance.
  const made = (await ask(owner, bob.email, "viewer")).body as Invitation;
  const third = await tokenOfMail(bob.email);
  await call(`${at()}/${made.invitation_id}`, { method: "DELETE", token: owner.token });
  expect(codeOf(await accept(bob, third))).toBe("NOT_FOUND");
});

test("T23 an invitation is worth no more than the right of who made it, at the moment it is accepted", async () => {
  const [admin, cat] = [await signUp(), await signUp({ email: "cat@example.org" })];
  await takeOn(owner, app, admin, "admin");
  await prove(cat);
  expect((await ask(admin, cat.email, "editor")).status).toBe(201);
  const token = await tokenOfMail(cat.email);
  const make = (role: Role) =>
    call(`/api/apps/${app}/members/${admin.user_id}`, {
      method: "PATCH",
      token: owner.token,
      json: { role },
    });
  await make("editor");
  expect([codeOf(await look(token)), codeOf(await accept(cat, token))]).toEqual(["NOT_FOUND", "NOT_FOUND"]);
  await make("admin");
  expect((await accept(cat, token)).status).toBe(200);
});

test("an app is handed over to an admin in one step, by an owner who has just signed in", async () => {
  const [boss, heir, other] = [await signUp(), await signUp(), await signUp()];
  const { enterprise_id } = await makeApp(boss, "Shop");
  await takeOn(boss, enterprise_id, heir, "admin");
  await takeOn(boss, enterprise_id, other, "editor");
  const hand = (by: Person, to: Person) =>
    call(`/api/apps/${enterprise_id}/owner`, { token: by.token, json: { user_id: to.user_id } });
  expect(codeOf(await hand(heir, heir))).toBe("FORBIDDEN");
  expect(codeOf(await hand(boss, other))).toBe("CONFLICT");
  expect(codeOf(await hand(boss, boss))).toBe("CONFLICT");
  const age = env.DB.prepare("update session set created_at = created_at - ? where user_id = ?");
  await age.bind(600_001, boss.user_id).run();
  expect(codeOf(await hand(boss, heir))).toBe("FRESH_SIGN_IN_NEEDED");
  await age.bind(-600_001, boss.user_id).run();
  const both = await Promise.all([hand(boss, heir), hand(boss, heir)]);
  expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(await rolesIn(enterprise_id)).toEqual({
    [boss.user_id]: "admin",
    [heir.user_id]: "owner",
    [other.user_id]: "editor",
  });
  expect(codeOf(await hand(boss, other))).toBe("FORBIDDEN");
});

type Open = { token: string; who: number; role: Role; by: number; id: string; open: boolean };
type Model = { roles: (Role | null)[]; sent: Open[]; id: string };
type Real = { people: Person[] };
type Command = fc.AsyncCommand<Model, Real>;

/** Says what must come of a step, does it, and looks whether the members are what the model has. */
const step = (text: string, run: (model: Model, real: Real) => Promise<void>): Command => ({
  check: () => true,
  toString: () => text,
  run: async (model, real) => {
    await run(model, real);
    const found = await rolesIn(model.id);
    expect(real.people.map(({ user_id }) => found[user_id] ?? null)).toEqual(model.roles);
    expect(Object.values(found)).toContain("owner");
  },
});

const person = fc.nat({ max: 3 });
const role = fc.constantFrom(...ROLES);
const commands = [
  fc.tuple(person, person, role).map(([by, who, to]) =>
    step(`${by} invites ${who} as ${to}`, async (m, { people }) => {
      const answer = await ask(people[by]!, people[who]!.email, to, m.id);
      const ok =
        mayChangeRole(m.roles[by] ?? null, null, to) &&
        m.roles[who] === null &&
        !m.sent.some((it) => it.open && it.who === who);
      expect(answer.status === 201).toBe(ok);
      if (!ok) return;
      const { invitation_id: id } = answer.body as Invitation;
      m.sent.push({ token: await tokenOfMail(people[who]!.email), who, role: to, by, id, open: true });
    }),
  ),
  fc.tuple(person, fc.nat({ max: 9 })).map(([by, n]) =>
    step(`${by} accepts ${n}`, async (m, { people }) => {
      const it = m.sent[m.sent.length - 1 - n];
      if (!it) return;
      const answer = await accept(people[by]!, it.token);
      const ok =
        it.open &&
        it.who === by &&
        m.roles[by] === null &&
        mayChangeRole(m.roles[it.by] ?? null, null, it.role);
      expect(answer.status === 200).toBe(ok);
      if (!ok) return;
      it.open = false;
      m.roles[by] = it.role;
    }),
  ),
  fc.tuple(person, fc.nat({ max: 9 })).map(([by, n]) =>
    step(`${by} takes ${n} back`, async (m, { people }) => {
      const it = m.sent[m.sent.length - 1 - n];
      if (!it) return;
      const { status } = await call(`${at(m.id)}/${it.id}`, { method: "DELETE", token: people[by]!.token });
      const ok = it.open && (m.roles[by] === "owner" || m.roles[by] === "admin");
      expect(status === 200).toBe(ok);
      if (ok) it.open = false;
    }),
  ),
  fc.tuple(person, person, fc.option(role)).map(([by, who, to]) =>
    step(`${by} makes ${who} ${to}`, async (m, { people }) => {
      const path = `/api/apps/${m.id}/members/${people[who]!.user_id}`;
      const ask = { token: people[by]!.token, ...(to ? { json: { role: to } } : {}) };
      const { status } = await call(path, { ...ask, method: to ? "PATCH" : "DELETE" });
      const from = m.roles[who] ?? null;
      const allowed =
        from !== null && (mayChangeRole(m.roles[by] ?? null, from, to) || (to === null && by === who));
      const last = from === "owner" && to !== "owner" && m.roles.filter((it) => it === "owner").length === 1;
      expect(status === 200).toBe(allowed && !last);
      if (allowed && !last) m.roles[who] = to;
    }),
  ),
  fc.tuple(person, person).map(([by, to]) =>
    step(`${by} hands over to ${to}`, async (m, { people }) => {
      const json = { user_id: people[to]!.user_id };
      const { status } = await call(`/api/apps/${m.id}/owner`, { token: people[by]!.token, json });
      const ok = m.roles[by] === "owner" && m.roles[to] === "admin";
      expect(status === 200).toBe(ok);
      if (!ok) return;
      m.roles[by] = "admin";
      m.roles[to] = "owner";
    }),
  ),
];

test("T23 T24 whatever is done, in any order: one owner at least, nothing escalates, nothing is used twice", async () => {
  const people: Person[] = [];
  for (let n = 0; n < 4; n += 1) people.push(await signUp());
  await Promise.all(people.map(prove));
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 25 }), async (cmds) => {
      const { enterprise_id: id } = await makeApp(people[0]!, "Model");
      await fc.asyncModelRun(
        () => ({ model: { roles: ["owner", null, null, null], sent: [], id } as Model, real: { people } }),
        cmds,
      );
    }),
    { numRuns: 15, seed: 24 },
  );
});
