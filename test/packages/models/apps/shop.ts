import type { TestApp } from "../converse.ts";

const order = { type: "string", title: "order number", pattern: "^(?:A-\\d{4})$", examples: ["A-1001"] };

/** The seed's app: order tracker, refund handler and the front desk. */
export function shop(answers: { approve?: boolean } = {}): TestApp & { refunds: Record<string, unknown>[] } {
  const orders: Record<string, Record<string, unknown>> = {
    "A-1001": {
      order_number: "A-1001",
      item: "Ceramic mug",
      status: "shipped",
      total: 89.9,
      ordered_on: "2026-11-16",
      expected_delivery: "2026-11-26",
    },
    "A-1003": {
      order_number: "A-1003",
      item: "Tea pot",
      status: "delivered",
      total: 45,
      ordered_on: "2026-11-02",
      expected_delivery: "2026-11-10",
    },
  };
  const refunds: Record<string, unknown>[] = [];
  const findOrder = {
    description:
      "Looks up one of the person's orders by its order number: status, total and expected delivery.",
    props: { order_number: order },
    required: ["order_number"],
    run: ({ order_number }: Record<string, unknown>) => {
      const row = orders[String(order_number)];
      return row
        ? { ok: true, row }
        : { ok: false, error: `Nothing was found in orders with order number ${order_number}.` };
    },
  };
  return {
    name: "Acme Support",
    description: "Customer support that handles refunds and tracks orders.",
    entry: "desk",
    refunds,
    agents: {
      desk: {
        title: "Customer support",
        handles: "greets people and brings them to the right colleague.",
        instructions:
          "Find out what the person needs and hand over. Our opening hours are Monday to Friday, 9 am to 5 pm. Refunds are paid back within 5 business days.",
        tools: {
          hand_off_to_order_tracker: {
            description:
              "Hand the conversation over to Order tracker, which handles: tracking orders and deliveries.",
            to: "tracker",
          },
          hand_off_to_refund_handler: {
            description: "Hand the conversation over to Refund handler, which handles: refunds for orders.",
            to: "refunder",
          },
        },
      },
      tracker: {
        title: "Order tracker",
        handles: "tracking orders and deliveries.",
        instructions:
          "Look up orders with find_order and tell their status. Use list_orders when the person has no number at hand.",
        tools: {
          find_order: findOrder,
          list_orders: {
            description: "Lists the person's own orders, newest first.",
            props: {
              status: { type: "string", title: "status", enum: ["processing", "shipped", "delivered"] },
            },
            run: ({ status }) => {
              const rows = Object.values(orders).filter((row) => !status || row.status === status);
              return { ok: true, count: rows.length, rows };
            },
          },
          hand_off_to_refund_handler: {
            description: "Hand the conversation over to Refund handler, which handles: refunds for orders.",
            to: "refunder",
          },
          hand_off_to_customer_support: {
            description:
              "Hand the conversation over to Customer support, which handles: greets people and brings them to the right colleague.",
            to: "desk",
          },
        },
      },
      refunder: {
        title: "Refund handler",
        handles: "refunds for orders.",
        instructions:
          "Find the order and the reason in the conversation, then record the refund with request_refund. Refunds are possible within 30 days of delivery.",
        tools: {
          find_order: findOrder,
          request_refund: {
            description:
              "Records a refund for one of the person's orders. The person confirms the amount on a card first.",
            props: {
              order_number: order,
              reason: {
                type: "string",
                title: "reason",
                description: "Why the person wants the money back.",
              },
            },
            required: ["order_number", "reason"],
            run: ({ order_number, reason }) => {
              const row = orders[String(order_number)];
              if (!row)
                return { ok: false, error: `Nothing was found in orders with order number ${order_number}.` };
              if (answers.approve === false)
                return { ok: false, declined: true, error: "The person said no." };
              const refund = {
                refund_number: `R-${1001 + refunds.length}`,
                order_number,
                amount: row.total,
                reason,
                status: "requested",
              };
              refunds.push(refund);
              return { ok: true, saved: true, row: refund };
            },
          },
          list_refunds: {
            description: "Lists the refunds the person has asked for.",
            run: () => ({ ok: true, count: refunds.length, rows: refunds }),
          },
          hand_off_to_order_tracker: {
            description:
              "Hand the conversation over to Order tracker, which handles: tracking orders and deliveries.",
            to: "tracker",
          },
        },
      },
    },
  };
}
