import { act } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { parse } from "yaml";
import type { AppDetail } from "#protocol/api/app";
import { Models } from "../../../chatui/src/foundry/app-models-tab.tsx";
import { shown } from "./shown.dom.tsx";

const AT = "/api/apps/ent_1";
const APP = {
  ...{ enterprise_id: "ent_1", name: "Shop", live_version: 3, draft_version: null, can: ["secrets.change"] },
} as unknown as AppDetail;
const FILES = {
  "app.yaml": [
    "name: Shop",
    "model: house-models/large",
    "fallback: [house-models/gone]",
    "providers:",
    "  mine: { kind: openai, key: MINE_KEY }",
  ].join("\n"),
  "workflows/orders/workflow.yaml":
    "title: Orders\nentry_agent: clerk\nagents:\n  clerk: { title: Clerk, model: own/mine/m1 }\n  sorter: { title: Sorter }\n",
};
const priced = (model: string, input: string, output: string) => ({
  ...{ model, valid_from: "1970-01-01T00:00:00.000Z", pico: {}, tiers: [], source: "", price_version: "" },
  usd_per_million: { input, output, cache_read: "0.1", cache_write: input, reasoning: output },
});
const ANSWERS = {
  [`GET ${AT}/versions/3/files`]: () => ({ files: FILES }),
  [`GET ${AT}/secrets`]: () => ({ items: [{ name: "MINE_KEY", set_by: "", set_at: "" }] }),
  "GET /api/prices?usable=true&limit=100": () => ({
    ...{ items: [priced("house-models/large", "3", "15")], next_cursor: "more" },
  }),
  "GET /api/prices?usable=true&limit=100&cursor=more": () => ({
    ...{ items: [priced("house-models/small", "0.25", "1.5")], next_cursor: null },
  }),
  [`POST ${AT}/files/check`]: () => ({ issues: [] }),
  [`POST ${AT}/files`]: () => ({ version: 4 }),
};
afterEach(() => vi.unstubAllGlobals());

function picker(at: HTMLElement, of: string): HTMLSelectElement {
  const label = [...at.querySelectorAll("label")].find((it) => it.textContent === `Model of ${of}`);
  const found = label && at.querySelector<HTMLSelectElement>(`[id="${label.htmlFor}"]`);
  if (!found) throw new Error(`no model of ${of}`);
  return found;
}
const choose = (it: HTMLSelectElement, value: string) =>
  act(async () => {
    it.value = value;
    it.dispatchEvent(new Event("change", { bubbles: true }));
  });

test("each part says its model, its price and who stands in; what is not here, and whose provider is asked, is named", async () => {
  const { at, button } = await shown(<Models app={APP} />, ANSWERS);
  expect(picker(at, "Whole app").value).toBe("house-models/large");
  expect(at.textContent).toContain("Whole app$3.00 in, $15.00 out, per million tokens");
  expect(at.textContent).toContain("house-models/goneThere is no such model on this platform.");
  expect(at.textContent).toContain("ClerkYou pay your provider; nothing is charged here.");
  expect(picker(at, "Sorter").selectedOptions[0]?.textContent).toBe("As the workflow (large)");
  expect(at.textContent).toContain("Key in MINE_KEYAsked by Clerk");
  expect(button("Remove: mine").disabled).toBe(true);
  expect([...at.querySelectorAll("tbody th")].map((it) => it.textContent)).toEqual([
    ...["house-models/large", "house-models/small"],
  ]);
});

test("models are changed in the files, all at once, and kept as a draft of the version that is live", async () => {
  const { at, button, click, type, writes } = await shown(<Models app={APP} />, ANSWERS);
  await choose(picker(at, "Orders"), "house-models/small");
  await choose(picker(at, "Clerk"), "");
  await click(button("Don’t fall back to house-models/gone"));
  await choose(picker(at, "Sorter"), "own:mine");
  const name = [...at.querySelectorAll("input")].find((it) => it.pattern.includes("w"));
  if (!name) throw new Error("no field for the model's name");
  await type(name, "m2");
  await click(button("Use it"));
  await vi.waitUntil(async () => {
    await act(async () => undefined);
    return at.textContent.includes("it fits together");
  });
  await click(button("Save as draft"));
  const { body } = writes().find(({ path }) => path === `${AT}/files`) ?? {};
  const { base_version, changes } = body as { base_version: number; changes: Record<string, string> };
  expect(base_version).toBe(3);
  expect(parse(changes["app.yaml"] ?? "")).toEqual({
    ...{
      name: "Shop",
      model: "house-models/large",
      providers: { mine: { kind: "openai", key: "MINE_KEY" } },
    },
  });
  expect(parse(changes["workflows/orders/workflow.yaml"] ?? "")).toEqual({
    ...{ title: "Orders", model: "house-models/small", entry_agent: "clerk" },
    agents: { clerk: { title: "Clerk" }, sorter: { title: "Sorter", model: "own/mine/m2" } },
  });
});

test("an app that was never built has no models to choose, and asks for none", async () => {
  const { at } = await shown(<Models app={{ ...APP, live_version: null }} />, ANSWERS);
  expect(at.textContent).toContain("No models yet");
});
