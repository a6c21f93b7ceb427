import { expect, test } from "vitest";
import { nodeTableStore } from "../../support/node-tables.ts";
import { codeOf, ORDER_TABLES } from "./order-tables.ts";

const open = () => nodeTableStore(ORDER_TABLES, null);

test("T59 texts that look like SQL are stored and found as they are", () => {
  const store = open();
  const texts = [
    `'; DROP TABLE t_orders; --`,
    `" OR "1"="1`,
    "x' OR _owner <> '",
    "%_*?[a]",
    "\\'; --\n/*",
    "😀\u202e",
  ];
  texts.forEach((product, at) => {
    store.insert("ann", "orders", { order_number: `A-${2000 + at}`, product }, `k${at}`);
    expect(store.find("ann", "orders", { product }, 10).map((row) => row.values.product)).toEqual([product]);
    expect(store.find("ben", "orders", { product }, 10)).toEqual([]);
  });
  expect(store.find(`' OR '1'='1`, "orders", {}, 10)).toEqual([]);
  expect(store.count("orders", {})).toBe(texts.length);
});

test.each([`c"; --`, "_owner", "owner", "id", "constructor", "__proto__", "Product", "product "])(
  "T59 a column named %j does not exist, wherever it is given",
  (column) => {
    const store = open();
    const bad = JSON.parse(`{${JSON.stringify(column)}: "x"}`);
    const number = { order_number: "A-1001" };
    expect(codeOf(() => store.find("ann", "orders", bad, 5))).toBe("BAD_REQUEST");
    expect(codeOf(() => store.count("orders", bad))).toBe("BAD_REQUEST");
    expect(codeOf(() => store.insert("ann", "orders", { ...bad, ...number, [column]: "x" }, "k"))).toBe(
      "BAD_REQUEST",
    );
    expect(codeOf(() => store.update("ann", "orders", number, bad, "k"))).toBe("BAD_REQUEST");
  },
);

test.each(["t_orders", "_effects", "sqlite_master", "constructor", "orders; --"])(
  "T59 a table named %j does not exist",
  (table) => {
    expect(codeOf(() => open().find("ann", table, {}, 5))).toBe("BAD_REQUEST");
    expect(codeOf(() => open().insert("ann", table, {}, "k"))).toBe("BAD_REQUEST");
  },
);

test("the same key gives the first answer again and writes nothing", () => {
  const store = open();
  const first = store.insert("ann", "refunds", { reason: "broken" }, "run/1/1");
  expect(store.insert("ann", "refunds", { reason: "other words" }, "run/1/1")).toEqual(first);
  expect(store.count("refunds", {})).toBe(1);

  const by = { refund_number: "R-1001" };
  const updated = store.update("ann", "refunds", by, { reason: "late" }, "run/2/1");
  store.update("ann", "refunds", by, { reason: "lost" }, "run/3/1");
  expect(store.update("ann", "refunds", by, { reason: "late" }, "run/2/1")).toEqual(updated);
  expect(store.get("ann", "refunds", by)?.values.reason).toBe("lost");
});

test("an update that found nothing stays without effect when it is repeated", () => {
  const store = open();
  const update = () => store.update("ann", "orders", { order_number: "A-1001" }, { product: "x" }, "k1");
  expect(update()).toBeNull();
  store.insert("ann", "orders", { order_number: "A-1001", product: "Lamp" }, "k2");
  expect(update()).toBeNull();
  expect(store.get("ann", "orders", { order_number: "A-1001" })?.values.product).toBe("Lamp");
});

test("a refused write leaves its key free", () => {
  const store = open();
  expect(codeOf(() => store.insert("ann", "refunds", {}, "k"))).toBe("BAD_REQUEST");
  expect(store.insert("ann", "refunds", { reason: "broken" }, "k").values.refund_number).toBe("R-1001");
});

test("T07 a key used by another person, table or action never answers with that row", () => {
  const store = open();
  store.insert("ann", "refunds", { reason: "private" }, "k");
  const mismatch = [
    () => store.insert("ben", "refunds", { reason: "x" }, "k"),
    () => store.insert("ann", "faq", { question: "x" }, "k"),
    () => store.update("ann", "refunds", {}, { reason: "x" }, "k"),
  ];
  for (const work of mismatch) expect(codeOf(work)).toBe("IDEMPOTENCY_MISMATCH");
});

test("numbers count up over all people, past numbers that were given by hand, and stand still on repeats", () => {
  const store = open();
  const add = (who: string, key: string, values = {}) =>
    store.insert(who, "refunds", { reason: "x", ...values }, key).values.refund_number;
  expect(add("ann", "k1")).toBe("R-1001");
  expect(add("ben", "k2")).toBe("R-1002");
  expect(add("ben", "k2")).toBe("R-1002");
  expect(add("ann", "k3", { refund_number: "r-2000" })).toBe("r-2000");
  expect(add("ann", "k4")).toBe("R-2001");
  expect(add("ann", "k5", { refund_number: "R-99999999999999999999" })).toBe("R-99999999999999999999");
  expect(add("ann", "k6", { refund_number: " " })).toBe("R-2002");
});

test("a taken key is a conflict, in any case and over all people, and says nothing of the other row", () => {
  const store = open();
  store.insert("ann", "faq", { question: "Straße", answer: "secret" }, "k1");
  try {
    store.insert("ben", "faq", { question: "STRASSE" }, "k2");
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: "CONFLICT", details: { table: "faq", column: "question" } });
  }
  store.insert("ben", "faq", { question: "Where?" }, "k3");
  const rename = (question: string, key: string) =>
    store.update("ben", "faq", { question: "Where?" }, { question }, key);
  expect(codeOf(() => rename("straße", "k4"))).toBe("CONFLICT");
  expect(rename("WHERE?", "k5")?.values.question).toBe("WHERE?");
});

test("defaults fill what is left out or null; every column is in the answer", () => {
  const row = open().insert("ann", "orders", { order_number: "A-1001", status: null }, "k");
  expect(row).toMatchObject({ owner: "ann", sample: false });
  expect(row.values).toEqual({
    order_number: "A-1001",
    product: null,
    status: "Open",
    total: null,
    items: null,
    weight: null,
    paid: false,
    due: null,
    placed_at: null,
    contact: null,
  });
});

test("a required column can't be emptied, another can", () => {
  const store = open();
  store.insert("ann", "orders", { order_number: "A-1001", product: "Lamp" }, "k1");
  const update = (set: Record<string, null>, key: string) =>
    store.update("ann", "orders", { order_number: "A-1001" }, set, key);
  expect(codeOf(() => update({ order_number: null }, "k2"))).toBe("BAD_REQUEST");
  expect(update({ product: null }, "k3")?.values.product).toBeNull();
  expect(store.count("orders", { product: null })).toBe(1);
});

test("a refusal lists everything that is wrong", () => {
  const values = { order_number: "nope", total: 1.234, color: "red" };
  expect(() => open().insert("ann", "orders", values, "k")).toThrowError(
    expect.objectContaining({
      code: "BAD_REQUEST",
      message:
        "order_number must look like [A-Z]-\\d{4,}; total must have at most two decimals; color is not a column of this table.",
    }),
  );
});

test("find gives the newest first, at most as many as asked for", () => {
  const store = open();
  for (let n = 1; n <= 5; n++) store.insert("ann", "refunds", { reason: `${n}` }, `k${n}`);
  expect(store.find("ann", "refunds", {}, 2).map((row) => row.values.reason)).toEqual(["5", "4"]);
  for (const limit of [0, -1, 1.5, Number.NaN])
    expect(codeOf(() => store.find("ann", "refunds", {}, limit))).toBe("BAD_REQUEST");
});
