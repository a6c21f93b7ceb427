import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ChatContext } from "../../../chatui/src/chat/chat-context.ts";
import type { ChatItem, ToolItem } from "../../../chatui/src/chat/chat-state.ts";
import { Thread } from "../../../chatui/src/chat/thread.tsx";
import { ToolCard } from "../../../chatui/src/chat/tool-card.tsx";
import { NO_PARTS } from "./chat-parts.ts";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
let page: HTMLElement;
let answers: unknown[];
beforeEach(() => {
  page = document.body.appendChild(document.createElement("main"));
  root = createRoot(page);
  answers = [];
});
afterEach(() => {
  act(() => root.unmount());
  page.remove();
});

function toolItem(part: Partial<ToolItem>): ToolItem {
  return {
    kind: "tool",
    id: "t",
    key: "tool-0",
    name: "show_it",
    interaction: "ui_tool",
    component: null,
    payload: {},
    awaiting: true,
    steps: [],
    ...part,
  };
}

function show(part: Partial<ToolItem>): void {
  const parts = { ...NO_PARTS, answer: (_id: string, response: unknown) => void answers.push(response) };
  act(() =>
    root.render(
      <ChatContext value={parts}>
        <ToolCard item={toolItem(part)} />
      </ChatContext>,
    ),
  );
}

const click = (element: Element | null | undefined) => act(() => (element as HTMLElement).click());
const button = (name: string) => [...page.querySelectorAll("button")].find((it) => it.textContent === name);
const TABLE = {
  title: "Your orders",
  key: "order",
  columns: [
    { name: "order", label: "Order" },
    { name: "state", label: "State" },
  ],
  rows: [
    { order: "A-1", state: "shipped" },
    { order: "A-2", state: "<img src=x onerror=alert(1)>" },
  ],
};
const selected = { type: "array", items: { enum: ["A-1", "A-2"] } };

test("T40 a table shows what it is given as text, never as markup", () => {
  show({ component: "table", interaction: "ui_surface", awaiting: false, payload: TABLE });
  expect([...page.querySelectorAll("th")].map((it) => it.textContent)).toEqual(["Order", "State"]);
  expect(page.textContent).toContain("<img src=x onerror=alert(1)>");
  expect(page.querySelector("img")).toBeNull();
  expect(page.querySelector("button")).toBeNull();
});

test("rows of a table are picked by labelled inputs: one, or some", () => {
  const payload = { ...TABLE, response_schema: { properties: { selected } } };
  show({ component: "table", payload: { ...payload, select: "one" } });
  click(page.querySelector('input[type="radio"][aria-label="Choose A-2"]'));
  click(button("Choose"));
  expect(answers).toEqual([{ selected: ["A-2"] }]);
  show({ component: "table", payload: { ...payload, select: "many" } });
  click(page.querySelector('input[type="checkbox"][aria-label="Choose A-1"]'));
  click(button("Choose"));
  expect(answers.at(-1)).toEqual({ selected: ["A-2", "A-1"] });
});

test("a card shows its facts, and a button of it answers", () => {
  const payload = {
    heading: "Your parcel",
    message: "It arrives tomorrow.",
    facts: [{ label: "Weight", value: "2 kg" }],
    actions: ["Track it", "Change the day"],
    response_schema: { properties: { action: { enum: ["Track it", "Change the day"] } } },
  };
  show({ component: "card", payload });
  expect(page.querySelector("h3")?.textContent).toBe("Your parcel");
  expect(page.querySelector("dl")?.textContent).toBe("Weight2 kg");
  click(button("Change the day"));
  expect(answers).toEqual([{ action: "Change the day" }]);
});

test("a progress card stands where it was last told", () => {
  const payload = { message: "Packing", value: 10, max: 40 };
  const step = { name: "progress", status: "running" as const, detail: "Sealing", value: 30, max: 40 };
  show({ component: "progress", interaction: "ui_surface", awaiting: false, payload, steps: [step] });
  expect(page.querySelector("progress")?.getAttribute("value")).toBe("30");
  expect(page.querySelector("progress")?.getAttribute("aria-label")).toBe("Show it");
  expect(page.textContent).toContain("Sealing · 75%");
});

test("a component this page does not know is a form of its schema, with labels, defaults and what is wrong", () => {
  const response_schema = {
    type: "object",
    required: ["days"],
    properties: {
      seat: { type: "string", enum: ["window", "aisle"], default: "aisle", title: "Seat" },
      days: { type: "array", items: { type: "string", enum: ["Mon", "Tue"] }, title: "Days" },
    },
  };
  show({ component: "seat_map", payload: { response_schema } });
  for (const input of page.querySelectorAll("input, select"))
    expect((input as HTMLInputElement).labels?.length).toBeGreaterThan(0);
  expect(page.querySelector("legend")?.textContent).toBe("Days");
  act(() => page.querySelector("form")?.requestSubmit());
  expect(answers).toEqual([]);
  expect(page.textContent).toContain("Choose at least one.");
  click([...page.querySelectorAll('input[type="checkbox"]')][1]);
  act(() => page.querySelector("form")?.requestSubmit());
  expect(answers).toEqual([{ seat: "aisle", days: ["Tue"] }]);
});

test("T40 a card that can't be shown says so in its place, and what stands around it stays", () => {
  const complain = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const text = (id: string): ChatItem => ({
    kind: "text",
    id,
    text: id,
    streaming: false,
    interrupted: false,
  });
  const Broken = (): never => {
    throw new Error("no such seat");
  };
  const items = [text("before"), toolItem({ component: "seat_map" }), text("after")];
  act(() =>
    root.render(
      <ChatContext value={{ ...NO_PARTS, cards: { seat_map: Broken } }}>
        <Thread items={items} running={false} follow={false} />
      </ChatContext>,
    ),
  );
  expect([...page.querySelectorAll(".thread-item")].map((it) => it.textContent)).toEqual([
    "before",
    "This can’t be shown as it is.",
    "after",
  ]);
  expect(String(complain.mock.calls)).toContain("no such seat");
  complain.mockRestore();
});
