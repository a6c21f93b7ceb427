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
  for (const headers of [{ cookie }, { authorization: `Bearer ${token}` }]) {
    const me = await call("/api/me", { headers: headers as Record<string, string> });
    expect(me).toMatchObject({
      status: 200,
      body: { email, name: "Ann", realm: "foundry", enterprises: [] },
    });
  }
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
