import { act } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { AuditEntry } from "#protocol/api/audit";
import { AuditLog } from "../../../chatui/src/foundry/app-audit-tab.tsx";
import { deedWords, FAMILIES, toldOf } from "../../../chatui/src/foundry/audit-words.ts";
import { shown } from "./shown.dom.tsx";

const BOB = "user_0123456789abcdefghjkmnpqrs";
const ROW: AuditEntry = {
  audit_id: "aud_1",
  actor: { user_id: "user_ada", email: "ada@example.com", role: "owner" },
  action: "app.change",
  target: null,
  outcome: "done",
  at: "2026-11-25T10:00:00.000Z",
  request_id: "req_1",
  details: { name: { before: "Shop", after: "Store" }, branding: "changed" },
};
const OTHERS: AuditEntry[] = [
  {
    ...ROW,
    audit_id: "aud_2",
    action: "members.change",
    target: BOB,
    details: { from: "viewer", to: "admin" },
  },
  { ...ROW, audit_id: "aud_3", action: "secrets.set", target: "SHOP_KEY", outcome: "FORBIDDEN", details: {} },
  { ...ROW, audit_id: "aud_4", action: "moons.paint_over", target: "luna", details: {} },
];
const MEMBERS = [
  { user_id: "user_ada", email: "ada@example.com", name: "Ada", role: "owner", created_at: ROW.at },
  { user_id: BOB, email: "bob@example.com", name: "Bob", role: "admin", created_at: ROW.at },
];
const AT = "/api/apps/ent_1";
const ANSWERS = {
  [`GET ${AT}/members`]: () => ({ items: MEMBERS }),
  [`GET ${AT}/audit?limit=50`]: () => ({ items: [ROW], next_cursor: "two" }),
  [`GET ${AT}/audit?limit=50&cursor=two`]: () => ({ items: OTHERS, next_cursor: null }),
  [`GET ${AT}/audit?limit=50&actor=${BOB}`]: () => ({ items: [], next_cursor: null }),
};
afterEach(() => vi.unstubAllGlobals());

test("the log says who did what, what was before and after, and what was refused; there is more", async () => {
  const { at, button, click } = await shown(<AuditLog id="ent_1" can={["audit.read"]} />, ANSWERS);
  expect(at.textContent).toContain("Ada changed the app’s settings");
  expect(at.querySelector("del")?.textContent).toBe("Shop");
  expect(at.textContent).toContain("Lookchanged");
  await click(button("Show more"));
  expect(at.textContent).toContain("Ada made Bob an admin");
  expect(at.textContent).toContain("Refused: their role doesn’t include this.");
  expect(at.querySelector("s")?.textContent).toBe("set the secret SHOP_KEY");
  expect(at.textContent).toContain("Ada Moons: paint over, luna");
  expect(at.textContent).not.toContain("Show more");
  expect(at.textContent).not.toContain("Export");
});

test("who is asked for goes to the server, nothing is said plainly, and filters can be cleared", async () => {
  const { at, button, click } = await shown(<AuditLog id="ent_1" can={["audit.read"]} />, ANSWERS);
  const who = at.querySelector("select");
  if (!who) throw new Error("no filter");
  await act(async () => {
    who.value = BOB;
    who.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await vi.waitUntil(async () => {
    await act(async () => undefined);
    return at.textContent?.includes("Nothing like that was done");
  });
  await click(button("Clear the filters"));
  expect(at.textContent).toContain("Ada changed the app’s settings");
});

test("a log that can't be had says so and can be asked again", async () => {
  const { at, button, click } = await shown(<AuditLog id="ent_1" can={[]} />, {});
  expect(at.querySelector('[role="alert"]')?.textContent).toContain("There is nothing here.");
  await click(button("Try again"));
  expect(at.querySelector('[role="alert"]')).not.toBeNull();
});

test("only who may take the log out sees how, and gets what the filter lets through", async () => {
  const { at, button, click } = await shown(<AuditLog id="ent_1" can={["audit.read", "audit.export"]} />, {
    ...ANSWERS,
    [`GET ${AT}/audit/export?format=csv`]: () => "audit_id\r\n",
  });
  const saved = vi.fn(() => "blob:saved");
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: saved, revokeObjectURL: () => undefined }));
  await click(button("Export CSV"));
  expect(saved).toHaveBeenCalledOnce();
  expect(at.querySelector('[role="alert"]')).toBeNull();
});

test("amounts, nothing and lists are told as people say them; an id as its end", () => {
  const details = {
    user_month_nano: { before: null, after: "2500000000" },
    show_cost: { before: false, after: true },
    origins: { before: [], after: ["https://a.example", "https://b.example"] },
  };
  expect(toldOf({ ...ROW, action: "x.y", details })).toEqual([
    { name: "Limit of a person, a month", before: "none", after: "$2.50" },
    { name: "Shows costs", before: "no", after: "yes" },
    { name: "Origins", before: "none", after: "https://a.example, https://b.example" },
  ]);
  const row = { ...ROW, action: "members.remove", target: BOB };
  expect(deedWords(row, new Map())).toBe("took person …mnpqrs off the team");
  // A name that every object has is no deed of ours.
  expect(deedWords({ ...row, action: "constructor" }, new Map())).toContain("person");
  expect(new Set(FAMILIES.map((it) => it.value)).size).toBe(FAMILIES.length);
});
