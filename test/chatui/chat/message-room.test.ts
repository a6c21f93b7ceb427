import { expect, test } from "vitest";
import { MAX_FRAME_BYTES } from "#protocol/frames/limits";
import { parseUp } from "#protocol/frames/parse-up";
import { messageRoom } from "../../../chatui/src/chat/message-room.ts";

const accepted = (text: string) =>
  parseUp(
    JSON.stringify({
      type: "user.input.submit",
      data: { chat_id: "c".repeat(64), text: text.trim(), client_message_id: "m".repeat(36) },
    }),
  ).ok;

test("a short message has room to spare", () => {
  expect(messageRoom("hello")).toEqual({ state: "fine" });
});

test("near the limit it says how many characters are left", () => {
  expect(messageRoom("a".repeat(19_500))).toEqual({ state: "near", characters: 500 });
  expect(messageRoom("a".repeat(20_000))).toEqual({ state: "near", characters: 0 });
});

test("past the limit it says by how much", () => {
  expect(messageRoom("a".repeat(20_040))).toEqual({ state: "over", characters: 40 });
});

test("blanks around a message are not sent and not counted", () => {
  expect(messageRoom(`${"a".repeat(100)}${" ".repeat(20_000)}`)).toEqual({ state: "fine" });
});

test.each([
  ["Chinese", "好"],
  ["an emoji", "🦷"],
  ["line breaks between letters", "a\n"],
  ["quotes", '"'],
  ["control characters", "\u0001"],
])("what it lets through in %s, the server takes", (_, unit) => {
  for (let length = 4_000; length <= 20_400; length += 200) {
    const text = `x${unit.repeat(Math.floor(length / unit.length))}x`;
    if (messageRoom(text).state !== "over") expect(accepted(text)).toBe(true);
  }
});

test("a message of three bytes a letter is over before its letters are", () => {
  const room = messageRoom("好".repeat(MAX_FRAME_BYTES / 3));
  expect(room.state).toBe("over");
});
