import { expect, inject, test } from "vitest";

test("T54 pages come with a policy that runs our scripts only and can't be framed", async () => {
  const page = await fetch(inject("url"));
  const policy = page.headers.get("content-security-policy");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("object-src 'none'");
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect(page.headers.get("x-frame-options")).toBe("DENY");
});
