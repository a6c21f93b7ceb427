import fc from "fast-check";
import { expect, test } from "vitest";
import { cutPassages } from "#knowledge/cut-passages";
import { matchQuery } from "#knowledge/match-query";
import { openIndex } from "#knowledge/open-index";
import { readMarkdown } from "#knowledge/read-markdown";
import { titleOf } from "#knowledge/title-of";
import { nodeSql } from "#test/support/sqlite";

/** An index in memory with these files, all of them ready. */
function indexOf(files: Record<string, string>) {
  let now = 0;
  const index = openIndex(nodeSql(), { now: () => ++now });
  for (const [name, text] of Object.entries(files)) put(index, name, text);
  return index;
}

function put(index: ReturnType<typeof openIndex>, name: string, text: string, id = name) {
  const media_type = "text/markdown";
  index.add({
    file_id: id,
    source: "upload",
    name,
    title: titleOf(name),
    media_type,
    size: text.length,
    sha256: id,
  });
  index.put(index.file(id)!, 0, cutPassages(readMarkdown(text)));
  return index.finish(id);
}

const SHOP = indexOf({
  "returns.md":
    "# Returns\n\nYou can return shoes within thirty days.\n\n## Refunds\n\nRefunds take five days.",
  "delivery.md": "# Delivery\n\nStandard delivery takes three days. Überlingen is served on Mondays.",
  "legal/terms.md": "The buyer of shoes agrees. Delivery is at their risk.",
});
const find = (query: string, files: string[] = [], top = 8) => SHOP.search(query, { files, top });
const files = (query: string, only: string[] = []) => find(query, only).map(({ file }) => file);

test("words are found whatever their ending, their case or their accents", () => {
  expect(files("returning a SHOE")[0]).toBe("returns.md");
  expect(files("refunded")[0]).toBe("returns.md");
  expect(files("uberlingen")).toEqual(["delivery.md"]);
});

test("words in quotes are a phrase, if there is one; without a whole word, beginnings are looked for", () => {
  expect(files('"standard delivery"')).toEqual(["delivery.md"]);
  expect(files('"delivery at" "standard delivery"')).toContain("delivery.md");
  expect(files('"delivery standard"')[0]).toBe("delivery.md");
  expect(files("überl")).toEqual(["delivery.md"]);
  expect(files("xylophone")).toEqual([]);
});

test("only the files that are named are looked into", () => {
  expect(files("shoes", ["legal/*"])).toEqual(["legal/terms.md"]);
  expect(files("shoes", ["returns.md", "*/terms.md"]).sort()).toEqual(["legal/terms.md", "returns.md"]);
  expect(files("shoes", ["returns.?d", "[r]eturns.md", "RETURNS.md"])).toEqual([]);
});

test("hits are numbered from 1, at most eight, each with where it stands", () => {
  const many = indexOf({
    "a.md": Array.from({ length: 30 }, (_, n) => `## Part ${n}\n\nA zebra.`).join("\n\n"),
  });
  const hits = many.search("zebra", { files: [], top: 99 });
  expect(hits.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(many.search("zebra", { files: [], top: 0 })).toHaveLength(1);
  expect(find("refunds")[0]).toMatchObject({ n: 1, title: "Returns", heading: "Returns › Refunds" });
});

test("whatever is asked is words, never syntax: no query throws, and none finds what has not its words", () => {
  const odd = fc.constantFrom(
    '"',
    "*",
    "^",
    "NEAR(",
    ")",
    "AND",
    "OR",
    "NOT",
    "title:",
    "{",
    "}",
    "-",
    "+",
    ":",
    "\0",
    "'",
  );
  const query = fc.array(fc.oneof(odd, fc.string(), fc.constantFrom("qqqq", "zzzz")), { maxLength: 12 });
  fc.assert(
    fc.property(query, (parts) => {
      find(parts.join(" "));
      for (const mode of ["words", "prefix"] as const) {
        const match = matchQuery(parts.join(" "), mode);
        if (match !== null)
          expect(match.replace(/"[\p{L}\p{N}\p{M} ]+"\*?/gu, "T")).toMatch(/^T(?: (?:OR|AND) T)*$/);
      }
    }),
    { numRuns: 300 },
  );
  expect(find("qqqq OR shoes NOT delivery").length).toBeGreaterThan(0);
  expect(find('qqqq" OR "zzzz')).toEqual([]);
});

test("a file that is not ready is not found, and a removed one leaves nothing", () => {
  const index = indexOf({ "old.md": "A zebra." });
  const search = () => index.search("zebra", { files: [], top: 8 }).map(({ text }) => text);
  const it = {
    file_id: "n",
    source: "upload",
    name: "old.md",
    title: "",
    media_type: "",
    size: 1,
    sha256: "n",
  } as const;
  index.add(it);
  index.put(index.file("n")!, 0, [{ heading: "", page: null, text: "A new zebra." }]);
  expect(search()).toEqual(["A zebra."]);
  expect(index.finish("n").map(({ file_id }) => file_id)).toEqual(["old.md"]);
  expect(search()).toEqual(["A new zebra."]);
  index.remove("n");
  expect(search()).toEqual([]);
  expect([index.countFiles(), index.countPassages()]).toEqual([0, 0]);
});

test("a file that ends its process each time is given up, and the next one is read", () => {
  const index = openIndex(nodeSql(), { now: () => 0 });
  for (const id of ["a", "b"])
    index.add({ file_id: id, source: "upload", name: id, title: id, media_type: "", size: 1, sha256: id });
  expect([1, 2, 3, 4].map(() => index.beginNext()?.file_id)).toEqual(["a", "a", "a", "b"]);
  expect(index.file("a")).toMatchObject({ status: "failed", reason: "It could not be read." });
});

test("passages are whole sentences of about a thousand characters and lose nothing", () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/);
  const sentence = fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => `${words.join(" ")}.`);
  const paragraph = fc.array(sentence, { minLength: 1, maxLength: 30 }).map((all) => all.join(" "));
  fc.assert(
    fc.property(fc.array(paragraph, { minLength: 1, maxLength: 12 }), (paragraphs) => {
      const passages = cutPassages(readMarkdown(`# H\n\n${paragraphs.join("\n\n")}`));
      for (const { text, heading } of passages) {
        expect(text.length).toBeLessThanOrEqual(1_400);
        expect(heading).toBe("H");
      }
      const all = passages.map(({ text }) => text).join("\n");
      for (const one of paragraphs.flatMap((it) => it.split(/(?<=\.) /))) expect(all).toContain(one);
    }),
    { numRuns: 60 },
  );
  const endless = cutPassages([{ headings: [], page: 3, text: "😀".repeat(5_000) }]);
  expect(endless.map(({ text }) => text).join("")).toBe("😀".repeat(5_000));
  expect(endless.every(({ text, page }) => page === 3 && text.isWellFormed())).toBe(true);
});

test("headings make a path; fences and rules are none", () => {
  const text =
    "Intro\n\n# A\none\n## B\ntwo\n\n```\n# not a heading\n```\n# C\n\nUnder\n-----\nthree\n\n---\nfour";
  expect(readMarkdown(text).map(({ headings, text }) => [headings.join("/"), text])).toEqual([
    ["", "Intro"],
    ["A", "one"],
    ["A/B", "two\n\n```\n# not a heading\n```"],
    ["C/Under", "three\n\nfour"],
  ]);
});
