import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Webhooks } from "../../../chatui/src/foundry/app-webhooks-tab.tsx";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const HOOK = {
  ...{ webhook_id: "wh_1", url: "https://shop.example/hook", events: ["chat.finished"], active: true },
  ...{ include_text: false, created_at: "2026-11-25T10:00:00.000Z", failing_since: null },
  ...{ off_reason: null as "gone" | null, old_secret_until: null },
};
const DEAD = {
  ...{
    delivery_id: "dlv_7",
    event_id: "evt_1",
    type: "chat.finished",
    status: "dead",
    tries: 8,
    next_at: null,
  },
  created_at: "2026-11-25T10:00:00.000Z",
  attempts: [{ at: "2026-11-25T10:00:00.000Z", status: 503, ms: 12, response: "", error: "no" }],
};

let hooks = [HOOK];
let asked: { method: string; path: string; body: unknown }[] = [];
let page: HTMLElement;
let root: ReturnType<typeof createRoot>;

beforeEach(() => {
  hooks = [];
  asked = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const method = init.method ?? "GET";
    if (method !== "GET")
      asked.push({ method, path, body: init.body ? JSON.parse(String(init.body)) : null });
    if (path.includes("/deliveries?")) return Response.json({ items: [DEAD], next_cursor: null });
    if (method === "GET") return Response.json({ items: hooks });
    if (path.endsWith("/webhooks")) {
      hooks = [HOOK];
      return Response.json({ ...HOOK, secret: "whsec_once" }, { status: 201 });
    }
    return Response.json({ ...HOOK, secret: "whsec_again" });
  });
  page = document.body.appendChild(document.createElement("main"));
  root = createRoot(page);
});
afterEach(() => {
  act(() => root.unmount());
  page.remove();
  vi.unstubAllGlobals();
});

async function show(): Promise<void> {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  await act(async () =>
    root.render(
      <QueryClientProvider client={queries}>
        <Webhooks id="ent_1" />
      </QueryClientProvider>,
    ),
  );
  await seen("Add a webhook");
}

/** Waits until the page says so. */
function seen(text: string) {
  return vi.waitUntil(async () => {
    await act(async () => undefined);
    return page.textContent?.includes(text);
  });
}

function button(name: string): HTMLButtonElement {
  const found = [...page.querySelectorAll("button")].find((it) => it.textContent === name);
  if (!found) throw new Error(`no button ${name}`);
  return found;
}

async function press(name: string): Promise<void> {
  await act(async () => button(name).click());
}

async function type(value: string): Promise<void> {
  const input = page.querySelector<HTMLInputElement>("input[type=url]");
  if (!input) throw new Error("no address");
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  await act(async () => {
    set?.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

test("an owner adds a webhook with the events they tick, and sees its secret until they say that they have it", async () => {
  await show();
  expect(page.textContent).toContain("No webhooks yet");
  expect(button("Add webhook").disabled).toBe(true);
  await type(HOOK.url);
  await act(async () => page.querySelector<HTMLInputElement>("input[name='feedback.given']")?.click());
  await press("Add webhook");
  await seen("whsec_once");
  expect(asked).toEqual([
    {
      method: "POST",
      path: "/api/apps/ent_1/webhooks",
      body: { url: HOOK.url, events: ["chat.finished", "feedback.given"], include_text: false },
    },
  ]);
  await seen(HOOK.url);
  await press("I have it");
  expect(page.textContent).not.toContain("whsec_once");
});

test("what was given up is seen with how it ended, and sent again", async () => {
  hooks = [HOOK];
  await show();
  await press("Recent deliveries");
  await seen("given up");
  expect(page.textContent).toContain("answered 503 in 12 ms, 8 tries");
  await press("Send again");
  expect(asked.map(({ path }) => path)).toEqual(["/api/apps/ent_1/webhooks/wh_1/deliveries/dlv_7/replay"]);
});

test("one that was switched off says why, can be switched on, and takes no test before", async () => {
  hooks = [{ ...HOOK, active: false, off_reason: "gone" }];
  await show();
  expect(page.textContent).toContain("the address says that it is gone");
  expect(button("Send a test").disabled).toBe(true);
  await press("Switch on");
  expect(asked[0]).toEqual({
    method: "PATCH",
    path: "/api/apps/ent_1/webhooks/wh_1",
    body: { active: true },
  });
});
