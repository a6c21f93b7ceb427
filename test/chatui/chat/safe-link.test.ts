import { expect, test } from "vitest";
import { safeLink } from "../../../chatui/src/chat/safe-link.ts";

test.each(["https://example.com/a?b=c#d", "http://example.com", "mailto:a@example.com"])(
  "T37 the link %s is kept",
  (href) => {
    expect(safeLink(href)).toBe(href);
  },
);

test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\nscript:alert(1)",
  "\u0001javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "blob:https://example.com/1",
  "//evil.example",
  "/api/auth/sign-out",
  "",
])("T37 the link %j is dropped", (href) => {
  expect(safeLink(href)).toBe("");
});
