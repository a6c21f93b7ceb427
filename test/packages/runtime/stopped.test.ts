import type { LanguageModelV4 } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import type { RunEvent } from "#runtime/events";
import { scriptedModel } from "#test/support/scripted-model";
import { shopChat } from "./shop.ts";

const LOOK_UP = { calls: [{ name: "find_order", args: { order_number: "A-1001" } }] };
const never = () => new Promise<never>(() => undefined);

/** The events of a run that is stopped as soon as it hangs. No clock: a run that would hang on never ends the test. */
async function stoppedIn(
  hang: (chat: ReturnType<typeof shopChat>, hangs: () => void) => LanguageModelV4 | undefined,
) {
  const abort = new AbortController();
  let hung = () => {};
  const hanging = new Promise<void>((resolve) => {
    hung = resolve;
  });
  const chat = shopChat(scriptedModel([LOOK_UP, { text: ["Done."] }]), { signal: abort.signal });
  const other = hang(chat, hung);
  if (other) chat.deps.resolveModel = () => other;
  const events: Promise<RunEvent[]> = chat.say("Where is A-1001?");
  await hanging;
  abort.abort();
  return { chat, events: await events };
}

test("F23 a stop ends a tool call that hangs and heeds nothing, and the next turn has a whole history", async () => {
  const { chat, events } = await stoppedIn((it, hangs) => {
    const hang = () => {
      hangs();
      return never();
    };
    it.deps.tables = { ...it.deps.tables, get: hang, find: hang };
    return undefined;
  });
  expect(events.at(-1)).toEqual({ type: "cancelled" });
  expect(events.find(({ type }) => type === "tool_result")).toMatchObject({ outcome: { ok: false } });
  expect(chat.transcript.at(-1)?.kind).toBe("tool");
});

test("F23 a stop ends a model call whose provider takes no notice, and nothing is spent on it", async () => {
  const { events } = await stoppedIn((_, hangs) => ({
    ...scriptedModel([]),
    doStream: () => {
      hangs();
      return never();
    },
  }));
  expect(events.map(({ type }) => type)).toEqual(["calling", "cancelled"]);
});
