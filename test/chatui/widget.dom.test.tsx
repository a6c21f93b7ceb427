import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import { EMPTY_CHAT } from "../../chatui/src/chat/chat-state.ts";
import { EmbedSignIn } from "../../chatui/src/widget/embed-sign-in.tsx";
import { linkToHost, toFrame } from "../../chatui/src/widget/host-link.ts";
import { saidIn, unreadIn } from "../../chatui/src/widget/said.ts";
import { speak } from "../../chatui/src/words/words.ts";

const SHOP = "https://shop.example";
const HELLO = { mozaiks: 1, type: "hello", identity: true };

/** A frame in a window, as far as it is used. */
function framed() {
  const sent: unknown[] = [];
  const parent = { postMessage: (message: unknown, to: string) => sent.push([message, to]) };
  let deliver = (_: object) => {};
  const frame = {
    parent,
    addEventListener: (_: string, hear: (event: object) => void) => {
      deliver = hear;
    },
  };
  const heard: unknown[] = [];
  const say = linkToHost(frame as unknown as Window, [SHOP], (message) => heard.push(message));
  return { parent, frame, sent, heard, say, deliver: (event: object) => deliver(event) };
}

test("T40 the frame hears the page that holds it, of an allowed origin, and answers to that origin alone", () => {
  const it = framed();
  it.say({ type: "ready" });
  for (const origin of [
    "https://evil.example",
    "https://shop.example.evil.example",
    "http://shop.example",
    "null",
    "",
  ])
    it.deliver({ source: it.parent, origin, data: HELLO });
  it.deliver({ source: it.frame, origin: SHOP, data: HELLO });
  it.deliver({ source: null, origin: SHOP, data: HELLO });
  expect([it.heard, it.sent]).toEqual([[], []]);
  it.deliver({ source: it.parent, origin: SHOP, data: HELLO });
  it.say({ type: "unread", count: 2 });
  expect(it.heard).toEqual([{ type: "hello", identity: true }]);
  expect(it.sent).toEqual([[{ mozaiks: 1, type: "unread", count: 2 }, SHOP]]);
});

test("T40 what is no message of this version, or not of its form, is nothing", () => {
  const of = (it: object) => toFrame({ mozaiks: 1, ...it });
  for (const wrong of [
    null,
    "open",
    7,
    [],
    { type: "open" },
    { mozaiks: 2, type: "open" },
    { mozaiks: "1", type: "open" },
    { mozaiks: 1, type: "ready" },
    { mozaiks: 1, type: "__proto__" },
    { mozaiks: 1, type: "identify" },
    { mozaiks: 1, type: "identify", token: { toString: () => "x" } },
    { mozaiks: 1, type: "identify", token: "x".repeat(8 * 1024 + 1) },
  ])
    expect(toFrame(wrong)).toBeNull();
  expect(of({ type: "open", more: 1 })).toEqual({ type: "open" });
  expect(of({ type: "hello", identity: "yes" })).toEqual({ type: "hello", identity: false });
  expect(of({ type: "identify", token: "a.b.c", other: 1 })).toEqual({ type: "identify", token: "a.b.c" });
});

test("unread is what the app has said since, once it stands in the log", () => {
  const text = (id: string, streaming = false) =>
    ({ kind: "text", id, messageId: id, text: id, streaming, interrupted: false }) as const;
  const user = { kind: "user", id: "u", messageId: "u", text: "u", sending: false } as const;
  const said = saidIn({ ...EMPTY_CHAT, items: [text("a"), user, text("b"), text("c", true)] });
  expect(said.map(({ id, from }) => [id, from])).toEqual([
    ["a", "app"],
    ["u", "visitor"],
    ["b", "app"],
  ]);
  expect([
    unreadIn(said, "a"),
    unreadIn(said, "b"),
    unreadIn(said, ""),
    unreadIn(said, null),
    unreadIn(said, "gone"),
  ]).toEqual([1, 0, 2, 0, 0]);
});

test("who must sign in in the frame is asked in the language of the page that holds it", async () => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  const page = document.body.appendChild(document.createElement("main"));
  const root = createRoot(page);
  const ways = { password: true, email: true, passkey: false, google: false, github: false, guest: false };
  const site = { name: "Laden", sign_in: ways } as unknown as Parameters<typeof EmbedSignIn>[0]["site"];
  const visitors = {} as Parameters<typeof EmbedSignIn>[0]["visitors"];
  await speak("de");
  try {
    await act(async () =>
      root.render(
        <EmbedSignIn site={site} mark={null} visitors={visitors} onClose={() => {}}>
          {null}
        </EmbedSignIn>,
      ),
    );
    const other = [...page.querySelectorAll("button")].find((it) => it.textContent?.includes("Schon einmal"));
    const shown = page.textContent;
    await act(async () => other?.click());
    for (const text of [shown, page.textContent]) expect(text).not.toMatch(/sign in|account|close|forgot/i);
    expect(page.querySelector("h2")?.textContent).toBe("Anmelden");
    expect(page.textContent).toContain("Passwort vergessen?");
  } finally {
    act(() => root.unmount());
    page.remove();
    await speak("en");
  }
});
