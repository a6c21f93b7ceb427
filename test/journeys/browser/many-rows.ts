import type { Page } from "playwright-core";

/** A workflow that looks parts up, over a table of its own. */
const STOCK = {
  name: "stock",
  title: "Stock",
  description: "Says what is in stock.",
  entry_agent: "clerk",
  agents: { clerk: { description: "Looks parts up.", instructions: "Look parts up.", tools: ["find_part"] } },
  tools: {
    find_part: {
      kind: "table",
      description: "Look up a part by its part number.",
      table: "parts",
      action: "get",
      by: ["part_number"],
    },
  },
  tables: {
    parts: {
      title: "Parts",
      owner: "shared",
      key: "part_number",
      columns: {
        part_number: { type: "text", title: "Part number" },
        name: { type: "text", title: "Name" },
        shelf: { type: "integer", title: "Shelf" },
        price: { type: "money", title: "Price" },
      },
    },
  },
};

/** Gives an app a table `parts` and fills it with a CSV of so many lines, as whoever is signed in. */
export async function fillParts(
  { request }: Page,
  origin: string,
  enterpriseId: string,
  rows: number,
): Promise<void> {
  const headers = { origin };
  const data = { enterprise_id: enterpriseId, definition: STOCK };
  const made = await request.post("/api/workflows/register", { headers, data });
  if (made.status() !== 201) throw new Error(`register: ${made.status()} ${await made.text()}`);
  const lines = Array.from({ length: rows }, (_, n) => `P-${n},Part ${n % 997},${n % 500},${n % 89}.50\n`);
  const answer = await request.post(`/api/apps/${enterpriseId}/tables/parts/import?all_or_nothing=true`, {
    headers: { ...headers, "content-type": "text/csv" },
    data: `part_number,name,shelf,price\n${lines.join("")}`,
    timeout: 120_000,
  });
  const taken = (await answer.json()) as { inserted?: number };
  if (taken.inserted !== rows) throw new Error(`import: ${JSON.stringify(taken).slice(0, 500)}`);
}

type Step = { asked: string[]; rows: number; elements: number };

/**
 * Opens the parts of an app, turns a page, sorts, filters and edits a row: what each step asked of the server about
 * tables, and how much of it stands in the page.
 */
export async function workThroughParts(page: Page, enterpriseId: string, rows: number) {
  const steps: Record<string, Step> = {};
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.includes("/tables"))
      asked.push(`${request.method()} ${pathname.split("/tables")[1]?.replace(/row_\w+/, "one")}`);
  });
  const shown = page.getByTestId("row");
  const first = (text: string) => shown.first().filter({ hasText: text }).waitFor();
  const click = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const step = async (name: string, work: () => Promise<unknown>) => {
    asked.length = 0;
    await work();
    await page.waitForLoadState("networkidle");
    steps[name] = {
      asked: [...asked],
      rows: await shown.count(),
      elements: await page.evaluate<number>("document.querySelectorAll('*').length"),
    };
  };
  await step("open", async () => {
    await page.goto(`/apps/${enterpriseId}/data?table=parts`);
    await first(`P-${rows - 1}`);
  });
  await step("turn", async () => {
    await click("Next");
    await first(`P-${rows - 51}`);
  });
  await step("sort", async () => {
    await click("Part number");
    await first("P-0");
  });
  await step("filter", async () => {
    await page.getByLabel("Where").selectOption("part_number");
    await page.getByLabel("How").selectOption("eq");
    await page.getByLabel("Value").fill(`P-${rows - 7}`);
    await click("Filter");
    await first(`P-${rows - 7}`);
  });
  await step("edit", async () => {
    await click(`Edit P-${rows - 7}`);
    await page.getByLabel("Name").fill("Mended");
    await click("Save");
    await first("Mended");
  });
  return steps;
}

const ROWS = "GET /parts/rows";
/** What each step may ask: one page of rows, and the number of rows where it can have changed. */
export const FEW = {
  open: { asked: ["GET ", ROWS], rows: 50 },
  turn: { asked: [ROWS], rows: 50 },
  sort: { asked: [ROWS], rows: 50 },
  filter: { asked: [ROWS], rows: 1 },
  edit: { asked: ["PATCH /parts/rows/one", "GET ", ROWS], rows: 1 },
};
/** Elements in the page, however many rows there are. */
export const MOST_ELEMENTS = 1_000;
