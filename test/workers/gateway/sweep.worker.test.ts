import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { signChatToken } from "#auth/chat-token";
import { may, ROLES, type Role } from "#enterprises/may";
import { KEY_SCOPES } from "#protocol/api/key";
import { makeKey, revokeKey } from "./api-keys.ts";
import { askRoute, routesOf } from "./ask-route.ts";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp, worker } from "./client.ts";
import { goLive } from "./greeter.ts";
import { RIGHTS } from "./route-rights.ts";
import { takeOn } from "./take-on.ts";

let acme: MadeApp;
let other: MadeApp;
const people = {} as Record<Role, Person>;
/** A creator who runs another app; somebody who chats with acme; somebody who chats with the other one. */
let eve: Person;
let user: Person;
let stranger: Person;
let before: Record<string, unknown[]>;

const routes = routesOf("mine", "enterprise").map(([name]) => name);
const own = routesOf("enterprise").map(([name]) => name);
const sockets = routesOf("socket").map(([name]) => name);
const site = ({ slug }: MadeApp) => `/a/${slug}`;

beforeAll(async () => {
  await migrate();
  people.owner = await signUp();
  eve = await signUp();
  [acme, other] = await Promise.all([makeApp(people.owner), makeApp(eve, "Other")]);
  await Promise.all([goLive(acme.enterprise_id), goLive(other.enterprise_id)]);
  for (const role of ROLES.slice(1)) {
    people[role] = await signUp();
    await takeOn(people.owner, acme.enterprise_id, people[role], role);
  }
  user = await signUp({ prefix: site(acme) });
  stranger = await signUp({ prefix: site(other) });
  before = await rows();
});

/** All that D1 holds, but what a refused call may leave: the audit log's row, and when a key was last used. */
async function rows(): Promise<Record<string, unknown[]>> {
  const { results } = await env.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\' and name not like 'sqlite_%'",
  ).all<{ name: string }>();
  const skipped = new Set(["audit", "session", "verification", "api_key", "d1_migrations"]);
  const all: Record<string, unknown[]> = {};
  for (const { name } of results) {
    if (skipped.has(name)) continue;
    all[name] = (await env.DB.prepare(`select * from "${name}" order by 1, 2`).all()).results;
  }
  return all;
}
const nothingChanged = async () => expect(await rows()).toEqual(before);

const told = async (name: string, token?: string, at = "", enterpriseId = acme.enterprise_id) => {
  const answer = await askRoute(name, enterpriseId, token, undefined, at);
  return { name, status: answer.status, code: codeOf(answer) };
};

/** What came of knocking: the status, or the code that the socket was closed with. */
async function knock(name: string, token: string | undefined, userId: string, at = ""): Promise<number> {
  const path = name.slice(4).replace(":workflow", "greeter").replace(":enterprise_id", acme.enterprise_id);
  const filled = path.replace(":user_id", userId).replace(/:(\w+)/g, "chat_of_nobody");
  const headers = { upgrade: "websocket", ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await worker.fetch(new Request(`http://localhost:8787${at}${filled}`, { headers }));
  const socket = answer.webSocket;
  if (!socket) return answer.status;
  const heard = new Promise<number>((resolve) => {
    socket.addEventListener("close", ({ code }) => resolve(code));
    socket.addEventListener("message", ({ data }) => {
      if (JSON.parse(String(data)).type !== "chat.error") resolve(101);
    });
  });
  socket.accept();
  const came = await heard;
  if (came === 101) socket.close(1000, "done");
  return came;
}

test("every route and socket of an enterprise says what it asks of who is of it", () => {
  expect(Object.keys(RIGHTS).sort()).toEqual([...own, ...sockets].sort());
});

test("T01 T12 T22 who is nobody any more, or somebody elsewhere, is nobody on every route and socket", async () => {
  const again = async (person: Person) => {
    const json = { email: person.email, password: "correct horse" };
    return (await call("/api/auth/sign-in/email", { json })).headers.get("set-auth-token") ?? "";
  };
  const [out, old] = [await again(people.owner), await again(people.owner)];
  await call("/api/auth/sign-out", { json: {}, token: out });
  await env.DB.prepare("update session set expires_at = 1 where token = ?").bind(old.split(".")[0]).run();
  const { key, key_id } = await makeKey(people.owner, acme.enterprise_id, KEY_SCOPES);
  await revokeKey(people.owner, acme.enterprise_id, key_id);
  const claims = { sub: people.owner.user_id, realm: "foundry", enterprise_id: acme.enterprise_id };
  const { token: late } = await signChatToken(claims, env.TOKEN_SECRET, Date.now() - 3_600_000, 60_000);
  const nobodies: [string, string | undefined, string][] = [
    ["no identity", undefined, ""],
    ["signed out", out, ""],
    ["session expired", old, ""],
    ["key revoked", key, ""],
    ["chat token expired", late, ""],
    ["end user at the foundry", user.token, ""],
    ["owner at the app's address", people.owner.token, site(acme)],
    ["end user of the other app", stranger.token, site(acme)],
  ];
  for (const [who, token, at] of nobodies) {
    for (const name of routes) {
      const answer = await told(name, token, at);
      const codes = who === "chat token expired" ? ["UNAUTHENTICATED", "TOKEN_EXPIRED"] : ["UNAUTHENTICATED"];
      expect({ who, ...answer, code: codes.includes(answer.code ?? "") }).toEqual({
        ...{ who, name, status: 401, code: true },
      });
    }
    for (const name of sockets)
      expect({ who, name, is: await knock(name, token, people.owner.user_id, at) }).toEqual({
        who,
        name,
        is: 4401,
      });
  }
  await nothingChanged();
}, 60_000);

test("T01 T04 who is of another enterprise finds neither this one nor its sockets, from any address", async () => {
  for (const [token, at, userId] of [
    [eve.token, "", eve.user_id],
    [stranger.token, site(other), stranger.user_id],
  ] as const) {
    for (const name of own)
      expect(await told(name, token, at)).toEqual({ name, status: 404, code: "NOT_FOUND" });
    for (const name of sockets)
      expect({ name, is: await knock(name, token, userId, at) }).toEqual({ name, is: 404 });
  }
  await nothingChanged();
}, 60_000);

test("T13 T67 each role is refused what its table does not give it, end users all of it, and nothing changes", async () => {
  const callers: [Role | "end user", Person, string][] = [
    ...ROLES.map((role): [Role, Person, string] => [role, people[role], ""]),
    ["end user", user, site(acme)],
  ];
  const wrong: object[] = [];
  for (const [who, { token, user_id }, at] of callers) {
    for (const [name, right] of Object.entries(RIGHTS)) {
      if (right === "self" || (who !== "end user" && may(who, right))) continue;
      const socket = sockets.includes(name);
      const status = socket ? await knock(name, token, user_id, at) : (await told(name, token, at)).status;
      if (status !== 403) wrong.push({ who, name, status });
    }
  }
  expect(wrong).toEqual([]);
  await nothingChanged();
}, 60_000);

test("T02 T03 somebody of the same app gets nothing of another's chat, nor in another's name", async () => {
  const started = await call(`${site(acme)}/api/chats/${acme.enterprise_id}/greeter/start`, {
    ...{ json: {}, token: user.token },
  });
  const { chat_id } = started.body as { chat_id: string };
  const nosy = await signUp({ prefix: site(acme) });
  for (const name of own.filter((it) => RIGHTS[it] === "self" && it.includes(":chat_id"))) {
    const [method = "", path = ""] = name.split(" ");
    const filled = path.replace(":enterprise_id", acme.enterprise_id).replace(":chat_id", chat_id);
    const body = routesOf("enterprise").find(([it]) => it === name)?.[1].body;
    const statuses = new Set<number>();
    for (const userId of [user.user_id, nosy.user_id]) {
      const at = `${site(acme)}${filled
        .replace(":user_id", userId)
        .replace(":workflow", "greeter")
        .replace(/:(\w+)/g, "none")}`;
      statuses.add(
        (await call(at, { method, token: nosy.token, ...(body && { raw: JSON.stringify(body) }) })).status,
      );
    }
    expect({ name, statuses: [...statuses] }).toEqual({ name, statuses: [404] });
  }
  const socket = `/ws/greeter/${acme.enterprise_id}/${chat_id}/${nosy.user_id}`;
  const headers = { upgrade: "websocket", authorization: `Bearer ${nosy.token}` };
  const opened = await worker.fetch(new Request(`http://localhost:8787${site(acme)}${socket}`, { headers }));
  expect(opened.status).toBe(404);
});

test("every right is enough where it is asked: the table is no stricter than it says", async () => {
  // What ends the app, or hands it on, comes last.
  const last = (name: string) => /unpublish|owner$|^DELETE \/api\/apps\/:enterprise_id$/.test(name);
  const order = Object.entries(RIGHTS).sort(([a], [b]) => Number(last(a)) - Number(last(b)));
  for (const [name, right] of order) {
    if (right === "self" || sockets.includes(name)) continue;
    const weakest = [...ROLES].reverse().find((role) => may(role, right)) as Role;
    const { status } = await told(name, people[weakest].token);
    expect({ name, weakest, let: ![401, 403, 500].includes(status) }).toEqual({ name, weakest, let: true });
  }
}, 60_000);
