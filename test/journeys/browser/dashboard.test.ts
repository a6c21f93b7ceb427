import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { PASSWORD, type Seeded, seedPlatform } from "#cli/screens/seed-platform";
import { openPage, type Visit } from "./open-page.ts";

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 375, height: 812 };

let seeded: Seeded;
let visit: Visit;
beforeAll(async () => {
  seeded = await seedPlatform(inject("url"));
  visit = await openPage("/", WIDE);
  const { page } = visit;
  const data = { email: seeded.email, password: PASSWORD };
  const headers = { origin: new URL(page.url()).origin };
  expect((await page.request.post("/api/auth/sign-in/email", { data, headers })).ok()).toBe(true);
}, 120_000);
afterAll(() => visit?.close());

test("every page of an app can be used by everybody: nothing serious for axe, nothing wider than a phone, light and dark", async () => {
  const { page } = visit;
  const app = `/apps/${seeded.enterpriseId}`;
  await page.goto(app);
  const links = page.locator('nav[aria-label="App"] a');
  await links.first().waitFor();
  const tabs = await links.evaluateAll((all) => all.map((it) => it.getAttribute("href") ?? ""));
  expect(tabs.length).toBeGreaterThan(8);
  const found: unknown[] = [];
  for (const path of [
    ...["/apps", "/new", "/account"],
    ...tabs,
    `${app}/inbox?chat=${seeded.approvalChat}`,
    `${app}/conversations?chat=${seeded.humanChat}`,
  ]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(WIDE);
      await page.goto(path, { waitUntil: "networkidle" });
      // As a debugger does: the page’s own policy lets no script of another in.
      await page.evaluate(axe.source);
      for (const size of [WIDE, NARROW]) {
        await page.setViewportSize(size);
        // What is no colour is the same in the dark.
        const rules = colorScheme === "dark" ? ["color-contrast"] : null;
        found.push(
          ...(await serious(page, rules)).map((it) => ({ path, width: size.width, colorScheme, ...it })),
        );
      }
      const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      if (overflow > 0) found.push({ path, overflow });
    }
  }
  expect(found).toEqual([]);
}, 180_000);

test("somebody asks for a human: an operator sees it, takes over, writes, gives back; and a loan is approved", async () => {
  const { page, complaints } = visit;
  await page.setViewportSize(WIDE);
  await page.goto(`/apps/${seeded.enterpriseId}`);
  await page.getByRole("link", { name: "Inbox 2 waiting" }).click();
  await page.getByTestId("waiting").filter({ hasText: "Asks for a human" }).click();
  await page.getByRole("button", { name: "Take over" }).click();
  await page.getByTestId("operator-reply").fill("Ada here, how can I help?");
  await page.keyboard.press("Enter");
  const said = page.locator('[role="log"]').getByText("Ada here, how can I help?");
  await said.waitFor();
  expect(await page.getByTestId("operator-reply").inputValue()).toBe("");
  await page.getByRole("button", { name: "Give it back" }).click();
  await page.locator('[role="log"]').getByText("Ada Lovelace left the chat").waitFor();
  await page.getByTestId("waiting").filter({ hasText: "Asks for a human" }).waitFor({ state: "detached" });

  await page.getByTestId("waiting").filter({ hasText: "Approval" }).click();
  await page.getByTestId("approval").getByText("Hammer drill", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByText("Nothing waits for you").waitFor();
  await page.locator('[role="log"]').getByText("The team agreed.").waitFor();
  await page.getByRole("button", { name: "Trace" }).click();
  await page.getByText("Lend tool").first().click();
  await page.locator("pre").filter({ hasText: "T-101" }).first().waitFor();
  expect(complaints).toEqual([]);
}, 90_000);

/** What axe finds of the page as it is now by these rules, all without, but for what is minor. */
async function serious(page: Page, runOnly: string[] | null): Promise<{ rule: string; at: string[] }[]> {
  const options = { resultTypes: ["violations"], ...(runOnly && { runOnly }) };
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => ({
      rule: id,
      at: nodes.slice(0, 3).map((it) => `${it.failureSummary} ${it.html.slice(0, 160)}`),
    }));
}
