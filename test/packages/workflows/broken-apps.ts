import { filesFrom } from "#generator/files-from";
import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { TableTool } from "#protocol/app-file/tool";
import { planned } from "#test/support/planned";
import { checkApp } from "#workflows/check-app";

export const FILES = seed();

function seed(): AppFiles {
  return filesFrom(planned("Build a customer support app that handles refunds and tracks orders"));
}

export type Parts = { files: AppFiles; refund: TableTool; find: TableTool };

/** Findings after one change to a sound app. */
export function after(change: (parts: Parts) => void): string[] {
  const files = structuredClone(FILES);
  const refund = files.workflows["refund-handler"]!.tools.request_refund as TableTool;
  const find = files.workflows["order-tracker"]!.tools.find_order as TableTool;
  change({ files, refund, find });
  return checkApp(files).map((it) => `${it.path} | ${it.message}`);
}

/** A conversation that looks at rows. */
const AT = FILES.acceptance["refund-handler"]!.cases.findIndex((it) => it.steps[0]!.expect.rows.length > 0);
const firstCase = (files: AppFiles): AcceptanceCase => files.acceptance["refund-handler"]!.cases[AT]!;

/** One thing broken each: what it is called, the change, where it is found and what is said. */
export const BROKEN: [string, (parts: Parts) => void, string, RegExp][] = [
  [
    "no entry workflow",
    ({ files }) => {
      files.workflows["customer-support"]!.entry = false;
    },
    "workflows",
    /No workflow is the entry/,
  ],
  [
    "two entry workflows",
    ({ files }) => {
      files.workflows["order-tracker"]!.entry = true;
    },
    "workflows/order-tracker/workflow.yaml: entry",
    /Only one/,
  ],
  [
    "an entry agent that is not there",
    ({ files }) => {
      files.workflows["order-tracker"]!.entry_agent = "nobody";
    },
    "workflows/order-tracker/workflow.yaml: entry_agent",
    /no agent "nobody"/,
  ],
  [
    "an unknown tool",
    ({ files }) => void files.workflows["order-tracker"]!.agents["order-tracker"]!.tools.push("fly"),
    "workflows/order-tracker/workflow.yaml: agents.order-tracker.tools.3",
    /no tool "fly"/,
  ],
  [
    "a tool nobody has",
    ({ files }) => void files.workflows["order-tracker"]!.agents["order-tracker"]!.tools.pop(),
    "workflows/order-tracker/workflow.yaml: tools.talk_to_a_person",
    /No agent has/,
  ],
  [
    "an unknown hand-off",
    ({ files }) => void files.workflows["order-tracker"]!.agents["order-tracker"]!.handoffs.push("sales"),
    "workflows/order-tracker/workflow.yaml: agents.order-tracker.handoffs.1",
    /no agent or workflow "sales"/,
  ],
  [
    "a workflow that no chat gets to",
    ({ files }) => {
      for (const it of Object.values(files.workflows))
        for (const agent of Object.values(it.agents))
          agent.handoffs = agent.handoffs.filter((to) => to !== "refund-handler");
    },
    "workflows/refund-handler/workflow.yaml",
    /No chat gets to/,
  ],
  [
    "an agent that no chat gets to and that can do nothing",
    ({ files }) => {
      files.workflows["order-tracker"]!.agents.idle = {
        description: "Idles",
        instructions: "Idle.",
        tools: [],
        handoffs: [],
      };
    },
    "workflows/order-tracker/workflow.yaml: agents.idle",
    /can do nothing/,
  ],
  [
    "an unknown table",
    ({ find }) => {
      find.table = "parcels";
    },
    "workflows/order-tracker/workflow.yaml: tools.find_order.table",
    /no table "parcels"; there are "orders" and "refunds"/,
  ],
  [
    "an unknown column to find by",
    ({ find }) => {
      find.by = ["colour"];
    },
    "workflows/order-tracker/workflow.yaml: tools.find_order.by.0",
    /no column "colour" in orders/,
  ],
  [
    "nothing to find by",
    ({ find }) => {
      find.by = [];
    },
    "workflows/order-tracker/workflow.yaml: tools.find_order.by",
    /which column/,
  ],
  [
    "an unknown column to write",
    ({ refund }) => void refund.set.push("mood"),
    "workflows/refund-handler/workflow.yaml: tools.request_refund.set.2",
    /no column "mood"/,
  ],
  [
    "a required column nobody fills",
    ({ refund }) => {
      refund.set = ["order_number"];
    },
    "workflows/refund-handler/workflow.yaml: tools.request_refund.set",
    /New rows need "reason"/,
  ],
  [
    "a value for an unknown column",
    ({ refund }) => {
      refund.values.colour = '"red"';
    },
    "workflows/refund-handler/workflow.yaml: tools.request_refund.values.colour",
    /no column "colour"/,
  ],
  [
    "a value from an unknown column of the looked-up row",
    ({ refund }) => {
      refund.values.amount = "order.price";
    },
    "workflows/refund-handler/workflow.yaml: tools.request_refund.values.amount",
    /"order" has no "price"/,
  ],
  [
    "a value from an unknown variable",
    ({ refund }) => {
      refund.values.amount = "purchase.total";
    },
    "workflows/refund-handler/workflow.yaml: tools.request_refund.values.amount",
    /no "purchase" here/,
  ],
  [
    "CEL that does not parse",
    ({ refund }) => {
      refund.values.amount = "order.total +";
    },
    "workflows/refund-handler/workflow.yaml: tools.request_refund.values.amount",
    /can't be read/,
  ],
  [
    "a fixed value outside an enum",
    ({ refund }) => {
      refund.values.status = '"pending"';
    },
    "workflows/refund-handler/workflow.yaml: tools.request_refund.values.status",
    /"pending" is not a value/,
  ],
  [
    "a condition on something unknown",
    ({ refund }) => {
      refund.require[0]!.when = "args.amount > 5.0";
    },
    "workflows/refund-handler/workflow.yaml: tools.request_refund.require.0.when",
    /"args" has no "amount"/,
  ],
  [
    "an approval condition that does not parse",
    ({ refund }) => {
      refund.approval!.when = "(((";
    },
    "workflows/refund-handler/workflow.yaml: tools.request_refund.approval.when",
    /can't be read/,
  ],
  [
    "an approval message about nothing",
    ({ refund }) => {
      refund.approval!.message = "Pay {price}?";
    },
    "workflows/refund-handler/workflow.yaml: tools.request_refund.approval.message",
    /names nothing/,
  ],
  [
    "a look-up in an unknown table",
    ({ refund }) => {
      refund.lookup[0]!.table = "parcels";
    },
    "workflows/refund-handler/workflow.yaml: tools.request_refund.lookup.0.table",
    /no table "parcels"/,
  ],
  [
    "a look-up by an unknown column",
    ({ refund }) => {
      refund.lookup[0]!.by = { parcel: "order_number" };
    },
    "workflows/refund-handler/workflow.yaml: tools.request_refund.lookup.0.by.parcel",
    /no column "parcel"/,
  ],
  [
    "a key that is no column",
    ({ files }) => {
      files.app.tables.orders!.key = "id";
    },
    "app.yaml: tables.orders.key",
    /not a column/,
  ],
  [
    "a sample row that does not fit",
    ({ files }) => {
      files.app.tables.orders!.sample[0]!.values.total = "much";
    },
    "app.yaml: tables.orders.sample.0.values.total",
    /must be an amount/,
  ],
  [
    "a sample row with an unknown column",
    ({ files }) => {
      files.app.tables.orders!.sample[0]!.values.mood = "good";
    },
    "app.yaml: tables.orders.sample.0.values.mood",
    /no column "mood"/,
  ],
  [
    "two sample rows of one name",
    ({ files }) => {
      files.app.tables.orders!.sample[1]!.values.order_number = "A-1001";
    },
    "app.yaml: tables.orders.sample.1.values.order_number",
    /Two rows/,
  ],
  [
    "a pattern that is none",
    ({ files }) => {
      files.app.tables.orders!.columns.item!.pattern = "((";
    },
    "app.yaml: tables.orders.columns.item.pattern",
    /not supported/,
  ],
  [
    "a conversation that starts nowhere",
    ({ files }) => {
      firstCase(files).workflow = "sales";
    },
    `workflows/refund-handler/acceptance.yaml: cases.${AT}.workflow`,
    /no workflow "sales"/,
  ],
  [
    "a conversation about an unknown tool",
    ({ files }) => {
      firstCase(files).steps[0]!.expect.tools = ["fly"];
    },
    `workflows/refund-handler/acceptance.yaml: cases.${AT}.steps.0.expect.tools`,
    /no tool "fly"/,
  ],
  [
    "a conversation about an unknown table",
    ({ files }) => {
      firstCase(files).steps[0]!.expect.rows[0]!.table = "parcels";
    },
    `workflows/refund-handler/acceptance.yaml: cases.${AT}.steps.0.expect.rows.0.table`,
    /no table "parcels"/,
  ],
];
