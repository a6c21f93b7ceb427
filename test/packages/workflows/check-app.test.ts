import { expect, test } from "vitest";
import { checkApp } from "#workflows/check-app";
import { after, BROKEN, FILES } from "./broken-apps.ts";

test("a sound app has no findings", () => {
  expect(checkApp(FILES)).toEqual([]);
});

test.each(BROKEN)("%s is found, with its place and a sentence", (_, change, path, message) => {
  const findings = after(change);
  const found = findings.filter((it) => it.startsWith(`${path} | `)).join("\n");
  expect(found, findings.join("\n")).toMatch(message);
});

test("a workflow that chats may start at by themselves needs no hand-off", () => {
  const files = structuredClone(FILES);
  for (const it of Object.values(files.workflows))
    for (const agent of Object.values(it.agents))
      agent.handoffs = agent.handoffs.filter((to) => to !== "refund-handler");
  expect(checkApp(files, { startable: ["refund-handler"] })).toEqual([]);
});

test("names that every object has are not mistaken for tables, columns or variables", () => {
  expect(
    after(({ find }) => {
      find.table = "constructor";
    }).join(),
  ).toContain('no table "constructor"');
  expect(
    after(({ find }) => {
      find.by = ["constructor"];
    }).join(),
  ).toContain('no column "constructor"');
  expect(
    after(({ refund }) => {
      refund.values.amount = "constructor.total";
    }).join(),
  ).toContain('no "constructor"');
});

test("a pattern made to backtrack for ever is checked at once", () => {
  const started = performance.now();
  after(({ files }) => {
    const item = files.app.tables.orders!.columns.item!;
    item.pattern = "(a+)+b";
    item.examples = ["a".repeat(200)];
  });
  expect(performance.now() - started).toBeLessThan(1_000);
});
