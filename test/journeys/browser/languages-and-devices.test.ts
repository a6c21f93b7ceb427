import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { barriers } from "./barriers.ts";
import { api, type LiveApp, liveApp } from "./host-site.ts";
import { answers, launch, say, signUp, visit } from "./open-app.ts";

let browser: Browser;
let app: LiveApp;

beforeAll(async () => {
  [browser, app] = await Promise.all([launch(), liveApp("Tea House")]);
  await api("PATCH", `/api/apps/${app.enterprise_id}`, { branding: { language: "zh" } }, app.token);
});
afterAll(() => browser?.close());

test("French where the browser asks for it, Chinese where it asks for none and the app has it: words, numbers, days", async () => {
  for (const [locale, heading, lang, when, tokens] of [
    ["fr-CA", "Créez votre compte", "fr", /^\d+ \p{L}+\.? \d{4}, \d\d:\d\d$/u, /^[\d\u202f]+ jetons$/],
    ["sw", "创建您的账户", "zh", /^\d{4}年\d+月\d+日 \d\d:\d\d$/, /^[\d,]+ 个词元$/],
  ] as const) {
    const { page, complaints, close } = await visit(browser, app.url, { locale });
    try {
      await page.getByRole("heading", { name: heading }).waitFor();
      await page.locator(`html[lang="${lang}"][dir="ltr"]`).waitFor();
      await signUp(page, `${lang}@example.com`);
      await say(page, "hello");
      await expect.poll(() => page.locator("aside li span").last().textContent()).toMatch(when);
      expect(await page.getByTestId("chat-tokens").textContent()).toMatch(tokens);
      // What the server says no with is said in the page's words.
      await page.route("**/start", (route) =>
        route.fulfill({
          status: 429,
          json: { error: { code: "RATE_LIMITED", message: "Slow down.", retryable: false } },
        }),
      );
      await page.locator("aside button").first().click();
      await page.getByText(lang === "fr" ? "Trop de demandes." : "请求太多").waitFor();
      expect(complaints.filter((it) => !it.includes("429"))).toEqual([]);
    } finally {
      await close();
    }
  }
});

test("a chat begun on one device is on the other: in its list, whole, and it goes on there while both look", async () => {
  const phone = await visit(browser, app.url, { viewport: { width: 375, height: 740 } });
  const desk = await visit(browser, new URL("/sign-in", app.url).href);
  try {
    await signUp(phone.page, "both@example.com");
    await say(phone.page, "Good morning");
    await desk.page.locator("input[name=email]").fill("both@example.com");
    await desk.page.locator("input[name=password]").fill("correct horse battery");
    await desk.page.keyboard.press("Enter");
    await answers(desk.page).first().waitFor();
    const said = (page: Page) => page.getByTestId("message").allTextContents();
    expect(await said(desk.page)).toEqual(await said(phone.page));
    await say(desk.page, "And good afternoon");
    await expect.poll(() => said(phone.page)).toEqual(await said(desk.page));

    // Another chat on the phone: the desk's list has it, by its title, when the page is looked at anew.
    await phone.page.getByRole("button", { name: "New chat" }).first().click();
    await expect.poll(() => phone.page.getByTestId("message").count()).toBe(0);
    await say(phone.page, "Another matter");
    const second = phone.page.url();
    await desk.page.reload();
    const rows = desk.page.locator("aside ul").last().locator("li button:not([aria-label])");
    await rows.filter({ hasText: "Another matter" }).click();
    await expect.poll(() => said(desk.page)).toEqual(await said(phone.page));
    expect(new URL(desk.page.url()).search).toBe(new URL(second).search);
    expect(await rows.count()).toBe(2);

    // It is called something else, and deleted while the phone has it open.
    const manage = (chat: string) =>
      desk.page
        .getByRole("button", { name: `Rename or delete “${chat}”` })
        .first()
        .click();
    await manage("Another matter");
    await desk.page.getByRole("textbox", { name: "Name", exact: true }).fill("The ladder");
    expect(await barriers(desk.page)).toEqual([]);
    await desk.page.keyboard.press("Enter");
    await rows.filter({ hasText: "The ladder" }).waitFor();
    await manage("The ladder");
    await desk.page.getByRole("button", { name: "Delete this chat" }).click();
    expect(await barriers(desk.page)).toEqual([]);
    await desk.page.getByRole("button", { name: "Delete it for good" }).click();
    await phone.page.getByText("This chat was deleted.").waitFor();
    await answers(desk.page).nth(1).waitFor();
    expect((await said(desk.page))[0]).toContain("Good morning");
    expect(await rows.count()).toBe(1);
    expect([...phone.complaints, ...desk.complaints]).toEqual([]);
  } finally {
    await Promise.all([phone.close(), desk.close()]);
  }
});
