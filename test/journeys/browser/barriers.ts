import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds of a page as it is now that is serious or worse, in words. `only`: by these of its rules. */
export async function barriers(page: Page, only?: string[]): Promise<string[]> {
  // As a debugger does: the page’s own policy lets no script of another in.
  if (await page.evaluate<boolean>("typeof axe === 'undefined'")) await page.evaluate(axe.source);
  const options = { resultTypes: ["violations"], ...(only && { runOnly: only }) };
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((it) => `${id}: ${it.failureSummary} ${it.html.slice(0, 160)}`));
}
