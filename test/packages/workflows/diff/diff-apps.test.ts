import { expect, test } from "vitest";
import { appOf, edited, SEED } from "#test/packages/generator/edit/support";
import { diffApps } from "#workflows/diff/diff-apps";
import { unifiedDiff } from "#workflows/diff/unified-diff";

/** What changes but for the conversations that any app must pass: those are read off it anew. */
function wordsOf(request: string, before = appOf(SEED)): string[] {
  const { changes } = diffApps(before, edited(before, request).after);
  return changes.filter(({ path }) => !path.startsWith("acceptance/")).map((it) => it.words);
}

test("a diff says in words what an edit changed, with what was before", () => {
  const before = edited(appOf(SEED), "refunds over $50 need my approval").after;
  expect(wordsOf("refunds from $100 need my approval; make it blue", before)).toEqual([
    "The main colour is #2563eb.",
    "Orders: 1 sample row more for the tests.",
    "Request refund: approval by your team from $100, else the person confirms (was: approval by your team over $50, else the person confirms).",
  ]);
});

test("a renamed workflow is told as renamed, not as a new one", () => {
  expect(wordsOf("rename refund-handler to money-back")).toEqual([
    "Refund handler is called Money back (money-back).",
  ]);
});

test("workflows that come and go are told with who hands over to them", () => {
  expect(wordsOf("remove the order tracker")).toContain("The workflow Order tracker is gone.");
  const added = wordsOf("add a loyalty workflow");
  expect(added.some((it) => it.startsWith("New workflow Loyalty"))).toBe(true);
  expect(added.some((it) => /^Customer support hands over to “loyalty/.test(it))).toBe(true);
});

test("each change has its place, and each file that differs its unified diff", () => {
  const before = appOf(SEED);
  const { changes, files } = diffApps(before, edited(before, "add phone to orders").after);
  expect(changes).toEqual([
    { words: "Orders: new column Phone (text).", path: "app/tables/orders/columns/phone" },
    ...["refund-handler", "order-tracker"].map((name) => ({
      words: expect.stringMatching(/^Test conversations of [\w ]+: \d+ adapted\.$/),
      path: `acceptance/${name}/cases`,
    })),
  ]);
  expect(files.map(({ path }) => path)).toEqual([
    "app.yaml",
    ...["order-tracker", "refund-handler"].map((name) => `workflows/${name}/acceptance.yaml`),
  ]);
  expect(files[0]?.diff.split("\n").filter((it) => it.startsWith("+"))).toEqual([
    "+++ b/app.yaml",
    "+      phone:",
    "+        type: text",
    "+        title: Phone",
    "+        description: Phone, as the person says it.",
    "+        required: false",
    "+        examples:",
    "+          - +1 555 0100",
  ]);
  expect(diffApps(before, before)).toEqual({ changes: [], files: [] });
});

test("a unified diff can be applied by hand: its hunks name the lines they are about", () => {
  expect(unifiedDiff("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n")).toBe(
    "--- a/a.txt\n+++ b/a.txt\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
  );
  expect(unifiedDiff("a.txt", "", "new\n")).toBe("--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1,1 @@\n+new\n");
  expect(unifiedDiff("a.txt", "gone\n", "")).toBe("--- a/a.txt\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-gone\n");
});
