import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRouter, RouterProvider } from "@tanstack/react-router";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import { ACTIONS, may, ROLES, type Role } from "#enterprises/may";
import { app, root as rootRoute } from "../../../chatui/src/foundry/app-route.ts";
import { APP_TABS, TAB_GROUPS } from "../../../chatui/src/foundry/app-tabs.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
let root: Root | undefined;
let asked: string[] = [];
afterEach(() => {
  act(() => root?.unmount());
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
});

const APP = {
  ...{
    enterprise_id: "ent_1",
    slug: "shop",
    name: "Shop",
    description: "Sells.",
    url: "http://shop.localhost",
  },
  ...{ status: "live", live_version: 1, draft_version: null, branding: {}, show_cost: false },
};

/** The app's pages as somebody of this role has them. */
async function openAs(role: Role, address: string): Promise<void> {
  const can = ACTIONS.filter((action) => may(role, action));
  asked = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    if (path === "/api/auth/get-session") return Response.json({ user: {} });
    if (path === "/api/me")
      return Response.json({ user_id: "u", email: "a@b.c", name: "Ada", realm: "foundry", enterprises: [] });
    if (path === "/api/apps/ent_1") return Response.json({ ...APP, can });
    return Response.json({ error: { code: "NOT_FOUND", message: "", retryable: false } }, { status: 404 });
  });
  const router = createRouter({
    routeTree: rootRoute.addChildren([app.addChildren(APP_TABS.map((tab) => tab.route))]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  await router.load();
  root = createRoot(document.body.appendChild(document.createElement("div")));
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  await act(async () =>
    root?.render(
      <QueryClientProvider client={queries}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>,
    ),
  );
  await vi.waitFor(() =>
    act(async () => expect(document.querySelector("nav[aria-label=App]")).not.toBeNull()),
  );
}

const linksIn = (nav: Element | null) => [...(nav?.querySelectorAll("a") ?? [])].map((it) => it.textContent);
const side = () => document.querySelector("nav[aria-label=App]");

test("each page of an app stands in a group that is shown and needs a right that there is", () => {
  for (const tab of APP_TABS) {
    expect(TAB_GROUPS).toContain(tab.group);
    expect(ACTIONS).toContain(tab.needs);
  }
  expect(new Set(APP_TABS.map((tab) => tab.to)).size).toBe(APP_TABS.length);
});

test.each(ROLES)(
  "the navigation of an %s has the pages that their role includes, and no others",
  async (role) => {
    await openAs(role, "/apps/ent_1/versions");
    const theirs = TAB_GROUPS.flatMap((group) =>
      APP_TABS.filter((tab) => tab.group === group && may(role, tab.needs as never)).map((tab) => tab.title),
    );
    expect(linksIn(side())).toEqual(theirs);
    expect(linksIn(side()).includes("Usage")).toBe(role === "owner" || role === "admin");
  },
);

test("who types the address of a page that isn't theirs is told so, and nothing is asked for it", async () => {
  await openAs("viewer", "/apps/ent_1/usage");
  expect(document.body.textContent).toContain("Your role doesn’t include this page");
  expect(asked).not.toContain("/api/app/analytics/ent_1");
});

test("the menu of a small screen says where one is, opens, and closes by Escape and by going somewhere", async () => {
  await openAs("viewer", "/apps/ent_1/versions");
  const menu = () => document.querySelector("#app-menu");
  const button = document.querySelector<HTMLButtonElement>("[aria-controls=app-menu]")!;
  expect(button.textContent).toContain("Versions");
  expect(menu()).toBeNull();
  act(() => button.click());
  expect(linksIn(menu())).toContain("Workflows");
  act(() => void dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" })));
  expect(menu()).toBeNull();
  act(() => button.click());
  await act(async () =>
    [...menu()!.querySelectorAll("a")].find((it) => it.textContent === "Workflows")!.click(),
  );
  expect(menu()).toBeNull();
});
