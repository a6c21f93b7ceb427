import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { note } from "#audit/note";
import { scopeOf } from "#enterprises/scope";
import { compose } from "#workers/compose";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp } from "./client.ts";
import { takeOn } from "./take-on.ts";

let owner: Person;
let admin: Person;
let acme: MadeApp;
let other: MadeApp;
beforeAll(async () => {
  await migrate();
  [owner, admin] = await Promise.all([signUp(), signUp()]);
  [acme, other] = await Promise.all([makeApp(owner, "Acme"), makeApp(owner, "Other")]);
  await takeOn(owner, acme.enterprise_id, admin, "admin");
});

const audit = (query = "", by = owner, app = acme) =>
  call(`/api/apps/${app.enterprise_id}/audit${query}`, { token: by.token });
type Row = { audit_id: string; action: string; actor: { user_id: string }; at: string; details: unknown };
const rows = async (query = "") => ((await audit(query)).body as { items: Row[] }).items;

/** Rows that stand at given times, one a second from `2026-01-02T00:00:00Z` on. */
async function noted(count: number, it: { action: string; target?: string; by?: Person; app?: MadeApp }) {
  const start = Date.parse("2026-01-02T00:00:00Z");
  const by = it.by ?? owner;
  for (let n = 0; n < count; n += 1)
    await note(compose(env).db, scopeOf((it.app ?? acme).enterprise_id), {
      auditId: compose(env).newId("aud"),
      actorId: by.user_id,
      actorEmail: by.email,
      role: "owner",
      action: it.action,
      target: it.target ?? null,
      outcome: "done",
      at: start + n * 1_000,
      requestId: "req_test",
      details: { n },
    });
}

test("the audit log is asked by who, what and when, and a cursor goes on within what was asked", async () => {
  await noted(3, { action: "domains.claim" });
  await noted(2, { action: "domains.release", by: admin });
  await noted(1, { action: "domainsx" });
  await noted(4, { action: "domains.claim", app: other });
  expect((await rows("?action=domains")).map((it) => it.action).sort()).toEqual([
    ...["domains.claim", "domains.claim", "domains.claim"],
    ...["domains.release", "domains.release"],
  ]);
  expect(await rows("?action=domains.release")).toHaveLength(2);
  expect(await rows(`?action=domains&actor=${admin.user_id}`)).toHaveLength(2);
  const second = "from=2026-01-02T00:00:01.000Z&to=2026-01-02T00:00:02.000Z";
  expect((await rows(`?${second}`)).map((it) => it.at)).toEqual(Array(2).fill("2026-01-02T00:00:01.000Z"));
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page = await audit(`?action=domains&limit=2${cursor && `&cursor=${cursor}`}`);
    const body = page.body as { items: Row[]; next_cursor: string | null };
    seen.push(...body.items.map((it) => it.audit_id));
    cursor = body.next_cursor;
  }
  expect(new Set(seen).size).toBe(5);
  expect(seen).toHaveLength(5);
  for (const wrong of ["?action=A%25", "?from=yesterday", "?to=1", "?action=%27"])
    expect({ wrong, status: (await audit(wrong)).status }).toEqual({ wrong, status: 400 });
});

test("T65 the owner takes all of it out, as CSV or NDJSON, and that is in it too; nobody else does", async () => {
  await noted(505, { action: "tables.export", target: 'x"y, z\r\nforged,row' });
  await noted(1, { action: "tables.export", target: "=HYPERLINK(1)" });
  const ndjson = await audit("/export?format=ndjson&action=tables");
  expect(ndjson.headers.get("content-type")).toBe("application/x-ndjson");
  const lines = String(ndjson.body).trimEnd().split("\n");
  expect(lines).toHaveLength(506);
  const ids = lines.map((line) => (JSON.parse(line) as Row).audit_id);
  expect(new Set(ids).size).toBe(506);
  const csv = await audit("/export?action=tables");
  expect(csv.headers.get("content-disposition")).toBe(
    `attachment; filename="audit-${acme.enterprise_id}.csv"`,
  );
  const cells = String(csv.body).trimEnd().split("\r\n");
  expect(cells).toHaveLength(507);
  expect(cells[0]).toMatch(/^audit_id,at,actor_id/);
  expect(String(csv.body)).toContain(`,"x""y, z forged,row",`);
  expect(String(csv.body)).toContain(",'=HYPERLINK(1),");
  expect(await rows("?action=audit.export")).toMatchObject([
    { actor: { user_id: owner.user_id }, details: { format: "csv" } },
    { details: { format: "ndjson" } },
  ]);
  expect(codeOf(await audit("/export", admin))).toBe("FORBIDDEN");
  expect(codeOf(await audit("/export", await signUp()))).toBe("NOT_FOUND");
  const foreign = await audit("/export?format=ndjson", owner, other);
  expect(String(foreign.body)).not.toContain(acme.enterprise_id);
  expect(String(foreign.body)).not.toContain("tables.export");
});
