import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ChatContext, type ChatParts } from "../../../chatui/src/chat/chat-context.ts";
import type { ErrorItem } from "../../../chatui/src/chat/chat-state.ts";
import { ErrorLine } from "../../../chatui/src/chat/error-line.tsx";

const OWNER = {
  limits: createElement("a", { href: "/limits" }, "Limits"),
  usage: createElement("a", { href: "/usage" }, "Usage"),
};

function render(item: Partial<ErrorItem>, owner: ChatParts["owner"]): string {
  const parts: ChatParts = {
    answer() {},
    own: null,
    owner,
    cards: {},
    connected: true,
    fileUrl: null,
  };
  const whole = {
    kind: "error",
    id: "e",
    code: "",
    message: "In the server's words",
    retryable: false,
    ...item,
  };
  return renderToStaticMarkup(
    createElement(
      ChatContext,
      { value: parts },
      createElement(ErrorLine, { item: whole as ErrorItem, retry() {} }),
    ),
  );
}

test("an owner gets from a refusal to where it can be mended, an end user does not", () => {
  const limit = { code: "BUDGET_EXCEEDED", scope: "app_month" };
  expect(render(limit, OWNER)).toContain('href="/limits"');
  expect(render({ code: "INSUFFICIENT_BALANCE" }, OWNER)).toContain('href="/usage"');
  expect(render(limit, null)).not.toMatch(/href|this app’s limit|server/);
  expect(render({ code: "INSUFFICIENT_BALANCE" }, null)).not.toMatch(/href|balance|server/);
});

test("what may pass can be tried again; what is not about money stands in the server's words", () => {
  expect(render({ code: "TEMPORARILY_HELD", retryable: true }, null)).toContain("Try again</button>");
  expect(render({ code: "MODEL_FAILED" }, null)).toContain("In the server&#x27;s words");
});
