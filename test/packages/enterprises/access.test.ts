import { expect, test } from "vitest";
import { accessTo } from "#enterprises/access";
import type { EnterpriseRow } from "#enterprises/tables";

const seen = (status: EnterpriseRow["status"], role: "owner" | null = null) => ({
  enterprise: { enterpriseId: "acme", status } as EnterpriseRow,
  role,
});
const foundry = { host: "foundry", realm: "foundry" };
const own = { host: "acme", realm: "acme" };

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
  expect(accessTo({ host: "globex", realm: "globex" }, seen("live"))).toBeNull();
  expect(accessTo({ host: "acme", realm: "foundry" }, seen("live", "owner"))).toBeNull();
  expect(accessTo({ host: "foundry", realm: "acme" }, seen("live", "owner"))).toBeNull();
});
