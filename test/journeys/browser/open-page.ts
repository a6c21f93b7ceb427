import { type BrowserContext, chromium, type Page } from "playwright-core";
import { inject } from "vitest";

export type Visit = {
  page: Page;
  context: BrowserContext;
  /** What the page complained of since it opened: uncaught errors, console errors, blocked or failed requests. */
  complaints: string[];
  close(): Promise<void>;
};

/** Opens a page of a fresh visitor: no cookies, nothing stored, no animation. */
export async function openPage(path = "/", viewport = { width: 1280, height: 800 }): Promise<Visit> {
  const browser = await chromium.launch({
    executablePath: inject("chromium"),
    // Chromium's sandbox needs what a container's root doesn't have.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  const context = await browser.newContext({ baseURL: inject("url"), viewport, reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()} ${reason}`);
  });
  await page.goto(path);
  return { page, context, complaints, close: () => browser.close() };
}
