import { expect, test } from "vitest";
import { converse, type TestApp } from "./converse.ts";

/** A desk for receipts whose colleague has the invoices: nearly the same word, not the same thing. */
function office(): TestApp {
  const number = {
    type: "string",
    pattern: "^R-\\d{4}$",
    description: "The number of the receipt, like R-1001",
  };
  return {
    name: "Office",
    description: "Receipts and invoices.",
    entry: "receipts",
    agents: {
      receipts: {
        title: "Receipts",
        handles: "Receipts: to hand one in and to see how it stands.",
        instructions: "You take in receipts.",
        tools: {
          find_receipt: {
            description: "Find one receipt by its number. Use it for the status or details of a receipt.",
            props: { receipt_number: number },
            required: ["receipt_number"],
            run: () => ({ ok: true, row: { receipt_number: "R-1001", status: "checked" } }),
          },
          list_receipts: {
            description: "List the person's own receipts, newest first.",
            run: () => ({ ok: true, rows: [{ receipt_number: "R-1001", status: "checked" }] }),
          },
          hand_off_to_invoices: {
            description:
              "Hand the conversation over to Invoices, which handles: Invoices: what they are for and whether they are paid.",
            to: "invoices",
          },
        },
      },
      invoices: {
        title: "Invoices",
        handles: "Invoices: what they are for and whether they are paid.",
        instructions: "You look up invoices.",
        tools: {
          list_invoices: {
            description: "List the person's own invoices. Use it for the status of an invoice.",
            run: () => ({ ok: true, rows: [{ invoice_number: "I-1001", status: "paid" }] }),
          },
        },
      },
    },
  };
}

test("a colleague's own word counts for more than one that means nearly the same here", async () => {
  const talk = converse(office());
  expect((await talk.say("What is the status of my invoice?")).agent).toBe("invoices");
});

test("what means nearly the same is still understood where nobody has the word itself", async () => {
  const talk = converse(office());
  const { agent, calls } = await talk.say("Show me my bills");
  expect(agent).toBe("receipts");
  expect(calls.map((it) => it.tool)).toEqual(["list_receipts"]);
});

/** A desk with one tool that does something and answers the row. */
function desk(tool: string, description: string, row: Record<string, unknown>): TestApp {
  return {
    name: "Desk",
    description: "A desk.",
    entry: "desk",
    agents: {
      desk: {
        title: "Desk",
        handles: "Everything.",
        instructions: "You help.",
        tools: {
          [tool]: {
            description,
            props: {
              plan_number: { type: "string", pattern: "^P-\\d{4}$", description: "The number, like P-1001" },
              level: { type: "string", enum: ["basic", "premium"], description: "Which level" },
            },
            required: ["plan_number", "level"],
            run: () => ({ ok: true, row }),
          },
        },
      },
    },
  };
}

test("what was worked out while something was done is told", async () => {
  const row = { answer_number: "A-1001", plan_number: "P-1001", level: "basic" };
  const tool = ["submit_guess", "Submit a guess. Use it when the person submits a guess."] as const;
  const right = await converse(desk(...tool, { ...row, correct: true })).say(
    "Submit a guess for P-1001: basic",
  );
  expect(right.said).toContain("it is correct");
  const wrong = await converse(desk(...tool, { ...row, correct: false })).say(
    "Submit a guess for P-1001: basic",
  );
  expect(wrong.said).toContain("it is not correct");
});

test("a change of something else is not told as a move to its day", async () => {
  const row = { plan_number: "P-1001", level: "premium", starts_on: "2030-01-01", status: "active" };
  const talk = converse(desk("change_plan", "Change a plan. Use it to change the level of a plan.", row));
  const { said } = await talk.say("Change my plan P-1001 to premium");
  expect(said).toContain("premium");
  expect(said).not.toContain("January");
});
