import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { Locator } from "playwright-core";
import { build } from "vite";
import { expect, test } from "vitest";
import { buildReactInto } from "#cli/platform/build-react";
import { CHECKOUT } from "../../../packages/cli/launch/checkout.mjs";
import { api, hostSite, liveApp } from "./host-site.ts";
import { openPage } from "./open-page.ts";

type Styled = { getComputedStyle(it: unknown): Record<string, string> };
const styleOf = (at: Locator, name: string) =>
  at.evaluate((it, asked) => (globalThis as never as Styled).getComputedStyle(it)[asked], name);

test("the example's page, built by its developer, holds the app: a guest chats there, in the page's colour, from another origin", async () => {
  const app = await liveApp("Tea Shop");
  const folder = await mkdtemp(join(tmpdir(), "mozaiks-example-"));
  try {
    await buildReactInto(join(folder, "lib"));
    await build({
      configFile: false,
      root: join(CHECKOUT, "chatui/examples/react"),
      logLevel: "error",
      plugins: [react()],
      define: {
        "import.meta.env.VITE_MOZAIKS_APP": JSON.stringify(app.url),
        "import.meta.env.VITE_MOZAIKS_ENTERPRISE": JSON.stringify(app.enterprise_id),
      },
      resolve: {
        alias: { "mozaiks-react": join(folder, "lib/mozaiks-react.js") },
        dedupe: ["react", "react-dom"],
      },
      build: { outDir: join(folder, "site"), emptyOutDir: true },
    });
    const html = await readFile(join(folder, "site/index.html"), "utf8");
    const script = /src="(\/assets\/[^"]+)"/.exec(html)?.[1] ?? "";
    const code = await readFile(join(folder, "site", script), "utf8");
    const policy = `default-src 'none'; script-src 'self'; connect-src ${app.url} ${app.url.replace("http", "ws")}`;
    const site = await hostSite({ "/": html, [script]: code }, policy);
    const { page, complaints, close } = await openPage(site.origin);
    try {
      // The app's owner has not named this site yet: its answers can't be read.
      await page.getByRole("button", { name: "Try again" }).waitFor();
      const identity = `/api/apps/${app.enterprise_id}/identity`;
      await api("PATCH", identity, { origins: [site.origin] }, app.token);
      complaints.length = 0;
      await page.reload();
      await page.getByTestId("composer").fill("Hello");
      await page.keyboard.press("Enter");
      await page.locator('[data-role="assistant"]', { hasText: "Hello, Guest" }).first().waitFor();
      const colour = await styleOf(page.getByTestId("send"), "backgroundColor");
      expect(colour).toBe("rgb(124, 58, 237)");
      // Tailwind's own properties work in the shadow root, and the page keeps its style.
      const border = await styleOf(page.locator("header"), "borderBottomStyle");
      expect(border).toBe("solid");
      expect(await styleOf(page.locator("h1").first(), "fontWeight")).toBe("700");
      // A reload finds the guest and their chat again.
      await page.reload();
      await page.getByText("Hello, Guest").first().waitFor();
      expect(complaints).toEqual([]);
    } finally {
      await close();
      site.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
