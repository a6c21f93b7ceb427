import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FRONT } from "#cli/platform/front";

type Front = {
  default: { fetch(request: Request, env: unknown, context: unknown): Promise<string> };
  Room: string;
};

const folder = mkdtempSync(join(tmpdir(), "mozaiks-front-"));
let front: Front;

beforeAll(async () => {
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  writeFileSync(join(folder, "front.js"), FRONT);
  writeFileSync(
    join(folder, "index.js"),
    'export const Room = "room"; export default { fetch: async (r) => r.headers.get("cf-connecting-ip") };',
  );
  front = (await import(/* @vite-ignore */ join(folder, "front.js"))) as Front;
});
afterAll(() => rmSync(folder, { recursive: true }));

test.for([
  ["198.51.100.7:40312", "198.51.100.7"],
  ["[2001:db8::7]:40312", "2001:db8::7"],
  [undefined, "127.0.0.1"],
] as const)(
  "the Worker sees the address of the connection %s, not the one a client claims",
  async ([from, seen]) => {
    const request = new Request("http://localhost/", { headers: { "CF-Connecting-IP": "203.0.113.9" } });
    Object.defineProperty(request, "cf", { value: from && { clientIp: from } });
    expect(await front.default.fetch(request, {}, {})).toBe(seen);
  },
);

test("the objects of the Worker stay its exports", () => {
  expect(front.Room).toBe("room");
});
