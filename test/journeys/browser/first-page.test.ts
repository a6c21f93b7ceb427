import { expect, test } from "vitest";
import { openPage } from "./open-page.ts";

test("the first page opens, loads nothing from elsewhere and complains of nothing", async () => {
  const { page, complaints, close } = await openPage("/");
  try {
    const foreign: string[] = [];
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== new URL(page.url()).origin) foreign.push(request.url());
    });
    await page.reload({ waitUntil: "networkidle" });
    expect(await page.title()).toContain("Mozaiks");
    await page.getByRole("heading").first().waitFor();
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
});
