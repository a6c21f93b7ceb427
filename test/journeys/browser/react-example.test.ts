import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { Locator, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runTool } from "#cli/gate/run-tool";
import { buildReactInto } from "#cli/platform/build-react";
import { CHECKOUT } from "../../../packages/cli/launch/checkout.mjs";
import { api, type HostSite, hostSite, type LiveApp, liveApp, secretOf, signVisitor } from "./host-site.ts";
import { openPage } from "./open-page.ts";

type Styled = { getComputedStyle(it: unknown): Record<string, string> };
const styleOf = (at: Locator, name: string) =>
  at.evaluate((it, asked) => (globalThis as never as Styled).getComputedStyle(it)[asked], name);

const SCRIBE = {
  name: "scribe",
  title: "Scribe",
  description: "Answers letters.",
  entry_agent: "scribe",
  agents: { scribe: { description: "Answers letters.", instructions: "Greet people." } },
};

/** The site of a developer: the example and a page for each part, with the package installed and built by them. */
let folder: string;
let app: LiveApp;
let other: LiveApp;
let site: HostSite;
let secret: string;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mozaiks-example-"));
  const root = join(folder, "site");
  await mkdir(join(root, "node_modules"), { recursive: true });
  await cp(join(CHECKOUT, "chatui/examples/react"), root, { recursive: true });
  await cp(join(CHECKOUT, "test/fixtures/react/parts.tsx"), join(root, "parts.tsx"));
  const page = await readFile(join(root, "index.html"), "utf8");
  await writeFile(join(root, "parts.html"), page.replace("main.tsx", "parts.tsx"));
  for (const name of ["react", "react-dom", "@types", "vite"])
    await symlink(join(CHECKOUT, "node_modules", name), join(root, "node_modules", name));
  await buildReactInto(join(root, "node_modules/mozaiks-react"));
  [app, other] = await Promise.all([liveApp("Tea Shop"), liveApp("Book Shop")]);
  await api(
    "POST",
    "/api/workflows/register",
    { enterprise_id: app.enterprise_id, definition: SCRIBE },
    app.token,
  );
  const [index = "", parts = ""] = await buildSite(root);
  const dist = join(root, "dist/assets");
  const files = (await readdir(dist)).map(async (name) => [
    `/assets/${name}`,
    await readFile(join(dist, name), "utf8"),
  ]);
  const at = [app.url, other.url].flatMap((url) => [url, url.replace("http", "ws")]);
  site = await hostSite(
    {
      ...Object.fromEntries(await Promise.all(files)),
      "/": index,
      ...Object.fromEntries(["/whole", "/corner", "/face", "/two"].map((path) => [path, parts])),
      "/identity": () => signVisitor(app, "Ada", secret),
      "/token": async () => {
        const visitor = { enterprise_id: app.enterprise_id, external_id: "7", name: "Grace" };
        return (await api<{ access_token: string }>("POST", "/api/chats/token", visitor, key)).body
          .access_token;
      },
    },
    `default-src 'none'; script-src 'self'; img-src data:; connect-src 'self' ${at.join(" ")}`,
  );
}, 120_000);
afterAll(async () => {
  site?.close();
  await rm(folder, { recursive: true, force: true });
});

async function buildSite(root: string): Promise<string[]> {
  await build({
    configFile: false,
    root,
    logLevel: "error",
    plugins: [react()],
    define: {
      "import.meta.env.VITE_MOZAIKS_APP": JSON.stringify(app.url),
      "import.meta.env.VITE_MOZAIKS_ENTERPRISE": JSON.stringify(app.enterprise_id),
    },
    build: {
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: [join(root, "index.html"), join(root, "parts.html")] },
    },
  });
  return Promise.all(["index", "parts"].map((name) => readFile(join(root, "dist", `${name}.html`), "utf8")));
}

const whoIsAt = (path: string) =>
  `${site.origin}${path}?${new URLSearchParams({
    app: app.url,
    id: app.enterprise_id,
    other_app: other.url,
    other_id: other.enterprise_id,
  })}`;
const answer = (at: Page | Locator, text: string) =>
  at.locator('[data-role="assistant"]', { hasText: text }).first();
const allow = (to: LiveApp) =>
  api("PATCH", `/api/apps/${to.enterprise_id}/identity`, { origins: [site.origin] }, to.token);

/** The sockets that a page has open now. */
function socketsOf(page: Page): Set<string> {
  const open = new Set<string>();
  let count = 0;
  page.on("websocket", (socket) => {
    const name = `${count++} ${socket.url()}`;
    open.add(name);
    socket.on("close", () => open.delete(name));
  });
  return open;
}

test("the example's page, built by its developer, holds the app: a guest chats there, in the page's colour, from another origin", async () => {
  const { page, complaints, close } = await openPage(site.origin);
  try {
    // The app's owner has not named this site yet: its answers can't be read.
    await page.getByRole("button", { name: "Try again" }).waitFor();
    await Promise.all([allow(app), allow(other)]);
    complaints.length = 0;
    await page.reload();
    await page.getByTestId("composer").fill("Hello");
    await page.keyboard.press("Enter");
    await answer(page, "Hello, Guest").waitFor();
    expect(await styleOf(page.getByTestId("send"), "backgroundColor")).toBe("rgb(124, 58, 237)");
    // Tailwind's own properties work in the shadow root, and the page keeps its style.
    expect(await styleOf(page.locator("header"), "borderBottomStyle")).toBe("solid");
    expect(await styleOf(page.locator("h1").first(), "fontWeight")).toBe("700");
    // A reload finds the guest and their chat again.
    await page.reload();
    await page.getByText("Hello, Guest").first().waitFor();

    // Under a name, logo, theme and language of the page's own, with those workflows that it offers.
    await page.goto(whoIsAt("/whole"));
    await page.getByRole("heading", { name: "My Desk" }).waitFor();
    const offered = page.getByRole("combobox").locator("option");
    await expect.poll(() => offered.allTextContents()).toEqual(["Helper", "Front desk"]);
    expect(
      await page
        .locator("img")
        .first()
        .evaluate((it) => (it as never as { naturalWidth: number }).naturalWidth),
    ).toBe(9);
    expect(await styleOf(page.locator("header"), "direction")).toBe("rtl");
    expect(await styleOf(page.locator("header").locator(".."), "backgroundColor")).toBe("rgb(19, 18, 17)");
    // Empty, the composer shows the page's words, from their side.
    expect(await styleOf(page.getByRole("textbox"), "direction")).toBe("rtl");
    await page.getByRole("combobox").selectOption("scribe");
    await page.getByRole("textbox").fill("Hello");
    await page.keyboard.press("Enter");
    await answer(page, "Guest").waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
});

test("the button in a corner opens the chat as whom the site has signed; the hook is a chat as whom its token names", async () => {
  secret = await secretOf(app);
  const keys = `/api/apps/${app.enterprise_id}/keys`;
  key = (await api<{ key: string }>("POST", keys, { name: "Host", scopes: ["chat:impersonate"] }, app.token))
    .body.key;
  const { page, complaints, close } = await openPage("about:blank");
  const open = socketsOf(page);
  try {
    await page.goto(whoIsAt("/corner"));
    const button = page.locator("button[aria-haspopup=dialog]");
    await page.getByRole("button", { name: "Message Tea Shop" }).waitFor();
    expect(open.size).toBe(0);
    await button.click();
    const panel = page.getByRole("dialog", { name: "Tea Shop" });
    await panel.getByTestId("composer").fill("Hello");
    await page.keyboard.press("Enter");
    await answer(panel, "Hello, Ada").waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });
    expect(await page.locator("button[aria-haspopup=dialog]:focus").count()).toBe(1);
    expect((await button.boundingBox())?.x).toBe(20);
    await button.click();
    await answer(panel, "Hello, Ada").waitFor();

    await page.goto(whoIsAt("/face"));
    await page.getByText("open", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Say hello" }).click();
    const said = page.locator("li");
    await said.filter({ hasText: "Hello, Grace" }).waitFor();
    await page.locator("main[aria-busy=false]").waitFor();
    expect(
      await said.evaluateAll((all) =>
        all.map((it) => Object.values((it as never as { dataset: Record<string, string> }).dataset)),
      ),
    ).toEqual([
      ["visitor", "false"],
      ["app", "false"],
    ]);
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
});

test("two apps on one page don't meet; taken away they leave no socket, and come back as they were", async () => {
  const { page, complaints, close } = await openPage("about:blank");
  const open = socketsOf(page);
  try {
    await page.goto(whoIsAt("/two"));
    const [one, two] = [page.locator("#one"), page.locator("#two")];
    for (const [at, text] of [
      [one, "Hello, teas"],
      [two, "Hello, books"],
    ] as const) {
      await at.getByTestId("composer").fill(text);
      await page.keyboard.press("Enter");
      await answer(at, "Guest").waitFor();
    }
    await one.getByText("Hello, teas").waitFor();
    expect(await one.getByText("Hello, books").count()).toBe(0);
    const paper = (at: Locator) => styleOf(at.locator("header").locator(".."), "backgroundColor");
    expect([await paper(one), await paper(two)]).toEqual(["rgb(251, 250, 248)", "rgb(19, 18, 17)"]);
    await expect.poll(() => open.size).toBe(2);
    const turn = page.getByRole("button", { name: "Turn" });
    await turn.click();
    await expect.poll(() => [...open]).toEqual([]);
    await turn.click();
    await answer(one, "Guest").waitFor();
    await answer(two, "Guest").waitFor();
    await expect.poll(() => open.size).toBe(2);
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
});

test("to a developer's own compiler, strict, the package's types are sound", async () => {
  const { ok, output } = await runTool("tsc", ["-p", join(folder, "site/tsconfig.json")]);
  expect(output).toBe("");
  expect(ok).toBe(true);
});
