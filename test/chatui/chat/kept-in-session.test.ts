import { expect, test } from "vitest";
import { keptInSession } from "../../../chatui/src/chat/kept-in-session.ts";

function storage(holds: Record<string, string> = {}) {
  return {
    getItem: (key: string) => holds[key] ?? null,
    setItem: (key: string, value: string) => {
      holds[key] = value;
    },
    removeItem: (key: string) => {
      delete holds[key];
    },
  } as unknown as Storage;
}

test("each chat has its own unsent messages, and nothing is left when all are sent", () => {
  const holds: Record<string, string> = {};
  const one = keptInSession(() => storage(holds), "u:one");
  one.save([{ clientId: "c", text: "hi", edits: "m" }]);
  expect(one.load()).toEqual([{ clientId: "c", text: "hi", edits: "m" }]);
  expect(keptInSession(() => storage(holds), "u:two").load()).toEqual([]);
  one.save([]);
  expect(holds).toEqual({});
});

test.each(["{", "7", "null", '[7,null,{"text":"x"},{"clientId":1,"text":"x"}]'])(
  "%s is not a message",
  (text) => {
    expect(keptInSession(() => storage({ "unsent:u:one": text }), "u:one").load()).toEqual([]);
  },
);

test("without storage nothing breaks", () => {
  const kept = keptInSession(() => {
    throw new Error("forbidden");
  }, "u:one");
  kept.save([{ clientId: "c", text: "hi" }]);
  expect(kept.load()).toEqual([]);
});
