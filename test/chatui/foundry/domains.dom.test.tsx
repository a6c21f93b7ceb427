import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Domain } from "#protocol/api/domain";
import { Domains } from "../../../chatui/src/foundry/app-domains-tab.tsx";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let root: Root | undefined;
let items: Domain[];
let asked: string[];
let refuse: { status: number; error: { code: string; message: string; retryable: boolean } } | null;

beforeEach(() => {
  [items, asked, refuse] = [[], [], null];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const method = init.method ?? "GET";
    if (method !== "GET") {
      asked.push(`${method} ${path}${init.body ? ` ${init.body}` : ""}`);
      if (refuse)
        return Response.json({ error: { ...refuse.error, request_id: "r" } }, { status: refuse.status });
      if (method === "POST" && init.body)
        items = [...items, domain({ host: JSON.parse(String(init.body)).host })];
      if (method === "DELETE") items = [];
      return Response.json({});
    }
    return Response.json({ items, max_domains: 2 });
  });
});
afterEach(() => {
  act(() => root?.unmount());
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
});

function domain(more: Partial<Domain>): Domain {
  const host = more.host ?? "chat.acme.example";
  return {
    ...{ host, url: `https://${host}`, status: "pending_dns", reason: null, primary: false },
    records: [
      { type: "CNAME", name: host, value: "cname.apps.example" },
      { type: "TXT", name: `_mozaiks.${host}`, value: "mozaiks_abc" },
    ],
    ...{ checked_at: null, next_check_at: null, created_at: "2026-11-25T10:00:00.000Z" },
    ...more,
  };
}

/** Lets what was asked come back and be shown: an answer, what it makes be asked again, and that one's. */
const settle = () =>
  act(async () => {
    for (let i = 0; i < 8; i++) await new Promise((done) => setTimeout(done, 0));
  });
async function show(): Promise<void> {
  const place = document.body.appendChild(document.createElement("div"));
  root = createRoot(place);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  act(() =>
    root?.render(
      <QueryClientProvider client={queries}>
        <Domains id="ent_1" />
      </QueryClientProvider>,
    ),
  );
  await settle();
}
const buttons = () => [...document.querySelectorAll("button")];
async function click(name: string): Promise<void> {
  const it = buttons().find((b) => b.textContent === name || b.getAttribute("aria-label") === name);
  if (!it) throw new Error(`no button ${name}`);
  act(() => it.click());
  await settle();
}
function type(text: string): void {
  const input = document.querySelector("input");
  if (!input) throw new Error("no input");
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  act(() => {
    set?.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

test("a domain is added, and its records are there to copy", async () => {
  const written: string[] = [];
  Object.defineProperty(navigator, "clipboard", {
    configurable: true,
    value: { writeText: async (text: string) => void written.push(text) },
  });
  await show();
  expect(document.body.textContent).toContain("No domains yet");
  type(" chat.acme.example ");
  await click("Add domain");
  expect(asked).toEqual(['POST /api/apps/ent_1/domains {"host":"chat.acme.example"}']);
  expect(document.body.textContent).toContain("waiting for DNS");
  expect(document.querySelector("details")?.open).toBe(true);
  await click("Copy the name of the TXT record");
  await click("Copy the value of the CNAME record");
  expect(written).toEqual(["_mozaiks.chat.acme.example", "cname.apps.example"]);
});

test("why a domain can't be added stands at its field", async () => {
  refuse = {
    status: 409,
    error: { code: "CONFLICT", message: "The app has this domain already.", retryable: false },
  };
  await show();
  type("chat.acme.example");
  await click("Add domain");
  expect(document.querySelector("input")?.getAttribute("aria-invalid")).toBe("true");
  expect(document.body.textContent).toContain("The app has this domain already.");
});

test("each says how it stands and why; only an active one can be the main address; removing asks first", async () => {
  items = [
    domain({ host: "a.example", status: "active", checked_at: "2026-11-25T10:00:00.000Z" }),
    domain({ host: "b.example", status: "failed", reason: "CAA forbids it." }),
  ];
  await show();
  expect(document.body.textContent).toContain("not working");
  expect(document.body.textContent).toContain("CAA forbids it.");
  expect(document.body.textContent).toContain("Last checked");
  // No room for a third.
  expect(document.querySelector("input")).toBeNull();
  expect(buttons().filter((it) => it.textContent === "Make main address")).toHaveLength(1);
  await click("Make main address");
  await click("Check now");
  await click("Remove");
  expect(asked).toEqual([
    'PATCH /api/apps/ent_1/domains/a.example {"primary":true}',
    "POST /api/apps/ent_1/domains/a.example/check",
  ]);
  await click("Remove a.example");
  expect(asked.at(-1)).toBe("DELETE /api/apps/ent_1/domains/a.example");
  expect(document.body.textContent).toContain("No domains yet");
});
