import { beforeAll, expect, test } from "vitest";
import { anyCodeOf, changesNothing } from "./changes-nothing.ts";
import { call, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { goLive } from "./greeter.ts";

let owner: Person;
let acme: MadeApp;
let other: Person;
let theirs: MadeApp;
beforeAll(async () => {
  await migrate();
  [owner, other] = await Promise.all([signUp(), signUp()]);
  [acme, theirs] = await Promise.all([makeApp(owner, "Acme"), makeApp(other, "Globex")]);
  await Promise.all([goLive(acme.enterprise_id), goLive(theirs.enterprise_id)]);
});

test("T52 hosts: which app is meant is what the URL's host says, and no header or spelling makes it another", () =>
  changesNothing(async () => {
    const acmeHost = `${acme.slug}.localhost:8787`;
    const site = async (at: string, headers: Record<string, string> = {}) => {
      const { status, body } = await call("/api/site", { at, headers });
      const { enterprise_id, app } = body as { enterprise_id?: string; app?: { enterprise_id: string } };
      return status === 200 ? (enterprise_id ?? app?.enterprise_id ?? "foundry") : status;
    };
    const plain = await site(`http://${acmeHost}`);
    expect(plain).toBe(acme.enterprise_id);
    const same = [
      acmeHost.toUpperCase(),
      acmeHost.replace(":8787", ".:8787"),
      `${acme.slug}.localhost`,
      acmeHost.replace("l", "ｌ"),
      `user:pass@${acmeHost}`,
    ];
    for (const host of same) expect({ host, is: await site(`http://${host}`) }).toEqual({ host, is: plain });
    const nobody = [
      `x.${acmeHost}`,
      `${acme.slug}_.localhost:8787`,
      `${acme.slug}.localhost.evil.example`,
      `${acme.slug}.evil.example`,
      "evil.example",
      "xn--e1awd7f.localhost:8787",
      "10.0.0.1:8787",
      "0x0a000001",
      "[fe80::1]",
      "[::ffff:10.0.0.1]",
      `${"a".repeat(63)}.localhost:8787`,
      "-.localhost:8787",
    ];
    for (const host of nobody) expect({ host, is: await site(`http://${host}`) }).toEqual({ host, is: 404 });
    const lies = [
      "x-forwarded-host",
      "x-original-host",
      "x-host",
      "forwarded",
      "x-mozaiks-open",
      "x-rewrite-url",
      "x-original-url",
      "mf-original-url",
    ];
    for (const name of lies) {
      const value =
        name === "forwarded" ? `host=${theirs.slug}.localhost:8787` : `http://${theirs.slug}.localhost:8787/`;
      expect({ name, is: await site(`http://${acmeHost}`, { [name]: value }) }).toEqual({ name, is: plain });
    }
    for (const host of [
      `${theirs.slug}.localhost:8787`,
      `${acmeHost}, ${theirs.slug}.localhost:8787`,
      `${acmeHost} x`,
      `${acmeHost}@evil.example`,
      `${acmeHost}/x`,
      "a b",
    ])
      expect({ host, is: await site(`http://${acmeHost}`, { host }) }).toEqual({ host, is: 404 });
  }));

test("T01 paths: no dots, encodings or odd bytes lead to another's app, past a check, or to a 500", () =>
  changesNothing(async () => {
    const [mine, foreign] = [acme.enterprise_id, theirs.enterprise_id];
    const paths = [
      `/api/apps/${mine}/../${foreign}`,
      `/api/apps/${mine}/%2e%2e/${foreign}`,
      `/api/apps/${mine}%2f..%2f${foreign}`,
      `/api/apps/${mine}/..%2f${foreign}`,
      `/api/apps/${mine}\\..\\${foreign}`,
      `/api/apps/${mine}%5c..%5c${foreign}`,
      `/api/apps//${foreign}`,
      `/api//apps/${foreign}`,
      `/api/apps/${foreign}/`,
      `/api/apps/${foreign}%00`,
      `/api/apps/${foreign}%20`,
      `/api/apps/${foreign};${mine}`,
      `/api/apps/${foreign}?enterprise_id=${mine}`,
      `/api/apps/${foreign}?app_id=${mine}&app_id=${foreign}`,
      `/api/apps/${foreign.toUpperCase()}`,
      `/API/apps/${foreign}`,
      `/api/apps/%252e%252e%252f${foreign}`,
      `/api/apps/%c0%ae%c0%ae/${foreign}`,
      "/api/apps/%ff%fe",
      "/api/apps/%",
      "/api/apps/%zz",
      "/api/apps/..",
      "/api/apps/%2e",
      `/api/apps/${"a".repeat(9_000)}`,
      `/api/apps/${mine}/tables/..%2f..%2f${foreign}/rows`,
      `/api/apps/${mine}/knowledge/..%2f${foreign}`,
      `/api/apps/${mine}/versions/-1/files`,
      `/api/apps/${mine}/versions/99999999999999999999/files`,
      `/a/${theirs.slug}/../../api/apps/${foreign}`,
      `/a/..%2f${theirs.slug}/api/apps/${foreign}`,
      `/a//api/apps/${foreign}`,
      `/a/${theirs.slug.toUpperCase()}/api/site`,
      `/ws/greeter/${foreign}/c1/${owner.user_id}`,
      `/ws/greeter/..%2f${foreign}/c1/${owner.user_id}`,
    ];
    for (const path of paths) {
      const answer = await call(path, {
        token: owner.token,
        headers: path.startsWith("/ws/") ? { upgrade: "websocket" } : {},
      });
      const shown = JSON.stringify(answer.body);
      expect({
        path,
        refused: answer.status >= 400 && answer.status < 500,
        theirs: shown.includes("Globex"),
      }).toEqual({ path, refused: true, theirs: false });
    }
  }));

test("headers that are huge, many or odd are refused or of no use, and never a 500", () =>
  changesNothing(async () => {
    const long = "x".repeat(100_000);
    const odd: Record<string, string>[] = [
      { authorization: `Bearer ${long}` },
      { authorization: "Bearer" },
      { authorization: "Basic Og==" },
      { authorization: `Bearer ${owner.token}, Bearer ${other.token}` },
      { authorization: `Bearer mzk_${long}` },
      { cookie: `mozaiks.session_token=${long}` },
      { cookie: Array.from({ length: 3_000 }, (_, i) => `c${i}=1`).join("; ") },
      { cookie: "mozaiks.session_token=%00%ff; =; ;;; a" },
      Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x-${i}`, "1"])),
    ];
    for (const headers of odd) {
      const { status } = await call("/api/me", { headers });
      expect({ headers: JSON.stringify(headers).slice(0, 40), status }).toMatchObject({ status: 401 });
    }
    for (const headers of [
      { "idempotency-key": long },
      { "idempotency-key": "../x" },
      { "idempotency-key": "" },
    ] as Record<string, string>[]) {
      const answer = await call("/api/apps", { json: { name: "X" }, token: owner.token, headers });
      expect({ status: answer.status, code: anyCodeOf(answer) }).toEqual({
        status: 400,
        code: "BAD_REQUEST",
      });
    }
    for (const type of [
      "application/jsonx",
      "text/plain",
      "application/json-patch",
      "multipart/form-data",
      "application/x-www-form-urlencoded; charset=json",
    ])
      expect(
        (
          await call("/api/apps", {
            raw: '{"name":"X"}',
            token: owner.token,
            headers: { "content-type": type },
          })
        ).status,
      ).toBe(400);
    expect(
      (await call("/api/health", { headers: { "accept-language": long, "user-agent": long } })).status,
    ).toBe(200);
  }));
