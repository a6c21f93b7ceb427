import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyFrame } from "../../../chatui/src/chat/apply-frame.ts";
import { ChatContext } from "../../../chatui/src/chat/chat-context.ts";
import { EMPTY_CHAT } from "../../../chatui/src/chat/chat-state.ts";
import { citationsOf } from "../../../chatui/src/chat/citations.ts";
import { Thread } from "../../../chatui/src/chat/thread.tsx";
import type { DownFrame } from "../../../packages/protocol/frames/down.ts";
import { NO_MARKS, NO_PARTS } from "./chat-parts.ts";
import { frame, toolCall } from "./frames.ts";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
let page: HTMLElement;
beforeEach(() => {
  page = document.body.appendChild(document.createElement("main"));
  root = createRoot(page);
});
afterEach(() => {
  act(() => root.unmount());
  page.remove();
});

async function show(frames: DownFrame[]): Promise<void> {
  const { items, running, modelBusy } = frames.reduce(applyFrame, EMPTY_CHAT);
  await act(async () =>
    root.render(
      <ChatContext value={NO_PARTS}>
        <Thread
          items={items}
          marks={{ ...NO_MARKS, cites: citationsOf(items) }}
          running={running}
          modelBusy={modelBusy}
        />
      </ChatContext>,
    ),
  );
}

let seq = 0;
const said = (content: string) =>
  frame("chat.text", { message_id: `u${seq}`, role: "user", content, index: 0 }, seq++);
const answered = (content: string) =>
  frame("chat.stream_end", { stream_id: `s${seq}`, message_id: `m${seq}`, content }, seq++);
function found(...rows: Record<string, unknown>[]): DownFrame[] {
  const id = `t${seq}`;
  const call = { tool_call_id: id, tool_name: "look_up", interaction_type: "auto_tool" as const };
  const content = { ok: true, count: rows.length, rows };
  return [
    toolCall(seq++, { ...call, awaiting_response: false }),
    frame("chat.tool_response", { ...call, status: "ok", success: true, content }, seq++),
  ];
}
const RETURNS = {
  n: 1,
  file: "returns.pdf",
  title: "Returns policy",
  heading: "How long",
  page: 3,
  text: "You may return shoes within thirty days.",
};
const SHIPPING = { n: 2, file: "shipping.md", title: "Shipping", heading: "", text: "Shipping is free." };
const source = (name: string) => page.querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`);
const list = () => page.querySelector<HTMLDetailsElement>("[data-testid=sources]");

test("a number in an answer leads to the passage it cites: file, page, heading and excerpt", async () => {
  await show([
    said("How long?"),
    ...found(RETURNS, SHIPPING),
    answered("Thirty days [1], and **free** [2]."),
  ]);
  expect(list()?.open).toBe(false);
  act(() => source("Source 1")?.click());
  expect(list()?.open).toBe(true);
  const items = [...(list()?.querySelectorAll("li") ?? [])];
  expect(document.activeElement).toBe(items[0]);
  expect(items.map((item) => [...item.children].map((line) => line.textContent))).toEqual([
    ["[1] Returns policy", "returns.pdf · page 3 · How long", "You may return shoes within thirty days."],
    ["[2] Shipping", "shipping.md", "Shipping is free."],
  ]);
});

test("a number that nothing was found under stays text, and only what is cited is listed", async () => {
  await show([said("How long?"), ...found(RETURNS, SHIPPING), answered("Free [2], surely [7] `x[1]`.")]);
  expect(source("Source 7")).toBeNull();
  expect(source("Source 1")).toBeNull();
  expect(page.textContent).toContain("surely [7]");
  expect(list()?.querySelectorAll("li")).toHaveLength(1);
});

test("without a look-up nothing is a citation; a later answer may still cite what was found before", async () => {
  await show([
    said("hello"),
    answered("Array [1]."),
    said("How long?"),
    ...found(RETURNS),
    answered("Thirty days [1]."),
    said("Sure?"),
    answered("Yes [1]."),
    said("And shipping?"),
    ...found({ ...SHIPPING, n: 1 }),
    answered("Free [1]."),
  ]);
  const lists = [...page.querySelectorAll("[data-testid=sources]")].map((it) => it.textContent);
  expect(lists).toHaveLength(3);
  expect(lists[1]).toContain("thirty days");
  expect(lists[2]).toContain("Shipping is free");
  expect(lists[2]).not.toContain("thirty days");
});

test("two look-ups of one turn that number alike: both passages are shown, the newer one first", async () => {
  await show([said("How?"), ...found(RETURNS), ...found({ ...SHIPPING, n: 1 }), answered("So [1].")]);
  const titles = [...(list()?.querySelectorAll("li") ?? [])].map((it) => it.children[0]?.textContent);
  expect(titles).toEqual(["[1] Shipping", "[1] Returns policy"]);
});

test("T37 what a file says of itself is text, whatever it says", async () => {
  const evil = '<img src=x onerror="alert(1)"><a href="javascript:alert(1)">x</a>';
  const row = { n: 1, file: evil, title: evil, heading: evil, text: `${evil}[2](javascript:alert(1))` };
  await show([
    said("How?"),
    ...found(row),
    answered("So [1] [1](javascript:alert(1)) ![1](https://evil.example/x)"),
  ]);
  act(() => source("Source 1")?.click());
  expect(list()?.textContent).toContain(evil);
  expect(page.querySelectorAll("img, a, script, [onerror]")).toHaveLength(0);
});

test("F13 while a model is waited for it says so, until the run goes on", async () => {
  const hello = said("hello");
  const start = frame("chat.run_start", { workflow: "w", chat_id: "c", run_id: "r" }, seq++);
  const busy = frame("chat.run_status", { run_id: "r", status: "model_busy", retry_in_ms: 900 });
  const frames = [hello, start, busy];
  await show(frames);
  expect(page.querySelector("[role=status]")?.textContent).toBe("The model is busy, trying again…");
  frames.push(said("and this"));
  await show(frames);
  expect(page.textContent).toContain("The model is busy");
  const chunk = { stream_id: "x", chunk_seq: 0, content: "Hi" };
  await show([...frames, frame("chat.stream_chunk", chunk, seq++)]);
  expect(page.textContent).not.toContain("The model is busy");
});
