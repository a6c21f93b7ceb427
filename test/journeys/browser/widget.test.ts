import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { api, type HostSite, hostSite, type LiveApp, liveApp, secretOf, signVisitor } from "./host-site.ts";
import { openPage, WITH_FRAME_STORAGE } from "./open-page.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SOON = { timeout: 20_000 };
const WIDE = { width: 1280, height: 800 };
let app: LiveApp;
let shop: HostSite;
let stranger: HostSite;

const page = (script: string) =>
  `<!doctype html><html lang="en"><title>A shop</title><main><h1>A shop</h1><a href="#a">A link</a></main>${script}</html>`;

beforeAll(async () => {
  app = await liveApp("Acme Support");
  const script = page(`<script src="${app.url}/widget.js" async data-greeting="Hi!"></script>`);
  const policy = `default-src 'none'; script-src ${app.url}; frame-src ${app.url}; require-trusted-types-for 'script'`;
  [shop, stranger] = await Promise.all([
    hostSite({ "/": script, "/next": script }, policy),
    hostSite({ "/": script }),
  ]);
  await api("PATCH", identity(), { origins: [shop.origin] }, app.token);
  await api("PATCH", `/api/apps/${app.enterprise_id}`, { branding: { theme: "dark" } }, app.token);
});
afterAll(() => {
  shop.close();
  stranger.close();
});
const identity = () => `/api/apps/${app.enterprise_id}/identity`;

type Event = { name: string; detail: Record<string, unknown> };
/** What the script tells the page from now on. */
async function listen(to: Page): Promise<() => Promise<Event[]>> {
  await to.waitForFunction(() => "on" in ((globalThis as never as { mozaiks?: object }).mozaiks ?? {}));
  await to.evaluate(() => {
    const it = globalThis as never as {
      heard: unknown[];
      mozaiks: { on(name: string, f: (detail: unknown) => void): void };
    };
    it.heard = [];
    for (const name of ["ready", "open", "close", "unread", "message", "identify", "logout"])
      it.mozaiks.on(name, (detail) => it.heard.push({ name, detail }));
  });
  return () => to.evaluate(() => (globalThis as never as { heard: Event[] }).heard as never as Event[]);
}
/** One of the app's team joins its only chat and says something. */
async function sayAsTeam(text: string): Promise<void> {
  const path = `/api/apps/${app.enterprise_id}/chats`;
  const { items } = (await api<{ items: { chat_id: string }[] }>("GET", path, undefined, app.token)).body;
  for (const [deed, body] of [
    ["join", {}],
    ["say", { text }],
  ] as const)
    expect((await api("POST", `${path}/${items[0]?.chat_id}/operator/${deed}`, body, app.token)).status).toBe(
      200,
    );
}
/** What axe finds serious, on the page and in the frame. */
async function seriousIn(at: Page): Promise<string[]> {
  const found: string[] = [];
  for (const frame of at.frames()) {
    await frame.evaluate(AXE);
    const { violations } = await frame.evaluate(() =>
      (globalThis as never as { axe: typeof import("axe-core") }).axe.run({ iframes: false } as never),
    );
    for (const it of violations)
      if (it.impact === "serious" || it.impact === "critical")
        found.push(`${frame.url()} ${it.id}: ${it.nodes[0]?.html}`);
  }
  return found;
}
const button = (of: Page) => of.getByRole("button", { name: /the chat/ });
const focused = (of: Page) => of.evaluate("document.activeElement?.shadowRoot?.activeElement?.className");

test("T40 T54 a visitor of another site opens the chat by keyboard, is answered, closes it, and sees what came meanwhile", async () => {
  const { page: at, complaints, close } = await openPage(shop.origin, WIDE, WITH_FRAME_STORAGE);
  try {
    const heard = await listen(at);
    expect(await at.locator("iframe").count()).toBe(0);
    await at.getByRole("button", { name: "Hi!" }).waitFor();
    await at.keyboard.press("Tab");
    await at.keyboard.press("Tab");
    await at.keyboard.press("Tab");
    expect(await focused(at)).toBe("b");
    await at.keyboard.press("Enter");
    const chat = at.frameLocator("iframe");
    await chat.locator("[data-testid=composer]:focus").waitFor();
    await chat.locator('html[data-theme="dark"]').waitFor();
    expect(await button(at).getAttribute("aria-expanded")).toBe("true");
    await at.keyboard.type("Hello there");
    await at.keyboard.press("Enter");
    const answers = chat.locator('[data-testid="message"][data-role="assistant"]');
    await answers.first().waitFor();
    await expect
      .poll(heard, SOON)
      .toContainEqual({ name: "message", detail: expect.objectContaining({ from: "app" }) });
    // Of what is said no word leaves the frame, nor does anything else of it.
    expect(JSON.stringify(await heard())).not.toMatch(/hello|Acme|text":"/i);
    const looked = `[...document.querySelectorAll("div")].at(-1).shadowRoot.querySelector("iframe").contentDocument`;
    expect(await at.evaluate(looked)).toBeNull();

    expect(await seriousIn(at)).toEqual([]);
    await at.keyboard.press("Escape");
    await expect.poll(() => focused(at), SOON).toBe("b");
    expect(await button(at).getAttribute("aria-expanded")).toBe("false");

    // What comes while it is closed is counted, on this page and on the next one.
    await at.evaluate('postMessage({ mozaiks: 1, type: "unread", count: 9 }, "*")');
    await sayAsTeam("Still there?");
    await at.getByRole("button", { name: "Open the chat, 1 unread" }).waitFor();
    // The page's own window is not the frame: what it says to the script is not believed.
    expect((await heard()).filter((it) => it.name === "unread").map((it) => it.detail.unread)).not.toContain(
      9,
    );
    await at.goto(`${shop.origin}/next`);
    await at.getByRole("button", { name: "Open the chat, 1 unread" }).click();
    await chat.getByText("Still there?").waitFor();
    await at.getByRole("button", { name: "Close the chat", exact: true }).waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
});

test("T54 a site that isn't allowed gets no frame, and the frame hears nobody but the page that holds it", async () => {
  const { page: at, complaints, close } = await openPage(stranger.origin, WIDE, WITH_FRAME_STORAGE);
  try {
    await button(at).click();
    await expect.poll(() => complaints.join(), SOON).toContain("frame-ancestors");
    expect(at.frames().map((it) => it.url())).not.toContain(`${app.url}/embed?lang=en`);
    // It opens all the same, and can be closed.
    await at.keyboard.press("Escape");
    await at.getByRole("button", { name: "Open the chat", exact: true }).waitFor();

    // A page of the app's own holds the frame, and is heard; what others send it is not.
    await at.goto(`${app.url}/embed/try`);
    await button(at).click();
    const frame = at.frameLocator("iframe");
    await frame.getByTestId("composer").waitFor();
    const inner = at.frames().find((it) => it.url().includes("/embed?"));
    const shown = await inner?.evaluate(`(async () => {
      const data = { mozaiks: 1, type: "logout" };
      const send = (origin, source) => dispatchEvent(new MessageEvent("message", { data, origin, source }));
      send("https://evil.example", parent);
      send(location.origin, window);
      postMessage(data, "*");
      await new Promise((done) => setTimeout(done));
      return Object.keys(localStorage).filter((key) => key.startsWith("mozaiks:visitor"));
    })()`);
    expect(shown).toHaveLength(1);
  } finally {
    await close();
  }
});

test("a visitor whom the site names chats as themself on each page, and is nobody once it lets them go", async () => {
  const secret = await secretOf(app);
  const { page: at, complaints, close } = await openPage(shop.origin, { width: 375, height: 700 });
  try {
    const heard = await listen(at);
    const tell = (name: string, ...rest: string[]) =>
      at.evaluate(
        (command) => (globalThis as never as { mozaiks: { push(it: unknown): void } }).mozaiks.push(command),
        [name, ...rest],
      );
    const names = async (name: string) =>
      (await heard()).filter((it) => it.name === name).map(({ detail }) => detail);
    await tell("identify", signVisitor(app, "Ada", secret));
    await expect.poll(() => names("identify"), SOON).toEqual([expect.objectContaining({ ok: true })]);
    const greeted = (name: string) =>
      at
        .frameLocator("iframe")
        .locator('[data-role="assistant"]', { hasText: `Hello, ${name}` })
        .first()
        .waitFor();
    const greet = async () => {
      await at.frameLocator("iframe").getByTestId("composer").fill("Hello");
      await at.keyboard.press("Enter");
    };
    await tell("open");
    // On a phone it covers the page.
    expect(await at.locator("dialog").boundingBox()).toEqual({ x: 0, y: 0, width: 375, height: 700 });
    // Its button would lie on the chat's own, once a phone is turned with the chat open.
    expect(await at.locator("button.b").isVisible()).toBe(false);
    await greet();
    await greeted("Ada");
    expect(JSON.stringify(await heard())).not.toMatch(/hello/i);

    await tell("logout");
    await expect.poll(() => names("logout"), SOON).toHaveLength(1);
    await greet();
    await greeted("Guest");
    await tell("identify", signVisitor(app, "Bob", "not-the-secret"));
    await expect.poll(() => names("identify"), SOON).toContainEqual(expect.objectContaining({ ok: false }));
    expect(complaints.filter((it) => !it.includes("401"))).toEqual([]);
  } finally {
    await close();
  }
});
