import { expect, test } from "vitest";
import { type AcceptanceCase, acceptanceFile } from "#protocol/app-file/acceptance";
import { checkApp } from "#workflows/check-app";
import { FILES } from "../broken-apps.ts";

const PLACE = "workflows/refund-handler/acceptance.yaml: cases.0";

/** What is found in an app whose only conversation is this one. */
function found(it: Record<string, unknown>) {
  const cases = [{ name: "it", steps: [{ say: "Hello" }], ...it }];
  const { cases: parsed } = acceptanceFile.parse({ cases });
  const acceptance = { "refund-handler": { cases: parsed as AcceptanceCase[] } };
  return checkApp({ ...FILES, acceptance }).map(({ path, message }) => `${path}: ${message}`);
}
const expecting = (expected: unknown) => found({ steps: [{ say: "Hello", expect: expected }] });
const giving = (values: unknown, more = {}) =>
  found({ given: [{ table: "orders", owner: "creator", values, ...more }] });

test.each([
  [
    "a workflow that is none",
    expecting({ workflow: "sales" }),
    "steps.0.expect.workflow: There is no workflow",
  ],
  [
    "a tool that is none",
    expecting({ calls: [{ tool: "fly" }] }),
    'steps.0.expect.tools: There is no tool "fly"',
  ],
  [
    "a value that no row has",
    expecting({ rows: [{ table: "orders", where: { status: "lost" }, count: 0 }] }),
    "steps.0.expect.rows.0.where.status: The value must be one of",
  ],
  ["a column that is none", giving({ colour: "red" }), 'given.0.values.colour: There is no column "colour"'],
  ["a row that can't be", giving({ status: "lost" }), "given.0.values.status: The value must be one of"],
])("a conversation names %s: its place is told", (_, findings, says) => {
  expect(findings).toHaveLength(1);
  expect(findings[0]).toContain(`${PLACE}.${says}`);
});

test("what fits has no findings, and a row that must be refused may be anything", () => {
  expect(giving({ order_number: "A-7001", item: null })).toEqual([]);
  expect(giving({ status: "lost" }, { refused: true })).toEqual([]);
  expect(expecting({ calls: [{ tool: "hand_off_to_order_tracker" }], awaits: null })).toEqual([]);
});
