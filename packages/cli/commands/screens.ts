import { mkdir } from "node:fs/promises";
import { chromium, type Page } from "playwright-core";
import { platformFor } from "../demo/platform-for.ts";
import { findChromium } from "../gate/find-chromium.ts";
import { orRefuse } from "../launch/refusal.mjs";
import { untilStopped } from "../platform/until-stopped.ts";
import { PASSWORD, type Seeded, seedPlatform } from "../screens/seed-platform.ts";

const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 375, height: 812 } };
const FOLDER = "screens";

/** `npm run screens`: a picture of every page, light and dark, wide and narrow, of a platform with some life in it. */
await orRefuse(async () => {
  const platform = await platformFor(process.env, { ui: true });
  void untilStopped().then(() => platform.stop().finally(() => process.exit(130)));
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    console.log(`Mozaiks at ${platform.url} (${platform.about})`);
    const seeded = await seedPlatform(platform.url);
    await mkdir(FOLDER, { recursive: true });
    for (const [size, viewport] of Object.entries(SIZES))
      for (const colorScheme of ["light", "dark"] as const) {
        const context = await browser.newContext({
          ...{ baseURL: platform.url, viewport, colorScheme, reducedMotion: "reduce" },
        });
        const page = await context.newPage();
        await page.goto("/");
        await shoot(page, `landing-${size}-${colorScheme}`);
        await signIn(page, seeded.email);
        for (const [name, path] of await pagesOf(page, seeded)) {
          await page.goto(path);
          await shoot(page, `${name}-${size}-${colorScheme}`);
        }
        await context.close();
      }
    console.log(`The pictures are in ${FOLDER}/`);
  } finally {
    await browser.close();
    await platform.stop();
  }
});
process.exit();

async function signIn(page: Page, email: string): Promise<void> {
  const data = { email, password: PASSWORD };
  const headers = { origin: new URL(page.url()).origin };
  const answer = await page.request.post("/api/auth/sign-in/email", { data, headers });
  if (!answer.ok()) throw new Error(`nobody was signed in (${answer.status()})`);
}

/** Every page of the app by its navigation, and those that lie behind them. */
async function pagesOf(page: Page, { enterpriseId, approvalChat, humanChat }: Seeded) {
  const app = `/apps/${enterpriseId}`;
  await page.goto(app);
  const links = page.locator('nav[aria-label="App"] a');
  const menu = page.locator('[aria-controls="app-menu"]');
  await links.or(menu).filter({ visible: true }).first().waitFor();
  if (await menu.isVisible()) await menu.click();
  await links.first().waitFor();
  const tabs = await links.evaluateAll((all) => all.map((it) => it.getAttribute("href") ?? ""));
  return [
    ...["/apps", "/new", "/account"].map((path) => [path.slice(1), path] as const),
    ...tabs.map((path) => [path === app ? "overview" : (path.split("/").at(-1) ?? "tab"), path] as const),
    ["inbox-approval", `${app}/inbox?chat=${approvalChat}`] as const,
    ["inbox-human", `${app}/inbox?chat=${humanChat}`] as const,
  ];
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
}
