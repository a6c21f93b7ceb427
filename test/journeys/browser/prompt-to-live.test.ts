import { expect, test } from "vitest";
import { barriers } from "./barriers.ts";
import { buildApp } from "./build-app.ts";
import { openPage } from "./open-page.ts";

const PROMPT = "Build a customer support app that handles refunds and tracks orders";

test("a visitor says what to build, approves the plan, signs up, has the app live beside its build, chats, confirms a refund, and sees the tokens", async () => {
  const { page, complaints, close } = await openPage("/");
  try {
    const id = await buildApp(page, PROMPT, "ada@example.com");
    await page.getByTestId("live-app").getByTestId("composer").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.goto(`/apps/${id}/workflows`);
    await page.getByTestId("open-refund-handler").click();
    await page.getByLabel("Part of the workflow").selectOption({ index: 1 });
    await page.getByLabel("Instructions").fill("Take refunds.");
    await page.getByRole("link", { name: "Files", exact: true }).click();
    await page.locator(".cm-content").filter({ hasText: "instructions: Take refunds." }).waitFor();
    await page.getByText("it fits together").waitFor();
    await page.getByRole("button", { name: "Save as draft", disabled: false }).waitFor();
    expect(await barriers(page)).toEqual([]);

    await page.goto(`/apps/${id}/chat`);
    const composer = page.getByTestId("composer");
    const answers = page.locator('[data-testid="message"][data-role="assistant"]');
    await composer.fill("Where is my order A-1001?");
    await page.getByTestId("send").click();
    await answers.filter({ hasText: "A-1001" }).first().waitFor();

    await composer.fill("I want a refund for it, it arrived broken");
    await page.getByTestId("send").click();
    await page.getByText("Refund $49.90 for order A-1001?").first().waitFor();
    await page.getByTestId("card-yes").click();
    await answers.filter({ hasText: "49.90" }).last().waitFor();
    await page
      .getByTestId("chat-cost")
      .filter({ hasText: /\$0\.0/ })
      .waitFor();

    // A reload brings the whole conversation back from the log.
    const before = await answers.allInnerTexts();
    await page.reload();
    await answers.nth(before.length - 1).waitFor();
    expect(await answers.allInnerTexts()).toEqual(before);

    await page.goto(`/apps/${id}/usage`);
    await page.getByTestId("total-tokens").filter({ hasText: /[1-9]/ }).waitFor();
    await page.locator(".recharts-area-curve").waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
});
