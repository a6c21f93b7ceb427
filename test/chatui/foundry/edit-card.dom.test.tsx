import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ChatContext } from "../../../chatui/src/chat/chat-context.ts";
import type { ToolItem } from "../../../chatui/src/chat/chat-state.ts";
import { ChangeBox } from "../../../chatui/src/foundry/change-box.tsx";
import { EditCard } from "../../../chatui/src/foundry/edit-card.tsx";
import { NO_PARTS } from "../chat/chat-parts.ts";

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

const EDIT = {
  said: ["“Request refund” over $100 waits for your team's approval."],
  changes: [
    { words: "Request refund: approval by your team over $100.", path: "workflows/refund-handler/tools" },
  ],
  files: [{ path: "app.yaml", diff: "--- a/app.yaml\n+++ b/app.yaml\n@@ -1,1 +1,1 @@\n-old\n+new\n" }],
};

function show(part: Partial<ToolItem> = {}): void {
  const item: ToolItem = {
    kind: "tool",
    id: "call_1",
    key: "tool-0",
    name: "build_app",
    interaction: "ui_tool",
    component: "edit",
    payload: { edit: EDIT, plan_hash: "abc" },
    awaiting: true,
    steps: [],
    ...part,
  };
  const parts = { ...NO_PARTS, answer: (id: string, response: unknown) => void answers.push([id, response]) };
  act(() =>
    root.render(
      <ChatContext value={parts}>
        <EditCard item={item} />
      </ChatContext>,
    ),
  );
}
const button = (name: string) => [...page.querySelectorAll("button")].find((it) => it.textContent === name);

test("an edit is shown in words, its files are folded, and a yes carries the hash of what was shown", () => {
  show();
  expect(page.textContent).toContain("over $100 waits for your team's approval");
  expect([...page.querySelectorAll("details")].map((it) => it.open)).toEqual([false, false]);
  expect(page.querySelector("pre")?.textContent).toContain("+new");
  act(() => button("Make this change")?.click());
  expect(answers).toEqual([["call_1", { approved: true, plan_hash: "abc" }]]);
});

test("a no is an answer, too", () => {
  show();
  act(() => button("Not this")?.click());
  expect(answers).toEqual([["call_1", { approved: false, plan_hash: "abc" }]]);
});

test("what was decided has no buttons any more", () => {
  show({ outcome: { status: "declined" } as ToolItem["outcome"] });
  expect(page.querySelectorAll("button")).toHaveLength(0);
  expect(page.textContent).toContain("This was not changed.");
});

test("a change that can't be sent yet says what has to happen first, keeps its words, and then goes", () => {
  const said: string[] = [];
  const box = (waitsFor: string | null) =>
    act(() => root.render(<ChangeBox waitsFor={waitsFor} onSay={(text) => said.push(text)} />));
  box("Answer what waits above first.");
  expect(page.textContent).not.toContain("Answer what waits");
  const field = page.querySelector("textarea")!;
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(
      field,
      "make it green",
    );
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  expect(page.querySelector('[role="status"]')?.textContent).toBe("Answer what waits above first.");
  act(() => page.querySelector("form")?.requestSubmit());
  expect([said, field.value]).toEqual([[], "make it green"]);
  box(null);
  act(() => page.querySelector("form")?.requestSubmit());
  expect([said, field.value]).toEqual([["make it green"], ""]);
});
