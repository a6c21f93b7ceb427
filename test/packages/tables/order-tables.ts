import { type Table, table } from "#protocol/app-file/table";

/** Tables of a small shop, for the tests of the store. */
export const ORDER_TABLES: Record<string, Table> = {
  orders: table.parse({
    title: "Orders",
    key: "order_number",
    columns: {
      order_number: { type: "text", required: true, pattern: "[A-Z]-\\d{4,}" },
      product: { type: "text" },
      status: { type: "enum", values: ["Open", "Shipped"], default: "Open" },
      total: { type: "money" },
      items: { type: "integer" },
      weight: { type: "number" },
      paid: { type: "boolean", default: false },
      due: { type: "date" },
      placed_at: { type: "datetime" },
      contact: { type: "email" },
    },
    sample: [
      { owner: "creator", values: { order_number: "A-1001", product: "Lamp", total: 49.99 } },
      { owner: "sample", values: { order_number: "A-1002", product: "Desk", total: 120 } },
    ],
  }),
  refunds: table.parse({
    title: "Refunds",
    key: "refund_number",
    key_prefix: "R-",
    columns: { refund_number: { type: "text" }, reason: { type: "text", required: true } },
  }),
  faq: table.parse({
    title: "Questions",
    owner: "shared",
    key: "question",
    columns: { question: { type: "text" }, answer: { type: "text" } },
  }),
};

/** The code of the AppError that `work` throws. */
export function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return "no error";
}
