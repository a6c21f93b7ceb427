import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Plan } from "#protocol/api/plan";
import type { Question } from "#protocol/api/question";
import { ChatContext } from "../../../chatui/src/chat/chat-context.ts";
import type { ToolItem } from "../../../chatui/src/chat/chat-state.ts";
import { EnterpriseContext } from "../../../chatui/src/foundry/enterprise-context.ts";
import { PlanCard } from "../../../chatui/src/foundry/plan-card.tsx";
import { QuestionsCard } from "../../../chatui/src/foundry/questions-card.tsx";
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

const QUESTIONS: Question[] = [
  {
    id: "tasks",
    text: "What should people be able to do?",
    options: [
      { value: "book appointments", label: "Book appointments" },
      { value: "track orders", label: "See where orders are" },
    ],
    multiple: true,
    free_text: true,
  },
  {
    id: "business",
    text: "Who is it for?",
    options: [
      { value: "clinic", label: "Clinic" },
      { value: "gym", label: "Gym" },
    ],
  },
];
const PLAN = {
  name: "Smile Clinic",
  description: "Appointments.",
  brief: ["book appointments"],
  assumptions: ["One.", "Two.", "Three.", "Four.", "Five."],
  workflows: [],
  tables: {},
  branding: {},
  estimate: {
    turn_nano: "231000",
    turn_usd: "0.000231",
    conversation_nano: "1155000",
    conversation_usd: "0.001155",
    conversation_turns: 5,
    build_nano: "0",
  },
} as Plan;

function show(Card: typeof PlanCard, part: Partial<ToolItem>): void {
  const item: ToolItem = {
    kind: "tool",
    id: "t",
    key: "tool-0",
    name: "ask_questions",
    interaction: "ui_tool",
    component: "questions",
    payload: { questions: QUESTIONS, title: "A few questions first", message: "Answer what you like." },
    awaiting: true,
    steps: [],
    ...part,
  };
  const parts = { ...NO_PARTS, answer: (_: string, response: unknown) => void answers.push(response) };
  act(() =>
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <EnterpriseContext value="ent_1">
          <ChatContext value={parts}>
            <Card item={item} />
          </ChatContext>
        </EnterpriseContext>
      </QueryClientProvider>,
    ),
  );
}

const click = (element: Element | null | undefined) => act(() => (element as HTMLElement).click());
const byId = (id: string) => page.querySelector<HTMLButtonElement>(`[data-testid=${id}]`);
const tick = (label: string) =>
  click(
    [...page.querySelectorAll("label")]
      .find((it) => it.textContent?.trim() === label)
      ?.querySelector("input"),
  );

function write(text: string): void {
  const input = page.querySelector<HTMLInputElement>("input:not([type=checkbox])");
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  act(() => {
    set?.call(input, text);
    input?.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

test("answers are what was ticked and written; one's own words join many and replace one", () => {
  show(QuestionsCard, {});
  expect(byId("send-answers")?.disabled).toBe(true);
  tick("Book appointments");
  tick("See where orders are");
  tick("Book appointments");
  write("  swap plants ");
  tick("Clinic");
  tick("Gym");
  click(byId("send-answers"));
  expect(answers).toEqual([{ tasks: ["track orders", "swap plants"], business: "gym" }]);
});

test("questions can be skipped, whatever was ticked", () => {
  show(QuestionsCard, {});
  tick("Gym");
  click(byId("skip-questions"));
  expect(answers).toEqual([{}]);
});

test("what was answered is told in words, after a reload too; a refusal is read out and may be put right", () => {
  show(QuestionsCard, {
    outcome: { status: "ok", success: true, content: { ok: true, answers: { tasks: ["track orders"] } } },
  });
  expect(page.textContent).toContain("See where orders are");
  expect(page.textContent).not.toContain("Who is it for?");
  show(QuestionsCard, { outcome: { status: "ok", success: true, content: { ok: true, answers: {} } } });
  expect(page.textContent).toContain("You skipped them.");
  show(QuestionsCard, { outcome: { status: "dismissed", success: false, content: {} } });
  expect(page.textContent).toContain("went on without answering");
  show(QuestionsCard, { answer: { status: "rejected", response: {}, reason: "Too long." } });
  expect(page.querySelector("[role=alert]")?.textContent).toBe("Too long.");
  expect(byId("skip-questions")?.disabled).toBe(false);
});

test("a plan says what it costs and what was assumed before it is approved, and who planned it", () => {
  const by = { by: "model", asks: 1, model: "anthropic/claude", prompt_version: "1" };
  show(PlanCard, {
    name: "build_app",
    component: "plan",
    payload: { plan: PLAN, plan_hash: "h", planned_by: by },
  });
  const rows = [...page.querySelectorAll("dt")].map((it) => [
    it.textContent,
    it.nextElementSibling?.textContent,
  ]);
  expect(rows).toEqual([
    ["Building it", "free"],
    ["A message and its answer", "about $0.00023"],
    ["A conversation of 5 messages", "about $0.0012"],
    ["A thousand conversations", "about $1.16"],
  ]);
  const open = [...page.querySelectorAll("li")].filter((it) => !it.closest("details"));
  expect(open.map((it) => it.textContent)).toEqual(["One.", "Two.", "Three.", "Four."]);
  expect(page.textContent).toContain("Planned by anthropic/claude.");
  click(byId("approve-plan"));
  expect(answers).toEqual([{ approved: true, plan_hash: "h" }]);
});

test("a plan of a build from before there were such estimates is still shown", () => {
  const estimate = { turn_nano: "231000", turn_usd: "0.000231", build_nano: "0" };
  show(PlanCard, { component: "plan", payload: { plan: { ...PLAN, estimate }, plan_hash: "h" } });
  expect(page.querySelectorAll("dt")).toHaveLength(2);
});

test("an edited plan is approved as it was edited, and what is wrong with it is said beside the button", async () => {
  const sent: [string, { plan: Plan }][] = [];
  vi.stubGlobal("fetch", async (path: string, { body }: RequestInit) => {
    sent.push([path, JSON.parse(String(body))]);
    const issues = [{ path: "plan.name", message: "Not that one." }];
    const error = {
      code: "BAD_REQUEST",
      message: "",
      retryable: false,
      request_id: "r",
      details: { issues },
    };
    return Response.json({ error }, { status: 400 });
  });
  show(PlanCard, { component: "plan", payload: { build_id: "build_1", plan: PLAN, plan_hash: "h" } });
  const button = (name: string) => [...page.querySelectorAll("button")].find((it) => it.textContent === name);
  click(button("Edit the plan"));
  const name = page.querySelector<HTMLInputElement>("input")!;
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(name, "Grin Clinic");
    name.dispatchEvent(new Event("input", { bubbles: true }));
  });
  click(button("Done"));
  expect(page.querySelector("h2")?.textContent).toBe("Grin Clinic");
  await act(async () => byId("approve-plan")?.click());
  await vi.waitFor(() => act(async () => expect(page.querySelector("[role=alert]")).not.toBeNull()));
  expect(sent).toEqual([
    ["/api/apps/ent_1/builds/build_1/approve", { plan_hash: "h", plan: { ...PLAN, name: "Grin Clinic" } }],
  ]);
  expect(answers).toEqual([]);
  expect(page.querySelector("[role=alert]")?.textContent).toContain("Not that one.");
  vi.unstubAllGlobals();
});

test("once approved it is shown as it was changed before the yes, after a reload too", async () => {
  const asked = vi
    .spyOn(globalThis, "fetch")
    .mockResolvedValue(Response.json({ build_id: "b1", status: "live", plan: { ...PLAN, name: "Teeth" } }));
  show(PlanCard, {
    component: "plan",
    payload: { plan: PLAN, plan_hash: "h", build_id: "b1" },
    outcome: { status: "ok", success: true, content: {} },
  });
  await act(() => vi.waitFor(() => expect(page.textContent).toContain("Teeth")));
  expect(page.textContent).toContain("Approved by you.");
  expect(asked.mock.calls.map(([url]) => String(url))).toEqual([
    expect.stringContaining("/api/apps/ent_1/builds/b1"),
  ]);
  asked.mockRestore();
});
