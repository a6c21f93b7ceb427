import { type BrowserContext, chromium, type Page } from "playwright-core";
import { inject } from "vitest";

export type Visit = {
  page: Page;
  context: BrowserContext;
  /** What the page complained of since it opened: uncaught errors, console errors, blocked or failed requests. */
  complaints: string[];
  close(): Promise<void>;
};

/**
 * Storage of a frame as browsers have it, one for each site that holds it: what drives the browser here switches it off
 * among other features, and of several such arguments the last one counts.
 */
export const WITH_FRAME_STORAGE = [
  "--disable-features=PaintHolding,HttpsUpgrades,MediaRouter,OptimizationHints",
];

/** Opens a page of a fresh visitor: no cookies, nothing stored, no animation. `args`: further ones for Chromium. */
export async function openPage(
  path = "/",
  viewport = { width: 1280, height: 800 },
  args: string[] = [],
): Promise<Visit> {
  const browser = await chromium.launch({
    executablePath: inject("chromium"),
    // Chromium's sandbox needs what a container's root doesn't have.
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...args],
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
