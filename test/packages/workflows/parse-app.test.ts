import fc from "fast-check";
import { expect, test } from "vitest";
import { filesFrom } from "#generator/files-from";
import { type AcceptanceFile, acceptanceFile } from "#protocol/app-file/acceptance";
import { appFile } from "#protocol/app-file/app";
import type { AppFiles } from "#protocol/app-file/app-files";
import { workflowFile } from "#protocol/app-file/workflow";
import { planned } from "#test/support/planned";
import { parseApp } from "#workflows/parse-app";
import { printApp } from "#workflows/print-app";

const TEXTS = printed();

function printed(): Record<string, string> {
  return printApp(filesFrom(planned("Build a customer support app that handles refunds and tracks orders")));
}

function issuesOf(change: Record<string, string>): string {
  const parsed = parseApp({ ...TEXTS, ...change });
  return parsed.ok ? "" : parsed.issues.map((it) => `${it.path} | ${it.message}`).join("\n");
}

test("an app is printed as the files people edit", () => {
  expect(Object.keys(TEXTS)).toContain("app.yaml");
  expect(Object.keys(TEXTS)).toContain("workflows/refund-handler/workflow.yaml");
  expect(Object.keys(TEXTS)).toContain("workflows/refund-handler/acceptance.yaml");
  expect(TEXTS["workflows/refund-handler/workflow.yaml"]).toContain("instructions: |");
});

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }).filter((it) => it.trim() !== "");
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const name = fc
  .stringMatching(/^[a-z][a-z0-9_]{0,20}$/)
  .filter((it) => it !== "constructor" && it !== "prototype");
const anyApp: fc.Arbitrary<AppFiles> = fc
  .record({
    title: text,
    tool: name,
    table: name,
    column: name,
    cell: scalar,
    say: text,
    instructions: fc.lorem({ mode: "sentences" }),
  })
  .map(({ title, tool, table, column, cell, say, instructions }) => ({
    app: appFile.parse({
      name: `a${title}`.slice(0, 80),
      description: say,
      tables: {
        [table]: {
          title,
          key: column,
          columns: { [column]: { type: "text", description: say } },
          sample: [{ values: { [column]: cell } }, { values: {} }],
        },
      },
    }),
    workflows: {
      flow: workflowFile.parse({
        name: "flow",
        title,
        description: say,
        entry: true,
        entry_agent: "flow",
        agents: { flow: { description: say, instructions: `${instructions}\n\n ${say}\n`, tools: [tool] } },
        tools: {
          [tool]: { kind: "table", description: say, table, action: "find", values: { [column]: say } },
        },
      }),
    },
    acceptance: {
      flow: acceptanceFile.parse({
        cases: [{ name: title, steps: [{ say }, { respond: { [column]: cell, list: [], map: {} } }] }],
      }) as AcceptanceFile,
    },
  }));

test("what is printed parses to the same app", () => {
  fc.assert(
    fc.property(anyApp, (files) => {
      expect(parseApp(printApp(files))).toEqual({ ok: true, files });
    }),
    { numRuns: 60 },
  );
}, 30_000);

test("any text in place of a file gives issues or an app, never a crash", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (app, flow) => {
      expect(typeof parseApp({ "app.yaml": app, "workflows/flow/workflow.yaml": flow }).ok).toBe("boolean");
    }),
    { numRuns: 60 },
  );
}, 30_000);

test("a missing app.yaml, an unknown file and a lone acceptance.yaml are named", () => {
  const { "app.yaml": _, ...rest } = TEXTS;
  expect(parseApp(rest)).toMatchObject({ ok: false, issues: [{ path: "app.yaml" }] });
  expect(issuesOf({ "run.sh": "x" })).toContain("run.sh | is not a file");
  expect(issuesOf({ "workflows/../../x/workflow.yaml": "x" })).toContain("is not a file");
  expect(issuesOf({ "workflows/lone/acceptance.yaml": "cases: []" })).toContain(
    "stands beside no workflow.yaml",
  );
});

test("knowledge files are passed over", () => {
  expect(issuesOf({ "knowledge/prices.md": "# Prices" })).toBe("");
});

test("a wrong value has its place in the file", () => {
  const path = "workflows/order-tracker/workflow.yaml";
  expect(issuesOf({ [path]: TEXTS[path]!.replace("action: get", "action: steal") })).toContain(
    `${path}: tools.find_order.action | `,
  );
  expect(issuesOf({ [path]: TEXTS[path]!.replace("name: order-tracker", "name: other") })).toContain(
    `${path}: name | must be "order-tracker"`,
  );
  expect(issuesOf({ [path]: "a: [1" })).toContain(path);
});

test.each([
  ["an alias", "a: &a [1]\nb: *a"],
  [
    "an alias bomb",
    `a: &a [x,x]\n${[..."bcdefghi"].map((it, at) => `${it}: &${it} [*${"abcdefgh"[at]},*${"abcdefgh"[at]}]`).join("\n")}`,
  ],
  ["an anchor", "a: &a 1"],
  ["a tag", "a: !!js/function 'x'"],
  ["a prototype key", "__proto__: {admin: true}"],
  ["a constructor key", "tables: {constructor: {}}"],
  ["the same key twice", "name: a\nname: b"],
  ["a list", "- 1"],
  ["nothing", ""],
  ["deep nesting", `a: ${"[".repeat(100_000)}`],
  ["deep nesting with blanks", `a: ${"[ ".repeat(100_000)}`],
  ["deep block nesting", Array.from({ length: 900 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")],
  ["deep sequences", `${"- ".repeat(100_000)}1`],
  ["a huge file", "a".repeat(2_000_000)],
])("%s in app.yaml is refused", (_, yaml) => {
  const started = performance.now();
  expect(issuesOf({ "app.yaml": yaml })).toMatch(/^app\.yaml/);
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test("too many files are refused", () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`knowledge/${at}.md`, "x"]));
  expect(issuesOf(many)).toContain("more than");
});
