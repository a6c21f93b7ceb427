import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { buildApp } from "./build-app.ts";
import { openPage } from "./open-page.ts";

const PROMPT = "Build a customer support app that handles refunds and tracks orders";
/** Enough for a few turns of the offline model. */
const TINY = "0.001";
const MOST_TURNS = 30;

test("an owner limits a day's spending, is told as it is used up, is refused, raises the limit and goes on", async () => {
  const { page, context, complaints, close } = await openPage("/");
  try {
    const id = await buildApp(page, PROMPT, "grace@example.com");
    await setDayLimit(page, id, "1,5");
    await page.getByText("Write it without a comma").waitFor();
    await setDayLimit(page, id, TINY);
    await page.getByText("Saved.").waitFor();
    await page.reload();
    expect(await page.getByLabel("One person, a day").inputValue()).toBe(TINY);

    await page.goto(`/apps/${id}/chat`);
    const refusal = page.locator('[data-code="BUDGET_EXCEEDED"]');
    const notice = page.getByTestId("budget-notice");
    await chatUntil(page, notice.filter({ hasText: "You have used 50% of what you may spend here today." }));
    await page.getByRole("button", { name: "Put this notice away" }).click();
    await notice.waitFor({ state: "detached" });
    await chatUntil(page, notice.filter({ hasText: "You have used 80% of what you may spend here today." }));
    // A reload shows no less, and not what was put away.
    const used = await page.getByTestId("chat-cost").textContent();
    await page.reload();
    await notice.filter({ hasText: "80%" }).waitFor();
    expect(await page.getByTestId("chat-cost").textContent()).toBe(used);
    await chatUntil(page, refusal);
    expect(await refusal.textContent()).toContain("Not enough is left of what you may spend here today.");
    await notice.waitFor({ state: "detached" });

    await refusal.getByRole("link", { name: "Limits" }).click();
    await page.getByLabel("One person, a day").fill("1");
    await page.getByRole("button", { name: "Save limits" }).click();
    await page.getByText("Saved.").waitFor();

    const usage = await context.newPage();
    await usage.goto(`/apps/${id}/usage`);
    const bar = usage.locator('[data-testid="budget"][data-scope="user_day"]');
    await bar.getByText("of $1.00").waitFor();
    const before = await bar.getAttribute("data-spent");
    await page.goto(`/apps/${id}/chat`);
    await page.getByRole("alert").waitFor();
    await sayAndWait(page, "hello");
    expect(await page.getByRole("alert").count()).toBe(1);
    await expect.poll(() => bar.getAttribute("data-spent")).not.toBe(before);

    await usage.getByRole("button", { name: "Check the books" }).click();
    await usage.getByText(/All [\d,]+ figures agree\./).waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
});

async function setDayLimit(page: Page, id: string, dollars: string): Promise<void> {
  await page.goto(`/apps/${id}/limits`);
  await page.getByLabel("One person, a day").fill(dollars);
  await page.getByRole("button", { name: "Save limits" }).click();
}

async function chatUntil(page: Page, sign: Locator): Promise<void> {
  for (let turns = 0; turns < MOST_TURNS && (await sign.count()) === 0; turns++)
    await sayAndWait(page, "hello");
  await sign.waitFor();
}

/** Says something and waits for what comes of it: an answer or a refusal, and the end of its run. */
async function sayAndWait(page: Page, text: string): Promise<void> {
  const outcomes = page.locator('[data-testid="message"][data-role="assistant"], [data-code]');
  const before = await outcomes.count();
  await page.getByTestId("composer").fill(text);
  await page.getByTestId("send").click();
  await outcomes.nth(before).waitFor();
  await page.locator('[role="log"][aria-busy="false"]').waitFor();
}
