import { beforeAll, expect, test } from "vitest";
import { call, makeApp, migrate, signUp } from "./client.ts";

beforeAll(migrate);

test("someone who signs up is somebody, with a bearer token and with a cookie", async () => {
  const email = "ann@example.com";
  const up = await call("/api/auth/sign-up/email", {
    json: { email, password: "correct horse", name: "Ann" },
  });
  expect(up.status).toBe(200);
  expect(JSON.stringify(up.body)).not.toContain("realm");
  const cookie = up.headers.get("set-cookie")?.split(";")[0] ?? "";
  expect(up.headers.get("set-cookie")).toMatch(/HttpOnly/i);
  const token = up.headers.get("set-auth-token") ?? "";
  const ways: Record<string, string>[] = [{ cookie }, { authorization: `Bearer ${token}` }];
  for (const headers of ways) {
    const me = await call("/api/me", { headers });
    expect(me).toMatchObject({
      status: 200,
      body: { email, name: "Ann", realm: "foundry", enterprises: [] },
    });
  }
});

test("T14 over https the cookie is __Host-, Secure, HttpOnly and Lax, and http is left behind", async () => {
  const json = { email: "secure@example.com", password: "correct horse", name: "Ann" };
  const up = await call("/api/auth/sign-up/email", { json, at: "https://localhost:8787" });
  const cookie = up.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^__Host-mozaiks\.session_token=/);
  for (const part of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\/(;|$)/i])
    expect(cookie).toMatch(part);
  expect(cookie).not.toMatch(/; Domain=/i);
  expect(up.headers.get("strict-transport-security")).toContain("max-age=31536000");
  const headers = { cookie: cookie.split(";")[0] ?? "" };
  expect((await call("/api/me", { headers, at: "https://localhost:8787" })).status).toBe(200);
});

test("T14 after signing out, token and cookie are nobody", async () => {
  const ann = await signUp();
  const headers = { origin: "http://localhost:8787" };
  const out = await call("/api/auth/sign-out", { json: {}, token: ann.token, headers });
  expect(out.status).toBe(200);
  expect((await call("/api/me", { token: ann.token })).status).toBe(401);
});

test("passwords too short or too long and broken bodies are refused by better-auth itself, without a 500", async () => {
  const email = "odd@example.com";
  for (const password of ["short", "x".repeat(129), "x".repeat(100_000)]) {
    const answer = await call("/api/auth/sign-up/email", { json: { email, password, name: "Odd" } });
    expect(answer.status).toBe(400);
  }
  for (const raw of ["{", "[]", "null", '{"email":7}', '{"__proto__":{"email":"x"}}']) {
    for (const path of ["/api/auth/sign-up/email", "/api/auth/sign-in/email"]) {
      const { status } = await call(path, { raw });
      expect({ raw, path, bad: status >= 400 && status < 500 }).toEqual({ raw, path, bad: true });
    }
  }
  const cookie = "mozaiks.session_token=%00%ff.forged";
  expect((await call("/api/me", { headers: { cookie } })).status).toBe(401);
});

test("a new app is a draft with a slug, a grant and its creator as owner", async () => {
  const ann = await signUp();
  const app = await makeApp(ann, "Ann's Café & Bar");
  expect(app).toMatchObject({
    slug: "anns-cafe-bar",
    status: "draft",
    url: "http://anns-cafe-bar.localhost:8787",
  });
  const again = await makeApp(ann, "Ann's Café & Bar");
  expect(again.slug).toBe("anns-cafe-bar-2");
  const me = await call("/api/me", { token: ann.token });
  expect(me.body).toMatchObject({ enterprises: [{ slug: again.slug, role: "owner" }, { slug: app.slug }] });
  const list = await call("/api/apps?limit=1", { token: ann.token });
  expect(list.body).toMatchObject({ items: [{ enterprise_id: again.enterprise_id }] });
  const { next_cursor } = list.body as { next_cursor: string };
  const rest = await call(`/api/apps?limit=1&cursor=${encodeURIComponent(next_cursor)}`, {
    token: ann.token,
  });
  expect(rest.body).toMatchObject({ items: [{ enterprise_id: app.enterprise_id }], next_cursor: null });
});
