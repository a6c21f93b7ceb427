import { convertV4MiniflareOptions } from "miniflare";
import { expect, test } from "vitest";
import { EGRESS, egressWorker, reachable } from "#cli/platform/network";
import { startMiniflare } from "#cli/platform/start-miniflare";
import { outsideServer } from "#test/support/outside-server";

test("only the internet can be reached, and what the operator names", () => {
  expect(reachable({ FOUNDRY_URL: "http://localhost:8787", APPS_HOST: "localhost:8787" })).toEqual([
    "public",
  ]);
  expect(reachable({ EGRESS_ALLOW: "10.0.0.7:8080, crm.lan api.example.com" })).toEqual([
    "public",
    "10.0.0.7/32",
    "private",
  ]);
  expect(reachable({ MODELS: '[{"url":"http://localhost:11434/v1"}]' })).toEqual([
    "public",
    "127.0.0.1/32",
    "::1/128",
  ]);
});

const MAIN = `export default { async fetch(request) {
  const asked = new URL(request.url).searchParams.get("url");
  return fetch(asked).catch(() => new Response("refused", { status: 502 }));
} };`;

test("T46 the local network refuses what a name may lead to: this machine, unless the operator names it", async () => {
  const there = await outsideServer((_, response) => response.end("inside"));
  const port = there.host.split(":")[1];
  const reach = async (env: Record<string, string>) => {
    const date = "2026-11-01";
    const main = {
      name: "main",
      compatibilityDate: date,
      modules: [{ type: "ESModule" as const, path: "main.js", contents: MAIN }],
      outboundService: EGRESS,
    };
    const mf = startMiniflare(
      convertV4MiniflareOptions({
        cf: false,
        telemetry: { enabled: false },
        handleStructuredLogs: () => {},
        workers: [main, egressWorker(env, date)],
      }),
    );
    const texts: string[] = [];
    for (const host of [there.host, `localhost:${port}`]) {
      const answer = await mf.dispatchFetch(`http://main/?url=${encodeURIComponent(`http://${host}/`)}`);
      texts.push(await answer.text());
    }
    await mf.dispose();
    return texts;
  };
  expect(await reach({})).toEqual(["refused", "refused"]);
  expect(there.seen).toEqual([]);
  expect(await reach({ EGRESS_ALLOW: "localhost:1" })).toEqual(["inside", "inside"]);
  await there.close();
});
