import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, type ReactElement } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import type { IdentitySettings } from "#protocol/api/identity";
import type { ApiKey } from "#protocol/api/key";
import { ApiKeys } from "../../../chatui/src/foundry/api-keys.tsx";
import { EmbedSitesForm } from "../../../chatui/src/foundry/embed-sites-form.tsx";
import { IdentityForm } from "../../../chatui/src/foundry/identity-form.tsx";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
afterEach(() => vi.unstubAllGlobals());

const KEY: ApiKey = {
  key_id: "key_1",
  name: "The shop",
  prefix: "mzk_abc123",
  scopes: ["tables.read"],
  created_by: "user_1",
  created_at: "2026-11-25T10:00:00.000Z",
  expires_at: null,
  last_used_at: null,
  active: true,
};
const SETTINGS: IdentitySettings = {
  algorithm: "HS256",
  public_keys: [],
  origins: [],
  share_text: false,
  secrets: [],
};

type Asked = { method: string; path: string; body: unknown };
type Answers = Record<string, (body: never) => unknown>;

/** A page over a server that answers by method and path, and what it was asked. */
async function shown(what: ReactElement, answers: Answers) {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (path: string, init: { method: string; body?: string }) => {
    const body = init.body === undefined ? undefined : JSON.parse(init.body);
    const to = answers[`${init.method} ${path}`];
    if (!to)
      return Response.json(
        { error: { code: "NOT_FOUND", message: "There is nothing here." } },
        { status: 404 },
      );
    asked.push({ method: init.method, path, body });
    return Response.json(to(body as never));
  });
  const at = document.createElement("div");
  document.body.replaceChildren(at);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  await act(async () =>
    createRoot(at).render(<QueryClientProvider client={client}>{what}</QueryClientProvider>),
  );
  // What came is shown a task later.
  const settle = () =>
    act(async () => {
      await vi.waitFor(() => expect(client.isFetching() + client.isMutating()).toBe(0));
      await new Promise((resolve) => setTimeout(resolve));
    });
  await settle();
  const button = (name: string) => {
    const found = [...at.querySelectorAll("button")].find(
      (it) => it.textContent === name || it.getAttribute("aria-label") === name,
    );
    if (!found) throw new Error(`no button ${name}`);
    return found;
  };
  const click = async (it: HTMLElement) => {
    await act(async () => it.click());
    await settle();
  };
  const type = (it: HTMLInputElement | HTMLTextAreaElement, text: string) =>
    act(async () => {
      const kind = it instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
      Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(it, text);
      it.dispatchEvent(new Event("input", { bubbles: true }));
    });
  const writes = () => asked.filter(({ method }) => method !== "GET");
  return { at, button, click, type, writes };
}

test("a key is made with the scopes that were ticked, shown once with a way to copy it, and gone when done", async () => {
  const keys: ApiKey[] = [];
  const page = await shown(<ApiKeys id="ent_1" />, {
    "GET /api/apps/ent_1/keys": () => ({ items: keys }),
    "POST /api/apps/ent_1/keys": (body: object) => {
      const made = { ...KEY, ...body };
      keys.push(made);
      return { ...made, key: "mzk_the-whole-key" };
    },
  });
  expect(page.at.textContent).toContain("No keys yet.");
  await page.click(page.button("New key"));
  expect(page.button("Make the key").disabled).toBe(true);
  await page.type(page.at.querySelector<HTMLInputElement>("input[maxlength]")!, " The shop ");
  expect(page.button("Make the key").disabled).toBe(true);
  const boxes = [...page.at.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  expect(boxes.every((it) => !it.checked)).toBe(true);
  const tick = async (scope: string) =>
    page.click(boxes.find((it) => it.parentElement?.textContent?.includes(scope))!);
  await tick("usage.read");
  await tick("tables.read");
  await tick("usage.read");
  await page.click(page.button("Make the key"));
  expect(page.writes()).toEqual([
    {
      method: "POST",
      path: "/api/apps/ent_1/keys",
      body: { name: "The shop", scopes: ["tables.read"], expires_at: null },
    },
  ]);
  expect(page.at.textContent).toContain("mzk_the-whole-key");
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  await page.click(page.button("Copy"));
  expect(writeText).toHaveBeenCalledWith("mzk_the-whole-key");
  expect(page.at.textContent).toContain("Copied.");
  await page.click(page.button("Done"));
  expect(page.at.textContent).not.toContain("mzk_the-whole-key");
  expect(page.at.textContent).toContain("mzk_abc123…");
});

test("revoking asks once more; a key that opens nothing says so", async () => {
  let keys = [KEY, { ...KEY, key_id: "key_2", name: "Old", active: false }];
  const page = await shown(<ApiKeys id="ent_1" />, {
    "GET /api/apps/ent_1/keys": () => ({ items: keys }),
    "DELETE /api/apps/ent_1/keys/key_1": () => {
      keys = keys.slice(1);
      return { deleted: true };
    },
  });
  expect(page.at.textContent?.match(/does not work/g)).toHaveLength(1);
  await page.click(page.button("Revoke The shop"));
  expect(page.writes()).toEqual([]);
  await page.click(page.button("Keep"));
  await page.click(page.button("Revoke The shop"));
  await page.click(page.button("Revoke for good"));
  expect(page.writes()).toMatchObject([{ method: "DELETE", path: "/api/apps/ent_1/keys/key_1" }]);
  expect(page.at.textContent).not.toContain("The shop");
});

test("how a site signs is saved: the way, its keys from a JWK set", async () => {
  const page = await shown(<IdentityForm id="ent_1" />, {
    "GET /api/apps/ent_1/identity": () => ({ ...SETTINGS, algorithm: null }),
    "PATCH /api/apps/ent_1/identity": (body: object) => ({ ...SETTINGS, ...body }),
  });
  expect(page.at.querySelectorAll("textarea")).toHaveLength(0);
  await page.click(page.at.querySelectorAll<HTMLInputElement>("input[type=radio]")[3]!);
  const [keys] = page.at.querySelectorAll("textarea");
  await page.type(keys!, "not json");
  await page.click(page.button("Save"));
  expect(page.writes()).toEqual([]);
  expect(page.at.textContent).toContain("not a JWK");
  const jwk = { kty: "EC", crv: "P-256", x: "a", y: "b" };
  await page.type(keys!, JSON.stringify({ keys: [jwk] }));
  await page.click(page.button("Save"));
  expect(page.writes().map(({ body }) => body)).toEqual([{ algorithm: "ES256", public_keys: [jwk] }]);
});

test("the sites that may hold the app are saved line by line, and what is no origin is told before it is sent", async () => {
  const page = await shown(<EmbedSitesForm id="ent_1" set={SETTINGS} />, {
    "PATCH /api/apps/ent_1/identity": (body: object) => ({ ...SETTINGS, ...body }),
  });
  const sites = page.at.querySelector("textarea")!;
  await page.type(sites, "https://a.example/x");
  await page.click(page.button("Save"));
  expect(page.writes()).toEqual([]);
  expect(page.at.textContent).toContain("Not an origin");
  await page.type(sites, "https://a.example\n https://b.example ");
  await page.click(page.at.querySelector("input")!);
  await page.click(page.button("Save"));
  expect(page.writes().map(({ body }) => body)).toEqual([
    { origins: ["https://a.example", "https://b.example"], share_text: true },
  ]);
});

test("a secret is shown once, and a third is not offered", async () => {
  const secrets: IdentitySettings["secrets"] = [{ secret_id: "ids_1", created_at: KEY.created_at }];
  const page = await shown(<IdentityForm id="ent_1" />, {
    "GET /api/apps/ent_1/identity": () => ({ ...SETTINGS, secrets: [...secrets] }),
    "POST /api/apps/ent_1/identity/secrets": () => {
      secrets.push({ secret_id: "ids_2", created_at: KEY.created_at });
      return { ...secrets[1], secret: "mzi_the-secret" };
    },
    "DELETE /api/apps/ent_1/identity/secrets/ids_1": () => {
      secrets.shift();
      return { deleted: true };
    },
  });
  await page.click(page.button("New secret"));
  expect(page.at.textContent).toContain("mzi_the-secret");
  expect(page.button("New secret").disabled).toBe(true);
  await page.click(page.button("Done"));
  expect(page.at.textContent).not.toContain("mzi_the-secret");
  await page.click(page.button("Remove secret 1"));
  expect(page.writes().map(({ method }) => method)).toEqual(["POST", "DELETE"]);
  expect(page.button("New secret").disabled).toBe(false);
});
