import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { buildApp } from "#cli/demo/build-app";
import { type Creator, signUp as signUpCreator } from "#cli/demo/creator";
import { barriers } from "./barriers.ts";
import { answers, launch, say, signUp, userIdOf, visit } from "./open-app.ts";

const PROMPT = "Build a customer support app that handles refunds and tracks orders";
const GREETER = {
  name: "greeter",
  title: "Greeter",
  description: "Says hello.",
  entry_agent: "greeter",
  agents: { greeter: { description: "Says hello.", instructions: "Greet people." } },
};

let browser: Browser;
let creator: Creator;
let support: { enterprise_id: string; url: string };
let greeter: { enterprise_id: string; url: string };

beforeAll(async () => {
  [browser, creator] = await Promise.all([launch(), signUpCreator(inject("url"))]);
  const quiet = new Proxy({}, { get: () => () => undefined }) as Parameters<typeof buildApp>[2];
  support = await buildApp(creator, PROMPT, quiet);
  greeter = await creator.call("POST", "/api/apps", { name: "Hello There" });
  await creator.call("POST", "/api/workflows/register", {
    enterprise_id: greeter.enterprise_id,
    definition: GREETER,
  });
  await creator.call("PATCH", `/api/apps/${greeter.enterprise_id}`, {
    branding: { primary_color: "#0b7285", logo_text: "HT", font: "serif", language: "es" },
  });
}, 120_000);
afterAll(() => browser?.close());

async function giveOrder(page: Page, number: string): Promise<void> {
  await creator.call("POST", `/api/apps/${support.enterprise_id}/tables/orders/rows`, {
    owner: await userIdOf(page),
    values: {
      order_number: number,
      item: "Teapot",
      total: 49.9,
      status: "delivered",
      ordered_on: "2026-03-02",
    },
  });
}

test("by keyboard alone on a phone: signs up, asks, confirms a refund on a card; nothing there is a barrier", async () => {
  const { page, complaints, foreign, close } = await visit(browser, support.url, {
    viewport: { width: 375, height: 740 },
    hasTouch: true,
  });
  const { keyboard } = page;
  try {
    await page.locator("input[name=name]:focus").waitFor();
    expect(await barriers(page)).toEqual([]);
    for (const typed of ["Grace", "keys@example.com", "correct horse battery"]) {
      await keyboard.type(typed);
      await keyboard.press("Tab");
    }
    await keyboard.press("Enter");
    await page.getByTestId("composer").waitFor();
    await giveOrder(page, "A-4001");
    expect(await barriers(page)).toEqual([]);

    await tabTo(page, '[data-testid="composer"]');
    await keyboard.type("Where is my order A-4001?");
    await keyboard.press("Enter");
    await answers(page).filter({ hasText: "A-4001" }).waitFor();
    await keyboard.type("I want a refund for it, it arrived broken");
    await keyboard.press("Enter");
    await page.getByTestId("card-yes").waitFor();
    // What was said aloud is the whole answer, once.
    await page.getByTestId("announcer").filter({ hasText: "Confirm the refund" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await tabTo(page, '[data-testid="card-yes"]', "Shift+Tab");
    await keyboard.press("Enter");
    await answers(page).filter({ hasText: "49.90" }).last().waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(375);

    await tabTo(page, "[popovertarget]", "Shift+Tab");
    await keyboard.press("Enter");
    await page.locator("#person-menu:popover-open").waitFor();
    expect(await barriers(page)).toEqual([]);
    await keyboard.press("Escape");
    await page.locator("#person-menu:popover-open").waitFor({ state: "detached" });
    await page.goto("/account");
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
  } finally {
    await close();
  }
});

/** Goes on with the keyboard until something has the focus. */
async function tabTo(page: Page, target: string, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.locator(`${target}:focus`).count()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard never comes to ${target}`);
}

test("a page that is reloaded in the middle of an answer shows all of it, and a second tab the same", async () => {
  const { page, complaints, close } = await visit(browser, support.url);
  try {
    await signUp(page, "middle@example.com");
    // The line holds back what follows the first words of an answer.
    let holds = true;
    let held = false;
    await page.routeWebSocket(/\/ws\//, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => {
        if (held) return;
        socket.send(message);
        held = holds && String(message).includes('"chat.stream_chunk"');
      });
    });
    await page.reload();
    await page.getByTestId("composer").fill("What can you do for me?");
    await page.keyboard.press("Enter");
    await page.locator(".streaming").waitFor();
    holds = held = false;
    const second = await page.context().newPage();
    await second.goto(page.url());
    await page.reload();
    const whole = answers(second).first();
    await whole.waitFor();
    await second.locator('[role="log"][aria-busy="false"]').waitFor();
    await page.locator('[role="log"][aria-busy="false"]').waitFor();
    expect(await answers(page).allTextContents()).toEqual(await answers(second).allTextContents());
    expect(await page.locator(".streaming").count()).toBe(0);
    // What one tab says, the other shows.
    await say(second, "Show me all my orders");
    await answers(page).nth(1).waitFor();
    for (const tab of [page, second]) await tab.locator('[role="log"][aria-busy="false"]').waitFor();
    expect(await answers(page).allTextContents()).toEqual(await answers(second).allTextContents());
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
});

test("an app's address is the app's: name, icon, colours, letters; light and dark; its language or the reader's", async () => {
  const german = await visit(browser, greeter.url, { locale: "de-AT", colorScheme: "dark" });
  const { page } = german;
  try {
    await page.getByRole("heading", { name: "Konto anlegen" }).waitFor();
    expect(await page.title()).toBe("Konto anlegen · Hello There");
    const page1 = await page.evaluate(async () => (await fetch("/")).text());
    expect(page1).toContain("<title>Hello There</title>");
    expect(page1).not.toMatch(/mozaiks/i);
    const style = (of: string) => page.evaluate<string>(`getComputedStyle(document.documentElement).${of}`);
    expect(await style("backgroundColor")).toBe("rgb(19, 18, 17)");
    expect(await style("fontFamily")).toMatch(/^ui-serif/);
    expect(await barriers(page)).toEqual([]);
    await page.locator("input[name=email]").fill("not there");
    await page.getByRole("link", { name: "Anmelden" }).click();
    await page.locator("input[name=email]").fill("nobody@example.com");
    await page.locator("input[name=password]").fill("correct horse battery");
    await page.keyboard.press("Enter");
    await page.getByText("E-Mail oder Passwort stimmt nicht.").waitFor();

    await page.getByRole("link", { name: "Ein Konto anlegen" }).click();
    await signUp(page, "same@example.com");
    await page.locator("[popovertarget]").click();
    await page.getByTitle("Hell", { exact: true }).click();
    await expect.poll(() => style("backgroundColor")).toBe("rgb(251, 250, 248)");
    await page.getByTestId("language").selectOption("ar");
    await page.locator('html[dir="rtl"][lang="ar"]').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await say(page, "hello");
    expect(await barriers(page)).toEqual([]);
    // Both choices are kept.
    await page.reload();
    await page.locator('html[dir="rtl"][data-theme="light"]').waitFor();
    expect(german.foreign).toEqual([]);
    expect(german.complaints.filter((it) => !it.includes("401"))).toEqual([]);
  } finally {
    await german.close();
  }
  // Who speaks none of them is spoken to in the app's.
  const other = await visit(browser, greeter.url, { locale: "sw" });
  try {
    await other.page.getByRole("heading", { name: "Crea tu cuenta" }).waitFor();
    // The address that has an account at one app has none at another.
    const { page: second, close } = await visit(browser, support.url);
    const [mine, theirs] = [await idAfter(other.page), await idAfter(second)];
    await close();
    expect(mine).not.toBe(theirs);
  } finally {
    await other.close();
  }
});

async function idAfter(page: Page): Promise<string> {
  await signUp(page, "two-apps@example.com");
  return userIdOf(page);
}

test("an app's site can be installed, opens without a connection, and keeps nothing that anybody said", async () => {
  const { page, close } = await visit(browser, greeter.url);
  try {
    await signUp(page, "keeps@example.com");
    await say(page, "a word that is mine alone");
    const manifest = await page.evaluate(async () => (await fetch("/manifest.webmanifest")).json());
    expect(manifest).toMatchObject({
      name: "Hello There",
      start_url: "/",
      display: "standalone",
      lang: "es",
    });
    const icon = await page.evaluate(async () => (await fetch("/icon.svg")).text());
    expect(icon).toContain('fill="#0b7285"');
    expect(icon).toContain("&#72;&#84;");
    // It asks for all it is made of at once; the foundry's page for nothing of an app's.
    const html = await page.evaluate(async () => (await fetch("/")).text());
    expect(html).toMatch(/<link rel="modulepreload" crossorigin href="\/assets\/thread-/);
    const foundry = await (await page.request.get(inject("url"))).text();
    expect(foundry).not.toMatch(/rel="modulepreload"[^>]*thread-/);
    expect(foundry).toContain("/assets/thread-");

    await page.evaluate("navigator.serviceWorker.ready.then(() => undefined)");
    await page.reload();
    await answers(page).first().waitFor();
    const kept = await page.evaluate<{ paths: string[]; all: string }>(`(async () => {
      const cache = await caches.open("shell-1");
      const requests = await cache.keys();
      const texts = await Promise.all(requests.map(async (it) => (await cache.match(it)).text()));
      return { paths: requests.map(({ url }) => new URL(url).pathname), all: texts.join("") };
    })()`);
    expect(kept.paths).toContain("/");
    expect(kept.paths.filter((path) => path !== "/" && !path.startsWith("/assets/"))).toEqual([]);
    expect(kept.all).not.toContain("mine alone");

    await page.context().setOffline(true);
    await page.getByTestId("offline").waitFor();
    await page.getByTestId("composer").fill("said without a line");
    await page.keyboard.press("Enter");
    await page.reload();
    expect(await page.title()).toBe("Hello There");
    await page.getByText("There is no connection right now.").waitFor();
    // It goes on by itself.
    await page.context().setOffline(false);
    await page.locator('[data-role="user"]').filter({ hasText: "said without a line" }).waitFor();
    await page.locator('[role="log"][aria-busy="false"]').waitFor();
    expect(await page.locator('[data-role="user"]').filter({ hasText: "said without a line" }).count()).toBe(
      1,
    );
  } finally {
    await close();
  }
});
