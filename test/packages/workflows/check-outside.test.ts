import { expect, test } from "vitest";
import { appFile } from "#protocol/app-file/app";
import { checkApp } from "#workflows/check-app";
import { parseApp } from "#workflows/parse-app";
import { printApp } from "#workflows/print-app";
import { outsideApp } from "../runtime/tools/outside-chat.ts";

const PIN = "a".repeat(64);
const NUMBER = { parameters: { number: { type: "string" } }, required: ["number"] };
const SOUND = {
  find: {
    kind: "http",
    description: "It.",
    url: "https://api.example.com/{number}",
    query: { n: "{number}" },
    auth: [{ kind: "bearer", secret: "KEY" }],
    ...NUMBER,
  },
  ask: { kind: "mcp", description: "It.", server: "library", tool: "ask", pin: PIN },
};
const APP = { allow_hosts: ["api.example.com"], mcp: { library: { url: "https://mcp.example.com/" } } };

function findings(tools: Record<string, unknown>, app: Record<string, unknown> = APP): string[] {
  return checkApp(outsideApp(tools, app)).map(({ path, message }) => `${path} ${message}`);
}

test("a sound app with tools to the outside has no findings, and is the same after it was printed and read", () => {
  expect(findings(SOUND)).toEqual([]);
  const files = outsideApp(SOUND, APP);
  const read = parseApp(printApp(files));
  expect(read.ok && read.files.workflows).toEqual(files.workflows);
  expect(read.ok && read.files.app).toEqual(files.app);
});

test.each([
  [
    "a host that is not allowed",
    { url: "https://evil.example.com/x" },
    /tools\.it\.url The host "evil\.example\.com" is not in the app's `allow_hosts`/,
  ],
  [
    "a placeholder without parameter",
    { url: "https://api.example.com/{other}" },
    /tools\.it\.url "\{other\}" is not a parameter/,
  ],
  [
    "one in the query",
    { query: { a: "{constructor}" } },
    /tools\.it\.query\.a "\{constructor\}" is not a parameter/,
  ],
  ["one in the body", { method: "POST", body: { a: ["{other}"] } }, /tools\.it\.body "\{other\}"/],
  [
    "one on the card",
    { approval: { by: "user", message: "Do {other}?" } },
    /tools\.it\.approval\.message "\{other\}"/,
  ],
  [
    "an optional one in the path",
    { url: "https://api.example.com/{number}", ...NUMBER, required: [] },
    /must be required/,
  ],
  [
    "a required parameter that is not there",
    { required: ["other"] },
    /tools\.it\.required\.0 There is no parameter "other"/,
  ],
  ["a body of a GET", { body: {} }, /has no body/],
  [
    "a condition on what is not there",
    { approval: { by: "user", when: "args.other > 1" } },
    /"args" has no "other"/,
  ],
])("%s is found", (_, change, message) => {
  const tool = { kind: "http", description: "It.", url: "https://api.example.com/x", ...change };
  expect(findings({ it: tool }).join("\n")).toMatch(message);
});

test("an unknown MCP server is found", () => {
  expect(findings({ it: { ...SOUND.ask, server: "constructor" } })).toEqual([
    expect.stringContaining('no MCP server "constructor"'),
  ]);
});

test.each([
  ["a host in a placeholder", { url: "https://{host}/x" }],
  ["part of a host in one", { url: "https://a.{host}.example/x" }],
  ["a name in the address", { url: "https://user@api.example.com/" }],
  ["another scheme", { url: "file:///etc/passwd" }],
  ["a header that says who asks", { headers: { "X-Forwarded-For": "1" } }],
  ["an authorization in the file", { headers: { authorization: "Bearer abc" } }],
  ["a secret that is no name", { auth: [{ kind: "bearer", secret: "sk-123" }] }],
  ["a time that is too long", { timeout_ms: 3_600_000 }],
])("T45 T49 %s is not read at all", (_, change) => {
  expect(() =>
    outsideApp({ it: { kind: "http", description: "It.", url: "https://api.example.com/", ...change } }),
  ).toThrow();
});

test("hosts are written plainly", () => {
  for (const host of ["https://a.example", "a.example/x", "*", "*.", "a b", "A.example", "user@a.example"])
    expect(appFile.safeParse({ name: "x", allow_hosts: [host] }).success).toBe(false);
});
