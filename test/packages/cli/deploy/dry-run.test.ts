import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { convertV4MiniflareOptions, type Miniflare } from "miniflare";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unstable_getMiniflareWorkerOptions as read } from "wrangler";
import { deployDry, LIMITS_KIB } from "#cli/deploy/deploy";
import { noUi } from "#cli/platform/build-ui";
import { freePort } from "#cli/platform/find-port";
import { startMiniflare } from "#cli/platform/start-miniflare";

const into = mkdtempSync(join(tmpdir(), "mozaiks-dry-"));
const lines: string[] = [];
let dry: Awaited<ReturnType<typeof deployDry>>;
let mf: Miniflare | undefined;
beforeAll(async () => {
  const deps = { env: {}, config: join(into, "none.json"), buildUi: async () => {} };
  dry = await deployDry({ ...deps, say: (line) => lines.push(line) }, into);
}, 60_000);
afterAll(async () => {
  await mf?.dispose();
  rmSync(into, { recursive: true });
});

test("the bundle of a deploy is within the free plan's limit, and its size is told beside the paid one's", () => {
  expect(dry.gzipKib).toBeGreaterThan(100);
  expect(dry.gzipKib).toBeLessThan(LIMITS_KIB.free);
  expect(lines.at(-1)).toMatch(/KiB gzipped: \d+ % of the 10 MiB of a paid plan, \d+ % of the 3 MiB/);
});

test("every binding that the Worker's types ask for is there, and the plan names every resource and secret", () => {
  const env = readFileSync("workers/env.ts", "utf8");
  const asked = [...env.matchAll(/^ {2}([A-Z][A-Z_]*): /gm)].map(([, name]) => name);
  expect(asked.length).toBeGreaterThan(14);
  for (const name of asked) {
    const there = dry.output.includes(`env.${name} `) || lines[0]?.includes(String(name));
    expect({ name, there }).toEqual({ name, there: true });
  }
  for (const { class_name } of dry.made.durable_objects.bindings) expect(lines[0]).toContain(class_name);
});

test("T68 the Worker as deployed boots without a network and has no page of a local one", async () => {
  const { workerOptions } = read(join(into, "wrangler.deploy.json"), undefined, {
    overrides: { assets: { directory: await noUi() } },
  });
  const port = await freePort(0, "127.0.0.1");
  mf = startMiniflare(
    convertV4MiniflareOptions({
      ...{ host: "127.0.0.1", port: 0, cf: false, telemetry: { enabled: false } },
      workers: [
        {
          ...workerOptions,
          modules: [{ type: "ESModule", path: "index.js", contents: readFileSync(join(into, "index.js")) }],
          bindings: {
            ...(workerOptions.bindings as Record<string, string>),
            ...Object.fromEntries(
              ["AUTH_SECRET", "TOKEN_SECRET", "SECRETS_KEY"].map((name) => [name, name.padEnd(40, "-")]),
            ),
          },
          unsafeDirectSockets: [{ host: "127.0.0.1", port }],
          outboundService: () => {
            throw new Error("the Worker asked the network while it started");
          },
        },
      ],
    }),
  );
  await mf.ready;
  const ask = (path: string) => askAt(port, path);
  expect((await ask("/api/health/live")).status).toBe(200);
  for (const path of ["/dev/mail", "/dev/mail.json"]) {
    const { status, body } = await ask(path);
    expect({ path, status, body }).toEqual({ path, status: 404, body: expect.stringContaining("NOT_FOUND") });
  }
}, 60_000);

/** At the foundry's own name, by the socket that people would use: Node's `fetch` sets no Host. */
function askAt(port: number, path: string): Promise<{ status?: number; body: string }> {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, path, headers: { host: "mozaiks.example" } }, async (answer) => {
      resolve({ status: answer.statusCode, body: await text(answer) });
    }).on("error", reject);
  });
}
