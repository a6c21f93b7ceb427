import type { Page } from "playwright-core";

/** From the first page, by the plan that it shows before signing up, to a live app, as a new creator. @returns the app's id */
export async function buildApp(page: Page, prompt: string, email: string): Promise<string> {
  await page.getByTestId("prompt").fill(prompt);
  await page.getByTestId("build").click();
  await page.getByTestId("approve-plan").click();
  await page.getByLabel("Name", { exact: false }).first().fill("Ada Lovelace");
  await page.getByLabel(/e-?mail/i).fill(email);
  await page
    .getByLabel(/password/i)
    .first()
    .fill("correct horse battery");
  await page.keyboard.press("Enter");
  await page
    .getByText(/is live/i)
    .first()
    .waitFor();
  const id = /\/apps\/([^/]+)/.exec(page.url())?.[1];
  if (id === undefined) throw new Error(`no app's page: ${page.url()}`);
  return id;
}
