import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { findChromium } from "#cli/gate/find-chromium";
import { runPlatform } from "#cli/platform/run-platform";
import { FEW, fillParts, MOST_ELEMENTS, workThroughParts } from "./many-rows.ts";

const ROWS = Number(process.env.MANY_ROWS ?? 100_000);

test("a table of 100,000 rows is taken in at once, and turned, sorted, filtered and changed a page at a time", async () => {
  const state = await mkdtemp(join(tmpdir(), "mozaiks-rows-"));
  const platform = await runPlatform({ port: 0, state });
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const context = await browser.newContext({ baseURL: platform.url });
    const page = await context.newPage();
    await page.goto("/");
    const headers = { origin: new URL(page.url()).origin };
    const data = { email: "ada@example.com", password: "correct horse battery", name: "Ada" };
    await page.request.post("/api/auth/sign-up/email", { headers, data });
    const made = await page.request.post("/api/apps", { headers, data: { name: "Parts" } });
    const { enterprise_id } = (await made.json()) as { enterprise_id: string };
    await fillParts(page, headers.origin, enterprise_id, ROWS);
    const steps = await workThroughParts(page, enterprise_id, ROWS);
    expect(steps).toMatchObject(FEW);
    expect(Math.max(...Object.values(steps).map((it) => it.elements))).toBeLessThan(MOST_ELEMENTS);
  } finally {
    await browser.close();
    await platform.stop();
    await rm(state, { recursive: true, force: true });
  }
});
