import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import { ChatContext, type ChatParts } from "../../../chatui/src/chat/chat-context.ts";
import { EditMessage } from "../../../chatui/src/chat/edit-message.tsx";
import { MessageActions } from "../../../chatui/src/chat/message-actions.tsx";
import { NO_PARTS } from "./chat-parts.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let root: Root | undefined;
afterEach(() => {
  act(() => root?.unmount());
  document.body.innerHTML = "";
});

function show(ui: ReactNode): void {
  const place = document.body.appendChild(document.createElement("div"));
  root = createRoot(place);
  act(() => root?.render(ui));
}
const by = (label: string) => document.querySelector<HTMLButtonElement>(`[aria-label="${label}"]`);
const click = (element: HTMLElement | null | undefined) => act(() => element?.click());

function parts(own: Partial<NonNullable<ChatParts["own"]>> | null): ChatParts {
  const nothing = () => {};
  const whole = {
    resend: nothing,
    edit: nothing,
    discard: nothing,
    rewrite: nothing,
    regenerate: nothing,
    rate: nothing,
  };
  return { ...NO_PARTS, own: own && { ...whole, ...own } };
}

test("thumbs say what they are, and which one is pressed", () => {
  const rate = vi.fn();
  show(
    <ChatContext value={parts({ rate })}>
      <MessageActions messageId="m" text="Yes." isLast={false} />
    </ChatContext>,
  );
  click(by("Bad answer"));
  expect(rate.mock.calls).toEqual([["m", "down"]]);
  expect(by("Bad answer")?.getAttribute("aria-pressed")).toBe("true");
  expect(by("Good answer")?.getAttribute("aria-pressed")).toBe("false");
});

test("another answer is offered on the last one only, and not where nobody writes", () => {
  const regenerate = vi.fn();
  show(
    <ChatContext value={parts({ regenerate })}>
      <MessageActions messageId="first" text="Yes." isLast={false} />
      <MessageActions messageId="last" text="Yes." isLast />
    </ChatContext>,
  );
  expect(document.querySelectorAll('[data-testid="regenerate"]')).toHaveLength(1);
  click(by("Another answer"));
  expect(regenerate.mock.calls).toEqual([["last"]]);
  act(() =>
    root?.render(
      <ChatContext value={parts(null)}>
        <MessageActions messageId="last" text="Yes." isLast />
      </ChatContext>,
    ),
  );
  expect(document.querySelectorAll("button")).toHaveLength(0);
});

test("a message is sent again only in other words", () => {
  const said: string[] = [];
  const left = vi.fn();
  show(<EditMessage text="hello" onSay={(text) => said.push(text)} onCancel={left} />);
  const area = document.querySelector("textarea")!;
  const type = (value: string) =>
    act(() => {
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(area, value);
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
  const send = () => document.querySelector<HTMLButtonElement>('[type="submit"]');
  expect(send()?.disabled).toBe(true);
  type("   ");
  expect(send()?.disabled).toBe(true);
  type(" hello there ");
  click(send());
  expect(said).toEqual(["hello there"]);
  act(() => void area.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true })));
  expect(left).toHaveBeenCalledOnce();
});
