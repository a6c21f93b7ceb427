import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ListedVersion } from "#protocol/api/version";
import { VersionList } from "../../../chatui/src/foundry/version-list.tsx";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
let page: HTMLElement;
let calls: { url: string; body: unknown }[];
let reply: { status: number; body: unknown };
beforeEach(() => {
  page = document.body.appendChild(document.createElement("main"));
  root = createRoot(page);
  calls = [];
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    calls.push({ url: String(url), body: init?.body ? JSON.parse(String(init.body)) : null });
    return new Response(JSON.stringify(reply.body), {
      status: reply.status,
      headers: { "content-type": "application/json" },
    });
  });
});
afterEach(() => {
  act(() => root.unmount());
  page.remove();
  vi.unstubAllGlobals();
});

function version(number: number, part: Partial<ListedVersion>): ListedVersion {
  return {
    version: number,
    status: "earlier",
    note: `note ${number}`,
    by: { user_id: "user_ann", name: "Ann" },
    at: "2026-11-20T10:00:00.000Z",
    published_at: null,
    build_id: null,
    base_version: null,
    ...part,
  };
}

function show(): void {
  const versions = [
    version(3, { status: "draft", base_version: 2 }),
    version(2, { status: "live" }),
    version(1, {}),
  ];
  act(() =>
    root.render(
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <VersionList enterpriseId="ent_1" live={2} versions={versions} />
      </QueryClientProvider>,
    ),
  );
}
const item = (number: number) => page.querySelector(`[data-testid="version-${number}"]`)!;
const button = (number: number, name: string) =>
  [...item(number).querySelectorAll("button")].find((it) => it.textContent === name);
const press = async (element: HTMLElement | undefined) => {
  await act(async () => element?.click());
  await act(async () => vi.waitFor(() => expect(calls.length).toBeGreaterThan(0)));
};

test("the live version says so and can't be restored; an earlier one is restored over the one that is shown as live", async () => {
  show();
  expect(item(2).textContent).toContain("live");
  expect(button(2, "Restore")).toBeUndefined();
  expect(button(3, "Publish")).toBeDefined();
  reply = { status: 201, body: { version: 4 } };
  await press(button(1, "Restore"));
  expect(calls[0]).toEqual({ url: "/api/apps/ent_1/versions/1/publish", body: { expected_live: 2 } });
});

test("a restore that was overtaken says why", async () => {
  show();
  reply = {
    status: 409,
    body: {
      error: { code: "CONFLICT", message: "Someone else published.", retryable: false, request_id: "r" },
    },
  };
  await press(button(1, "Restore"));
  await act(async () => vi.waitFor(() => expect(item(1).querySelector('[role="alert"]')).not.toBeNull()));
  expect(item(1).textContent).toContain("Someone else published.");
});

test("what changed is read when somebody asks", async () => {
  show();
  reply = {
    status: 200,
    body: { changes: [{ words: "The theme is dark.", path: "app/branding/theme" }], files: [] },
  };
  await press(button(3, "What changed from version 2?"));
  await act(async () => vi.waitFor(() => expect(item(3).textContent).toContain("The theme is dark.")));
  expect(calls[0]?.url).toBe("/api/apps/ent_1/versions/2/diff/3");
});
