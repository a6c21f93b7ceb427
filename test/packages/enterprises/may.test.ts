import { expect, test } from "vitest";
import { type Action, may, mayChangeRole, ROLES } from "#enterprises/may";

test("each role may do what its work needs, and no more", () => {
  const can = (role: (typeof ROLES)[number], ...actions: Action[]) => actions.filter((it) => may(role, it));
  const all: Action[] = [
    "app.read",
    "app.change",
    "app.build",
    "app.override",
    "app.domains",
    "app.delete",
    "data.change",
    "money.read",
    "analytics.read",
    "chats.read",
    "chats.act",
    "members.read",
    "members.change",
    "secrets.change",
    "audit.read",
    "audit.export",
    "app.webhooks",
  ];
  expect(can("owner", ...all)).toEqual(all);
  expect(can("admin", ...all)).toEqual(
    all.filter((it) => !["app.override", "app.delete", "audit.export"].includes(it)),
  );
  expect(can("editor", ...all)).toEqual(["app.read", "app.build", "data.change", "analytics.read"]);
  expect(can("operator", ...all)).toEqual(["app.read", "chats.read", "chats.act"]);
  expect(can("viewer", ...all)).toEqual(["app.read", "analytics.read"]);
  expect(all.filter((it) => may(null, it))).toEqual([]);
});

test("only an owner makes, changes or removes an owner; only owners and admins change anybody", () => {
  for (const by of [...ROLES, null])
    for (const from of [...ROLES, null])
      for (const to of [...ROLES, null]) {
        const touchesOwner = from === "owner" || to === "owner";
        const allowed = by === "owner" || (by === "admin" && !touchesOwner);
        expect({ by, from, to, may: mayChangeRole(by, from, to) }).toEqual({ by, from, to, may: allowed });
      }
});
