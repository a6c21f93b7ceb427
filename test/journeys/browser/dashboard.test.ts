import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { SEED_PROMPT } from "#cli/demo/conversation";
import { PASSWORD, type Seeded, seedPlatform } from "#cli/screens/seed-platform";
import { barriers } from "./barriers.ts";
import { FEW, fillParts, MOST_ELEMENTS, workThroughParts } from "./many-rows.ts";
import { openPage, type Visit } from "./open-page.ts";

const WIDE = { width: 1280, height: 800 };
/** A picture of one pixel. */
const DOT =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
type Multipart = NonNullable<Parameters<Page["request"]["post"]>[1]>["multipart"];
const NARROW = { width: 375, height: 812 };

let seeded: Seeded;
let visit: Visit;
beforeAll(async () => {
  seeded = await seedPlatform(inject("url"));
  visit = await openPage("/", WIDE);
  const { page } = visit;
  const data = { email: seeded.email, password: PASSWORD };
  const headers = { origin: new URL(page.url()).origin };
  expect((await page.request.post("/api/auth/sign-in/email", { data, headers })).ok()).toBe(true);
}, 120_000);
afterAll(() => visit?.close());

test("every page of an app can be used by everybody: nothing serious for axe, nothing wider than a phone, light and dark", async () => {
  const { page } = visit;
  const app = `/apps/${seeded.enterpriseId}`;
  await page.goto(app);
  const links = page.locator('nav[aria-label="App"] a');
  await links.first().waitFor();
  const tabs = await links.evaluateAll((all) => all.map((it) => it.getAttribute("href") ?? ""));
  expect(tabs.length).toBeGreaterThan(8);
  const versions = await page.request.get(`/api${app}/versions?limit=50`);
  const { items } = (await versions.json()) as { items: { build_id: string | null }[] };
  const built = items.find((it) => it.build_id !== null)?.build_id;
  const found: unknown[] = [];
  for (const path of [
    ...["/apps", "/new", "/account"],
    ...tabs,
    `${app}/inbox?chat=${seeded.approvalChat}`,
    `${app}/conversations?chat=${seeded.humanChat}`,
  ])
    found.push(...(await hardships(page, path)));
  found.push(...(await hardships(page, `${app}/build/${built}`, '[data-testid="live-app"] textarea')));
  expect(found).toEqual([]);
}, 180_000);

test("so can the pages of a visitor, with the plan that the first one shows", async () => {
  const { page, close } = await openPage("/", WIDE);
  try {
    const found = [
      ...(await hardships(page, "/", '[data-testid="prompt"]')),
      ...(await hardships(page, "/sign-up", 'input[name="name"]')),
      ...(await hardships(page, "/sign-in", 'input[name="password"]')),
    ];
    await page.goto("/");
    await page.getByTestId("prompt").fill(SEED_PROMPT);
    await page.getByTestId("build").click();
    await page.getByTestId("approve-plan").waitFor();
    found.push(...(await hardshipsNow(page, "the plan")));
    // Whoever turns back at signing up has lost nothing.
    const box = page.getByTestId("prompt");
    await page.getByTestId("approve-plan").click();
    await page.locator('input[name="name"]').waitFor();
    await page.goBack();
    await page.getByTestId("approve-plan").waitFor();
    expect(await box.inputValue()).toBe(SEED_PROMPT);
    expect(found).toEqual([]);
  } finally {
    await close();
  }
}, 60_000);

test("somebody asks for a human: an operator sees it, takes over, writes, gives back; and a loan is approved", async () => {
  const { page, complaints } = visit;
  await page.setViewportSize(WIDE);
  await page.goto(`/apps/${seeded.enterpriseId}`);
  await page.getByRole("link", { name: "Inbox 2 waiting" }).click();
  await page.getByTestId("waiting").filter({ hasText: "Asks for a human" }).click();
  await page.getByRole("button", { name: "Take over" }).click();
  await page.getByTestId("operator-reply").fill("Ada here, how can I help?");
  await page.keyboard.press("Enter");
  const said = page.locator('[role="log"]').getByText("Ada here, how can I help?");
  await said.waitFor();
  expect(await page.getByTestId("operator-reply").inputValue()).toBe("");
  await page.getByRole("button", { name: "Give it back" }).click();
  await page.locator('[role="log"]').getByText("Ada Lovelace left the chat").waitFor();
  await page.getByTestId("waiting").filter({ hasText: "Asks for a human" }).waitFor({ state: "detached" });

  await page.getByTestId("waiting").filter({ hasText: "Approval" }).click();
  await page.getByTestId("approval").getByText("Hammer drill", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByText("Nothing waits for you").waitFor();
  await page.locator('[role="log"]').getByText("The team agreed.").waitFor();
  await page.getByRole("button", { name: "Trace" }).click();
  await page.getByText("Lend tool").first().click();
  await page.locator("pre").filter({ hasText: "T-101" }).first().waitFor();
  expect(complaints).toEqual([]);
}, 90_000);

test("the audit log says who did what and what was before, can be asked by kind, and leaves as a file", async () => {
  const { page, complaints } = visit;
  await page.setViewportSize(WIDE);
  await page.goto(`/apps/${seeded.enterpriseId}/audit`);
  await page.getByText("Ada Lovelace set the secret SHOP_API_KEY").waitFor();
  const changed = page.getByRole("listitem").filter({ hasText: "changed the app’s settings" });
  await changed.getByText("$2.00").waitFor();
  await page.getByLabel("What").selectOption("invitations");
  await changed.waitFor({ state: "detached" });
  await page.getByText("Ada Lovelace invited grace@example.com as an editor").waitFor();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe(`audit-${seeded.enterpriseId}.csv`);
  expect(complaints).toEqual([]);
}, 60_000);

test("a drawing becomes the app's logo as a plain picture, beside its font and language, wherever people see the app", async () => {
  const { page, complaints } = visit;
  await page.goto(`/apps/${seeded.enterpriseId}/look`);
  const preview = page.getByTestId("preview-light");
  await page.getByLabel("Choose a picture").setInputFiles({
    ...{ name: "logo.svg", mimeType: "image/svg+xml" },
    buffer: Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>document.title = "run"</script><rect width="40" height="20" fill="#0f766e"/></svg>`,
    ),
  });
  await preview.locator("img").waitFor();
  await page.getByRole("radio", { name: "Serif" }).check({ force: true });
  await page.getByLabel("Language").selectOption("de");
  await preview.getByText("Ihre Nachricht").waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  const app = await page.request.get(`/api/apps/${seeded.enterpriseId}`);
  const { url } = (await app.json()) as { url: string };
  await page.goto(`${url}/sign-in`);
  const mark = page.locator("main img");
  await mark.waitFor();
  const side = "document.querySelector('main img').naturalWidth";
  await expect.poll(() => page.evaluate(side)).toBe(512);
  expect(await page.evaluate('getComputedStyle(document.querySelector("h1")).fontFamily')).toMatch(/serif/);
  expect(await page.locator('link[rel="icon"]').getAttribute("href")).toBe(await mark.getAttribute("src"));
  const manifest = await page.evaluate(async () => (await fetch("/manifest.webmanifest")).json());
  expect(manifest).toMatchObject({ lang: "de", icons: [{ sizes: "512x512", type: "image/png" }, {}] });
  expect(complaints).toEqual([]);
}, 60_000);

test("a chat's turn moves the counters of open pages; its picture is seen by the team, and the overview knows of it", async () => {
  const { page, complaints } = visit;
  const { enterpriseId: id } = seeded;
  await page.setViewportSize(WIDE);
  const headers = { origin: new URL(inject("url")).origin };
  const send = async <T>(path: string, more: { data?: unknown; multipart?: Multipart }) => {
    const answer = await page.request.post(path, { headers, ...more });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as T;
  };
  const { user_id } = (await (await page.request.get("/api/me")).json()) as { user_id: string };
  const start = { data: { force_new: true } };
  const { chat_id } = await send<{ chat_id: string }>(`/api/chats/${id}/loan-desk/start`, start);
  const file = { name: "dot.png", mimeType: "image/png", buffer: Buffer.from(DOT, "base64") };
  const multipart = { enterprise_id: id, chat_id, file };
  const { attachment_id } = await send<{ attachment_id: string }>("/api/chat/upload", { multipart });
  const say = (message: string, attachments: string[] = []) =>
    send(`/chat/${id}/${chat_id}/${user_id}/input`, {
      data: { message, workflow_name: "loan-desk", attachments },
    });
  // Each counter is a page that was there before and is not loaded again.
  const counter = page.getByTestId("total-tokens");
  for (const [path, message] of [
    [`/apps/${id}`, "Where is tool T-101?"],
    [`/apps/${id}/usage`, "What can you do?"],
  ] as const) {
    await page.goto(path);
    await counter.filter({ hasText: /[1-9]/ }).waitFor();
    const before = (await counter.textContent()) ?? "";
    await say(message, path.endsWith("usage") ? [] : [attachment_id]);
    await counter.filter({ hasNotText: before }).waitFor();
  }
  await page.goto(`/apps/${id}/conversations?chat=${chat_id}`);
  const picture = page.getByTestId("sent-image");
  await picture.waitFor();
  const width = () =>
    page.evaluate<number>(`document.querySelector('[data-testid="sent-image"]').naturalWidth`);
  await expect.poll(width, { timeout: 10_000 }).toBe(1);
  const saving = page.waitForEvent("download");
  await page.getByTestId("sent-file").click();
  expect((await saving).suggestedFilename()).toBe("dot.png");

  await page.goto(`/apps/${id}`);
  const next = page.getByRole("region", { name: "Next" });
  const isDone = (title: string) =>
    next
      .locator("li")
      .filter({ has: page.getByRole("link", { name: title }) })
      .getByLabel("done");
  for (const title of ["Test chat", "People", "Knowledge"]) await isDone(title).waitFor();
  expect(await isDone("Embed").count()).toBe(0);
  expect(complaints).toEqual([]);
}, 60_000);

test("a table is turned, sorted, filtered and changed a page at a time, with no request more than it takes", async () => {
  const { page, complaints } = visit;
  await page.setViewportSize(WIDE);
  await fillParts(page, new URL(inject("url")).origin, seeded.enterpriseId, 1_200);
  const steps = await workThroughParts(page, seeded.enterpriseId, 1_200);
  expect(steps).toMatchObject(FEW);
  expect(Math.max(...Object.values(steps).map((it) => it.elements))).toBeLessThan(MOST_ELEMENTS);
  expect(complaints).toEqual([]);
}, 60_000);

test("a workflow is given a model with its price in sight: a draft, once its conversations have passed with it", async () => {
  const { page, complaints } = visit;
  await page.goto(`/apps/${seeded.enterpriseId}/models`);
  await page.getByRole("rowheader", { name: "offline/mozaiks-1" }).waitFor();
  await page.getByLabel("Model of Loan desk").selectOption("offline/mozaiks-1");
  await page.getByText("it fits together").waitFor();
  await page.getByTestId("save-draft").click();
  await page.getByTestId("publish-draft").waitFor();
  const app = await page.request.get(`/api/apps/${seeded.enterpriseId}`);
  const { draft_version } = (await app.json()) as { draft_version: number };
  const draft = await page.request.get(`/api/apps/${seeded.enterpriseId}/versions/${draft_version}/files`);
  const { files } = (await draft.json()) as { files: Record<string, string> };
  expect(files["workflows/loan-desk/workflow.yaml"]).toContain("\nmodel: offline/mozaiks-1\n");
  expect(complaints).toEqual([]);
}, 60_000);

/** What keeps somebody from using a page, wide and narrow, light and dark. `ready`: what only this page has. */
async function hardships(page: Page, path: string, ready?: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize(WIDE);
    await page.goto(path, { waitUntil: "networkidle" });
    if (ready) await page.locator(ready).first().waitFor();
    // What is no colour is the same in the dark.
    const only = colorScheme === "dark" ? ["color-contrast"] : undefined;
    found.push(...(await hardshipsNow(page, `${path} ${colorScheme}`, only)));
  }
  return found;
}

/** The same of the page that is there, by these rules of axe or by all. It is left narrow. */
async function hardshipsNow(page: Page, at: string, only?: string[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    found.push(...(await barriers(page, only)).map((it) => ({ at, width: size.width, it })));
  }
  const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  if (overflow > 0) found.push({ at, overflow });
  return found;
}
