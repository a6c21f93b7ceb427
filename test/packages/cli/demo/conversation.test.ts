import { expect, test } from "vitest";
import { conversationFor, SEED_PROMPT } from "#cli/demo/conversation";

const workflow = (name: string, entry: boolean) => ({
  name,
  display_name: name,
  description: "",
  initial_agent: name,
  entry_point: entry,
  status: "ready" as const,
  suggestions: [`Ask ${name}`, "Something else"],
});

test("a demo talks to the app's entry and says what that suggests", () => {
  const workflows = [workflow("refund-handler", false), workflow("customer-support", true)];
  expect(conversationFor("Build a bakery", workflows)).toEqual({
    workflow: "customer-support",
    lines: ["Hi", "What can you do?", "Ask customer-support"],
  });
});

test("the seed's app is asked for the story it was built for", () => {
  expect(conversationFor(SEED_PROMPT, [workflow("customer-support", true)])?.lines).toContain(
    "Where is my order A-1001?",
  );
});

test("an app without workflows has no conversation", () => {
  expect(conversationFor(SEED_PROMPT, [])).toBeNull();
});
