import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TableInfo } from "#protocol/api/table";
import type { TeamWaitView } from "#protocol/api/team";
import { column } from "#protocol/app-file/table";
import { ApprovalPanel } from "../../../chatui/src/foundry/approval-panel.tsx";
import { CsvDialog } from "../../../chatui/src/foundry/csv-dialog.tsx";
import { RowDialog } from "../../../chatui/src/foundry/row-dialog.tsx";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const TABLE: TableInfo = {
  ...{ name: "tools", title: "Tools", owner: "shared", key: "code", rows: 1 },
  columns: { code: column.parse({ type: "text" }), fee: column.parse({ type: "money", title: "Fee" }) },
};
const WAIT = {
  ...{ tool_call_id: "t1", chat_id: "c1", user_id: "u1", workflow_name: "desk", kind: "approval" },
  ...{ tool_name: "lend_tool", created_at: "2026-11-25T10:00:00.000Z", expires_at: null },
  payload: { title: "Lend a tool", message: "Lend it?", facts: [{ name: "fee", value: 6.5 }] },
} as TeamWaitView;

type Asked = { method: string; path: string; body: unknown };
let asked: Asked[];
let answer: (it: Asked) => Response;
let page: HTMLElement;
let root: ReturnType<typeof createRoot>;

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : null;
    const it = { method: init.method ?? "GET", path, body };
    asked.push(it);
    return answer(it);
  });
  page = document.createElement("div");
  document.body.append(page);
  root = createRoot(page);
});
afterEach(async () => {
  await act(() => root.unmount());
  page.remove();
  vi.unstubAllGlobals();
});

const show = (node: ReactNode) =>
  act(async () => {
    root.render(<QueryClientProvider client={new QueryClient()}>{node}</QueryClientProvider>);
  });
const button = (name: string) =>
  [...page.querySelectorAll("button")].find((it) => it.textContent?.trim() === name)!;
const click = (name: string) => act(async () => button(name).click());
/** Waits until it is so. */
const until = (it: () => unknown) =>
  vi.waitUntil(async () => {
    await act(async () => undefined);
    return it();
  });
const refusal = (status: number, code: string, details: object) =>
  Response.json({ error: { code, message: "No.", retryable: false, request_id: "r", details } }, { status });

async function type(label: string, value: string) {
  const text = [...page.querySelectorAll("label")].find((it) => it.textContent?.startsWith(label));
  const input = page.querySelector<HTMLInputElement>(`#${CSS.escape(text?.htmlFor ?? "")}`)!;
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return input;
}

test("a row is sent with what was typed by its columns' types, and what is refused stands at its field", async () => {
  answer = () =>
    refusal(400, "BAD_REQUEST", { issues: [{ path: "values.fee", message: "must be an amount" }] });
  const closed = vi.fn();
  await show(<RowDialog id="e1" table={TABLE} row={null} onClose={closed} onChanged={async () => null} />);
  await type("Code", "T-1");
  const fee = await type("Fee", "6.5");
  await click("Add");
  await until(() => page.textContent?.includes("must be an amount"));
  expect(asked).toMatchObject([{ method: "POST", body: { values: { code: "T-1", fee: 6.5 } } }]);
  const note = page.querySelector(`#${CSS.escape(fee.getAttribute("aria-describedby") ?? "")}`);
  expect(note?.textContent).toBe("must be an amount");
  expect(fee.getAttribute("aria-invalid")).toBe("true");
  expect(closed).not.toHaveBeenCalled();
  answer = () => Response.json({ id: "r1" });
  await click("Add");
  await until(() => closed.mock.calls.length === 1);
});

test("a CSV is only taken in when every line fits; if one does not after all, nothing was imported and it is named", async () => {
  let failed = 1;
  answer = () =>
    Response.json({
      ...{ lines: 2, inserted: failed ? 0 : 2, updated: 0, failed },
      errors: failed ? [{ line: 3, message: "fee: must be an amount" }] : [],
    });
  await show(<CsvDialog id="e1" table={TABLE} onClose={() => {}} onChanged={async () => null} />);
  const input = page.querySelector<HTMLInputElement>('input[type="file"]')!;
  const choose = () =>
    act(async () => {
      Object.defineProperty(input, "files", { value: [new File(["code,fee"], "a.csv")], configurable: true });
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  await choose();
  await until(() => page.textContent?.includes("Line 3: fee: must be an amount"));
  expect(asked.at(-1)?.path).toContain("dry_run=true");
  expect(button("Import").disabled).toBe(true);
  failed = 0;
  await choose();
  await until(() => !button("Import").disabled);
  failed = 1;
  await click("Import");
  await until(() => page.textContent?.includes("Nothing was imported"));
  expect(page.textContent).toContain("0 were added, 0 were updated, 1 don’t fit");
  expect(page.textContent).toContain("Line 3: fee: must be an amount");
  expect(asked.at(-1)?.path).toContain("dry_run=false&all_or_nothing=true");
});

test("F06 whoever decides second is told that somebody else was first", async () => {
  answer = () => refusal(409, "CONFLICT", { reason: "already_decided" });
  await show(<ApprovalPanel id="e1" wait={WAIT} />);
  expect(page.textContent).toContain("6.5");
  await click("Approve");
  await until(() => page.querySelector('[role="alert"]'));
  expect(asked).toMatchObject([{ method: "POST", body: { chat_id: "c1", approved: true } }]);
  expect(page.querySelector('[role="alert"]')?.textContent).toContain(
    "Somebody else of the team has decided this already.",
  );
});
