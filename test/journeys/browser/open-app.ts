import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { inject } from "vitest";

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: inject("chromium"),
    // Chromium's sandbox needs what a container's root doesn't have.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}

export type EndUser = { page: Page; complaints: string[]; foreign: string[]; close: () => Promise<void> };

/** A visitor of an app's own address, with nothing stored. `foreign`: what was asked of other origins. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<EndUser> {
  const context = await browser.newContext({ baseURL: url, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== new URL(url).origin && protocol !== "data:" && protocol !== "blob:")
      foreign.push(request.url());
  });
  await page.goto(url);
  return { page, complaints, foreign, close: () => context.close() };
}

export async function signUp(page: Page, email: string): Promise<void> {
  await page.locator("input[name=name]").fill("Grace Hopper");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill("correct horse battery");
  await page.keyboard.press("Enter");
  await page.getByTestId("composer").waitFor();
}

export const answers = (page: Page) => page.locator('[data-testid="message"][data-role="assistant"]');

/** Says something and waits until all of the answer is there. */
export async function say(page: Page, text: string): Promise<void> {
  const before = await answers(page).count();
  await page.getByTestId("composer").fill(text);
  await page.keyboard.press("Enter");
  await answers(page).nth(before).waitFor();
  await page.locator('[role="log"][aria-busy="false"]').waitFor();
}

/** Who is signed in there. */
export function userIdOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answer = await fetch("/api/me");
    return ((await answer.json()) as { user_id: string }).user_id;
  });
}
