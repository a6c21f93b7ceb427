import { expect, test } from "vitest";
import { lawFirm } from "./apps/law-firm.ts";
import { shop } from "./apps/shop.ts";
import { converse } from "./converse.ts";
import { holds } from "./holds.ts";

test("a pronoun after a declined refund means the order that was talked about", async () => {
  const app = shop({ approve: false });
  await holds(app, [
    {
      say: "I want a refund for A-1001, it arrived broken",
      calls: [["hand_off_to_refund_handler"], ["request_refund"]],
    },
    {
      say: "ok then where is it?",
      calls: [["find_order", { order_number: "A-1001" }]],
      includes: ["shipped"],
    },
  ]);
});

test("a question about something else is no reason; it is asked for again", async () => {
  await holds(shop(), [
    { say: "I want a refund for A-1001", calls: [["hand_off_to_refund_handler"]], includes: ["reason"] },
    { say: "what's the weather like?", includes: ["can't help with that", "the reason?"] },
    { say: "how old are you", includes: ["the reason?"] },
    { say: "it arrived broken", calls: [["request_refund", { reason: "it arrived broken" }]] },
  ]);
});

test("a question that has an answer is answered before the task goes on", async () => {
  await holds(shop(), [
    { say: "I want a refund for A-1001", calls: [["hand_off_to_refund_handler"]], includes: ["reason"] },
    { say: "Where is my order A-1003?", calls: [["find_order", { order_number: "A-1003" }]] },
  ]);
});

test("who comes with a wish is handed to the one colleague who takes new people", async () => {
  await holds(lawFirm("leads", "consultations"), [
    {
      say: "hi",
      includes: ["I'm the Law Firm assistant.", "My colleagues can help with leads and consultations."],
    },
    {
      say: "I need a lawyer for a divorce",
      agent: "leads",
      calls: [["hand_off_to_leads"]],
      includes: ["e-mail"],
    },
    {
      say: "my email is bob@x.org and my name is Bob Stone",
      calls: [["leave_lead", { email: "bob@x.org", interest: "a lawyer for a divorce" }]],
    },
  ]);
});

test("where several colleagues could be meant, the person is asked and may answer in a word", async () => {
  for (const [answer, agent] of [
    ["yes", "consultations"],
    ["the second one", "forms"],
    ["2", "forms"],
    ["intake forms please", "forms"],
  ] as const) {
    const chat = converse(lawFirm("consultations", "forms"));
    const asked = await chat.say("I need a lawyer for a divorce");
    expect(asked.said).toBe(
      "I can bring in a colleague for consultations or for intake forms. Which would you like?",
    );
    const answered = await chat.say(answer);
    expect(answered.agent, answer).toBe(agent);
    expect(answered.said, answer).toMatch(/\?$/);
  }
});

test("what a person wrote freely is told back in quotes", async () => {
  const turns = converse(lawFirm("leads", "consultations"));
  await turns.say("I need a lawyer for a divorce");
  await turns.say("bob@x.org");
  const told = await turns.say("Show me my leads");
  expect(told.said).toContain("The interest: “a lawyer for a divorce”.");
});
