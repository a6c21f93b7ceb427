import type { LanguageModelV4 } from "@ai-sdk/provider";
import { appFile } from "#protocol/app-file/app";
import type { AppFiles } from "#protocol/app-file/app-files";
import { workflowFile } from "#protocol/app-file/workflow";
import type { RunEvent } from "#runtime/events";
import { entryOf } from "#runtime/find-agent";
import type { RunDeps } from "#runtime/run-deps";
import { newRun, type RunState } from "#runtime/run-state";
import { runTurn } from "#runtime/run-turn";
import type { Entry } from "#runtime/transcript";
import { nodeMeter } from "#test/support/node-meter";
import { runDeps } from "#test/support/run-deps";

/** A hand-written shop with two workflows: one looks orders up, the other refunds them after a yes. */
export const SHOP: AppFiles = {
  app: appFile.parse({
    name: "Corner Shop",
    description: "Helps customers of a small shop.",
    tables: {
      orders: {
        title: "Orders",
        key: "order_number",
        columns: {
          order_number: {
            type: "text",
            title: "Order number",
            pattern: "[A-Z]-\\d{4}",
            examples: ["A-1001"],
          },
          status: { type: "enum", values: ["shipped", "delivered"] },
          total: { type: "money" },
        },
        sample: [
          { values: { order_number: "A-1001", status: "shipped", total: 89.9 } },
          { owner: "sample", values: { order_number: "A-1002", status: "delivered", total: 12 } },
        ],
      },
      refunds: {
        title: "Refunds",
        key: "refund_number",
        key_prefix: "R-",
        columns: {
          refund_number: { type: "text" },
          order_number: { type: "text", required: true },
          amount: { type: "money", required: true },
          reason: { type: "text", required: true },
        },
      },
    },
  }),
  workflows: {
    "order-tracker": workflowFile.parse({
      name: "order-tracker",
      title: "Order tracker",
      description: "Finds orders.",
      entry: true,
      entry_agent: "order-tracker",
      agents: {
        "order-tracker": {
          description: "Where an order is.",
          instructions: "Look the order up.",
          tools: ["find_order", "ask_happy"],
          handoffs: ["refund-handler"],
        },
      },
      tools: {
        find_order: {
          kind: "table",
          description: "Look up one order by its number.",
          table: "orders",
          action: "get",
          by: ["order_number"],
        },
        ask_happy: {
          kind: "ui",
          description: "Ask whether the person is happy.",
          component: "choice",
          options: ["yes", "no"],
        },
      },
    }),
    "refund-handler": workflowFile.parse({
      name: "refund-handler",
      title: "Refund handler",
      description: "Refunds orders.",
      entry_agent: "refund-handler",
      agents: {
        "refund-handler": {
          description: "Refunds for orders.",
          instructions: "Request refunds.",
          tools: ["request_refund"],
          handoffs: ["order-tracker"],
        },
      },
      tools: {
        request_refund: {
          kind: "table",
          description: "Request a refund for an order.",
          table: "refunds",
          action: "insert",
          set: ["order_number", "reason"],
          lookup: [{ as: "order", table: "orders", by: { order_number: "order_number" } }],
          values: { amount: "order.total" },
          require: [{ when: "order.total > 0", message: "There is nothing to refund." }],
          approval: { by: "user", message: "Refund {amount} for order {order_number}?" },
        },
      },
    }),
  },
  acceptance: {},
};

export const ANN = { id: "user_ann", name: "Ann" };

/** A chat in memory with one model: say something, answer a card, see the events. */
export function shopChat(
  model: LanguageModelV4,
  {
    grantNano,
    ...options
  }: { grantNano?: bigint } & Partial<Pick<RunDeps, "signal" | "wait" | "clock" | "meter" | "attached">> = {},
) {
  const meter = nodeMeter(grantNano);
  const transcript: Entry[] = [];
  const files = { ...SHOP, app: { ...SHOP.app, model: "offline/mozaiks-1" } };
  const deps: RunDeps = runDeps(files, model, { user: ANN, meter, ...options });
  let at = entryOf(SHOP, "order-tracker");
  let run: RunState = newRun("run_0", at);
  async function go(seen: (event: RunEvent) => void = () => undefined): Promise<RunEvent[]> {
    const events: RunEvent[] = [];
    for await (const event of runTurn(run, transcript, deps)) {
      events.push(event);
      seen(event);
    }
    at = { workflow: run.workflow, agent: run.agent };
    return events;
  }
  return {
    deps,
    meter,
    tables: deps.tables,
    transcript,
    run: () => run,
    say(text: string, seen?: (event: RunEvent) => void) {
      transcript.push({ kind: "user", message_id: deps.newId("msg"), text });
      run = newRun(deps.newId("run"), at);
      return go(seen);
    },
    answer(answer: unknown) {
      if (run.pending) run.pending.answer = answer;
      return go();
    },
    /** As after a crash: only what is JSON survives. */
    again(changed: RunState = JSON.parse(JSON.stringify(run))) {
      run = changed;
      return go();
    },
  };
}

export function types(events: RunEvent[]): string[] {
  return events.map((event) => event.type);
}
