import { expect, test } from "vitest";
import { accessTo, type Here, mayEnter } from "#enterprises/access";
import type { EnterpriseRow } from "#enterprises/tables";

const here: Here = { guest: false, invited: false, admitted: null, roles: [], rolesAt: 0 };
const seen = (status: EnterpriseRow["status"], role: "owner" | null = null) => ({
  enterprise: { enterpriseId: "acme", status, visibility: "public" } as EnterpriseRow,
  role,
  declared: [],
  here,
});
const byKey = false;
const foundry = { host: "foundry", realm: "foundry", byKey };
const own = { host: "acme", realm: "acme", byKey };

test("on the foundry only members see an enterprise, live or not", () => {
  for (const status of ["draft", "live", "unpublished"] as const) {
    expect(accessTo(foundry, seen(status, "owner"))).toBe("member");
    expect(accessTo(foundry, seen(status))).toBeNull();
  }
  expect(accessTo(foundry, null)).toBeNull();
});

test("on an app's own address its end users see it while it is live, and nobody else ever does", () => {
  expect(accessTo(own, seen("live"))).toBe("end_user");
  expect(accessTo(own, seen("draft"))).toBeNull();
  expect(accessTo(own, seen("unpublished"))).toBeNull();
  expect(accessTo({ host: "globex", realm: "globex", byKey }, seen("live"))).toBeNull();
  expect(accessTo({ host: "acme", realm: "foundry", byKey }, seen("live", "owner"))).toBeNull();
  expect(accessTo({ host: "foundry", realm: "acme", byKey }, seen("live", "owner"))).toBeNull();
});

test("who may come in: by the app's visibility, by key, and never whom the team has put out", () => {
  const whom: [string, Partial<Here>, boolean, string[]][] = [
    ["a stranger", {}, false, ["public", "sign_in"]],
    ["a guest", { guest: true }, false, ["public"]],
    ["a guest of the list", { guest: true, invited: true, admitted: true }, false, ["public"]],
    ["an invited address", { invited: true }, false, ["public", "sign_in", "invited"]],
    ["somebody let in", { admitted: true }, false, ["public", "sign_in", "invited"]],
    ["somebody signed in by a key", {}, true, ["public", "sign_in", "invited"]],
    ["somebody put out", { invited: true, admitted: false }, true, []],
  ];
  for (const [who, it, key, ways] of whom) {
    const open = (["public", "sign_in", "invited"] as const).filter((way) =>
      mayEnter(way, { ...here, ...it }, key),
    );
    expect([who, open]).toEqual([who, ways]);
  }
});
