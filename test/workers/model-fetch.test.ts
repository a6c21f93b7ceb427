import { expect, test } from "vitest";
import { modelFetch } from "#workers/model-fetch";

function outside() {
  const sent: [string, RequestInit][] = [];
  return {
    sent,
    fetch: async (url: string, init: RequestInit) => {
      sent.push([url, init]);
      return new Response("ok");
    },
    own: ["mozaiks.example", "apps.example"],
    exempt: [],
  };
}

test("T45 T47 an owner's model is no way into private networks, nor back to the platform", async () => {
  const way = outside();
  for (const url of [
    "http://llm.example.com/v1",
    "https://10.0.0.1/v1",
    "https://0x7f000001/",
    "https://[::ffff:127.0.0.1]/",
    "https://metadata.google.internal/",
    "https://mozaiks.example/api",
    "https://shop.apps.example/api",
  ])
    expect((await modelFetch(way)(url)).status).toBe(403);
  expect(way.sent).toEqual([]);
});

test("T47 what goes out follows no redirect and says whose it is", async () => {
  const way = outside();
  await modelFetch(way)("https://llm.example.com/v1", { method: "POST", headers: { authorization: "x" } });
  const [[url, init]] = way.sent as [[string, RequestInit]];
  expect([url, init.redirect, init.method]).toEqual(["https://llm.example.com/v1", "manual", "POST"]);
  expect(Object.fromEntries(new Headers(init.headers))).toEqual({
    authorization: "x",
    "mozaiks-from": "mozaiks.example",
  });
});
