import fc from "fast-check";
import { expect, test } from "vitest";
import { type Script, scriptedModel } from "#test/support/scripted-model";
import { outsideApp, outsideChat } from "./tools/outside-chat.ts";

const tool = (more: Record<string, unknown>) => ({ kind: "http", description: "It.", ...more });
const TEXT = { type: "string" };
const FILES = outsideApp(
  {
    read: tool({
      url: "https://api.example.com/v1/items/{id}?q={q}",
      parameters: { id: TEXT, q: TEXT },
      required: ["id"],
    }),
    write: tool({
      method: "POST",
      url: "https://api.example.com/v1/orders/{id}",
      headers: { "x-note": "{q}" },
      body: { q: "{q}" },
      parameters: { id: TEXT, q: TEXT },
      required: ["id"],
      approval: { by: "user" },
    }),
  },
  { allow_hosts: ["api.example.com"] },
);

const HOSTILE = fc.oneof(
  fc.constantFrom(
    "..",
    "../../admin",
    "%2e%2e/admin",
    "..\\admin",
    "//evil.example/",
    "https://169.254.169.254/",
    "@evil.example",
    "#",
    "?admin=1",
    "a\r\nHost: evil.example",
    "{q}",
    "{secret.KEY}",
    "__proto__",
    "\u0000",
    "\u202e",
    ".",
    "1/../../x",
    "a;b",
    "a&admin=1",
    " ",
  ),
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("\ud800", "a\udfff"),
);
const args = fc.oneof(
  fc.record({ id: HOSTILE, q: HOSTILE }, { requiredKeys: [] }),
  fc.dictionary(fc.constantFrom("id", "q", "url", "host", "approved", "headers", "__proto__"), fc.anything()),
);
const call = fc.record({
  name: fc.constantFrom("read", "write", "admin", "constructor", "hand_off_to_root"),
  args,
});

test("T25 whatever a model calls, with whatever arguments, only the app's addresses are asked, and nothing is written without a yes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 4 }), async (calls) => {
      const asked: { method: string; url: URL; headers: Headers }[] = [];
      const fetch = async (url: string, init: RequestInit) => {
        asked.push({ method: String(init.method), url: new URL(url), headers: new Headers(init.headers) });
        return Response.json({});
      };
      const scripts: Script[] = [...calls.map((it) => ({ calls: [it] })), { text: ["Done."] }];
      const outside = { fetch, own: [], exempt: [] };
      const events = await outsideChat(scriptedModel(scripts), FILES, { outside }).say("go");
      for (const { method, url, headers } of asked) {
        expect([method, url.origin]).toEqual(["GET", "https://api.example.com"]);
        expect(url.pathname).toMatch(/^\/v1\/items\/[^/]+$/);
        expect([...url.searchParams.keys()].filter((name) => name !== "q")).toEqual([]);
        expect(headers.has("host")).toBe(false);
      }
      expect(events.at(-1)?.type).toMatch(/^(completed|paused)$/);
    }),
    { numRuns: 150 },
  );
});
