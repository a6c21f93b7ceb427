import { expect, inject, test } from "vitest";

test("T54 pages come with a policy that runs our scripts only and can't be framed", async () => {
  const page = await fetch(inject("url"));
  const policy = page.headers.get("content-security-policy");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("object-src 'none'");
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect(page.headers.get("x-frame-options")).toBe("DENY");
  expect(policy).toContain("base-uri 'none'");
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(page.headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(page.headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
  expect(page.headers.get("permissions-policy")).toContain("camera=()");
  expect(page.headers.get("x-request-id")).toMatch(/^req_/);
  const html = await page.text();
  expect(html.match(/<script(?![^>]*\ssrc=)[^>]*>/g)).toBeNull();
  expect(html).not.toMatch(/\son\w+=|style="|<style/);
});
