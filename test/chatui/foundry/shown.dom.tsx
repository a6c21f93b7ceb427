import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, type ReactElement } from "react";
import { createRoot } from "react-dom/client";
import { expect, vi } from "vitest";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

type Asked = { method: string; path: string; body: unknown };
type Answers = Record<string, (body: never) => unknown>;

/** A page over a server that answers by method and path, and what it was asked. */
export async function shown(what: ReactElement, answers: Answers) {
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
