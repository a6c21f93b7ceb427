import fc from "fast-check";
import { expect, test } from "vitest";
import { nodeTableStore } from "../../support/node-tables.ts";
import { codeOf, ORDER_TABLES } from "./order-tables.ts";

const PEOPLE = ["ann", "ben", "cy"] as const;
const person = fc.constantFrom(...PEOPLE);
const product = fc.constantFrom("Lamp", "lamp", "Desk", "Größe", "GRÖSSE");
const number = fc.integer({ min: 1000, max: 1015 }).map((n) => `A-${n}`);

const operation = fc.oneof(
  fc.record({ do: fc.constant("insert" as const), who: person, number, product }),
  fc.record({ do: fc.constant("update" as const), who: person, number, product }),
  fc.record({ do: fc.constant("find" as const), who: person, number, product }),
);
const folded = (text: string) => text.toUpperCase();

test("T07 whatever others write, a person reads and changes exactly the rows of their own", () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
      const store = nodeTableStore(ORDER_TABLES, null);
      const model: { who: string; number: string; product: string }[] = [];
      for (const [at, it] of operations.entries()) {
        const by = { order_number: it.number };
        const known = model.find((row) => row.number === it.number);
        const own = known?.who === it.who ? known : undefined;
        if (it.do === "insert") {
          const insert = () => store.insert(it.who, "orders", { ...by, product: it.product }, `k${at}`);
          if (known) expect(codeOf(insert)).toBe("CONFLICT");
          else {
            expect(insert().owner).toBe(it.who);
            model.unshift({ who: it.who, number: it.number, product: it.product });
          }
        } else if (it.do === "update") {
          const updated = store.update(it.who, "orders", by, { product: it.product }, `k${at}`);
          expect(updated?.values.product).toBe(own && it.product);
          if (own) own.product = it.product;
        } else {
          const got = store.get(it.who, "orders", by);
          expect(got?.values.product).toBe(own?.product);
          const found = store.find(it.who, "orders", { product: it.product }, 100);
          const expected = model.filter(
            (row) => row.who === it.who && folded(row.product) === folded(it.product),
          );
          expect(found.map((row) => row.values.order_number)).toEqual(expected.map((row) => row.number));
        }
      }
      for (const who of PEOPLE) {
        const mine = model.filter((row) => row.who === who).map((row) => [row.number, row.product]);
        const rows = store.find(who, "orders", {}, 100);
        expect(rows.map((row) => [row.values.order_number, row.values.product])).toEqual(mine);
        expect(rows.every((row) => row.owner === who)).toBe(true);
      }
      expect(store.count("orders", {})).toBe(model.length);
    }),
    { seed: 20_260_105, numRuns: 150 },
  );
});

test("everyone reads a shared table, and a row keeps who wrote it", () => {
  const store = nodeTableStore(ORDER_TABLES, null);
  store.insert("ann", "faq", { question: "Where?", answer: "Here." }, "k1");
  expect(store.get("ben", "faq", { question: "where?" })?.owner).toBe("ann");
  expect(store.update("ben", "faq", { question: "Where?" }, { answer: "There." }, "k2")?.owner).toBe("ann");
  expect(store.get("ann", "faq", { question: "Where?" })?.values.answer).toBe("There.");
});

test("a shared row is not updated unless the call says which", () => {
  const store = nodeTableStore(ORDER_TABLES, null);
  store.insert("ann", "faq", { question: "Where?", answer: "Here." }, "k1");
  expect(codeOf(() => store.update("ben", "faq", {}, { answer: "x" }, "k2"))).toBe("BAD_REQUEST");
});

test("a call in nobody's name is refused", () => {
  const store = nodeTableStore(ORDER_TABLES, null);
  expect(codeOf(() => store.find("", "orders", {}, 5))).toBe("BAD_REQUEST");
  expect(codeOf(() => store.insert("", "orders", { order_number: "A-1001" }, "k"))).toBe("BAD_REQUEST");
});
