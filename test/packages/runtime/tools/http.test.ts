import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { scriptedModel } from "#test/support/scripted-model";
import { DONE, json, NUMBER, now, once, server } from "./http-calls.ts";
import { calls, outcomes, outsideApp, outsideChat } from "./outside-chat.ts";

test("arguments fill path, query, headers and body; the answer goes back as information from outside", async () => {
  const there = await server((_, response) => json(response, { state: "on its way" }));
  const tool = {
    method: "POST",
    url: `${there.origin}/parcels/{number}/notes?lang={lang}`,
    query: { tag: "{tag}", fixed: "1" },
    headers: { "X-Channel": "chat-{number}" },
    body: { note: { text: "{text}", urgent: "{urgent}", by: "note by {number}", absent: "{tag}" } },
    parameters: {
      ...NUMBER,
      lang: { type: "string" },
      text: { type: "string" },
      urgent: { type: "boolean" },
      tag: { type: "string" },
    },
    required: ["number"],
  };
  const { outcome } = await once(there, tool, {
    number: "a/b c",
    lang: "de",
    text: 'He said "hi"',
    urgent: true,
  });
  expect(outcome).toEqual({
    ok: true,
    status: 200,
    untrusted: true,
    from: there.host,
    data: { state: "on its way" },
  });
  const [seen] = there.seen;
  expect(seen?.path).toBe("/parcels/a%2Fb%20c/notes?lang=de&fixed=1");
  expect(seen?.headers).toMatchObject({ "x-channel": "chat-a/b c", "content-type": "application/json" });
  expect(seen?.headers["idempotency-key"]).toMatch(/^call_/);
  expect(JSON.parse(seen?.body ?? "")).toEqual({
    note: { text: 'He said "hi"', urgent: true, by: "note by a/b c" },
  });
});

test("without a body in the file, a POST sends the arguments that stand nowhere else", async () => {
  const there = await server((_, response) => json(response, {}));
  const parameters = { ...NUMBER, weight: { type: "number" } };
  await once(
    there,
    { method: "POST", url: `${there.origin}/{number}`, parameters, required: ["number"] },
    { number: "7", weight: 2 },
  );
  expect(there.seen[0]?.body).toBe('{"weight":2}');
});

test("T45 an argument stays in its place of the path", async () => {
  const there = await server((_, response) => json(response, {}));
  for (const number of ["..", ".", "", "%2e%2e"]) {
    const { outcome } = await once(
      there,
      { url: `${there.origin}/parcels/{number}`, parameters: NUMBER, required: ["number"] },
      { number },
    );
    if (number !== "%2e%2e") expect(outcome?.ok).toBe(false);
  }
  expect(there.seen.map(({ path }) => path)).toEqual(["/parcels/%252e%252e"]);
});

test("T42 an argument is never a template, and what every object has is no argument", async () => {
  const there = await server((_, response) => json(response, {}));
  const tool = {
    method: "POST",
    url: `${there.origin}/x`,
    body: {
      a: "{number}",
      b: "{constructor}",
      c: "{{number}}",
      d: "{secret.API_KEY}",
      e: "{__proto__}",
      f: "x {constructor}",
    },
    parameters: NUMBER,
  };
  await once(there, tool, { number: "{number}{secret}" }, { secret: async () => "canary-4711" });
  expect(JSON.parse(there.seen[0]?.body ?? "")).toEqual({
    a: "{number}{secret}",
    c: "{{number}{secret}}",
    d: "{secret.API_KEY}",
    e: "{__proto__}",
  });
});

test("T49 a secret goes out by name and comes back in nothing, however the host echoes it", async () => {
  const there = await server((request, response) =>
    json(response, {
      echo: request.headers,
      url: request.url,
      base64: Buffer.from("canary-4711/x").toString("base64"),
    }),
  );
  const tool = {
    url: `${there.origin}/x`,
    auth: [
      { kind: "bearer", secret: "TOKEN" },
      { kind: "header", secret: "TOKEN", name: "X-Key" },
      { kind: "query", secret: "TOKEN", name: "key" },
    ],
  };
  const secret = async (name: string) => (name === "TOKEN" ? "canary-4711/x" : null);
  const { events, model, outcome } = await once(there, tool, {}, { secret });
  expect(there.seen[0]).toMatchObject({
    path: "/x?key=canary-4711%2Fx",
    headers: { authorization: "Bearer canary-4711/x", "x-key": "canary-4711/x" },
  });
  expect(outcome?.ok).toBe(true);
  const sinks = JSON.stringify([events.map((it) => ({ ...it, cost: null })), model.asked], (_, it) =>
    typeof it === "bigint" ? String(it) : it,
  );
  expect(sinks).not.toContain("canary");
  expect(sinks).not.toContain(Buffer.from("canary-4711/x").toString("base64").slice(0, 12));
});

test("T49 basic access; a secret that is not stored is said by its name, and nothing is sent", async () => {
  const there = await server((_, response) => json(response, {}));
  const tool = { url: there.origin, auth: [{ kind: "basic", secret: "PASSWORD", user: "ann" }] };
  await once(there, tool, {}, { secret: async () => "open sesame" });
  expect(there.seen[0]?.headers.authorization).toBe(`Basic ${btoa("ann:open sesame")}`);
  const { outcome } = await once(there, tool);
  expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining("PASSWORD") });
  expect(there.seen).toHaveLength(1);
});

test("T45 a host that the app does not allow is not reached, whatever the file says", async () => {
  const there = await server((_, response) => json(response, {}));
  const files = outsideApp(
    { it: { kind: "http", description: "It.", url: there.origin } },
    { allow_hosts: ["api.example.com"] },
  );
  const chat = outsideChat(scriptedModel([calls("it"), DONE]), files, { exempt: [there.host] });
  expect(outcomes(await chat.say("go"))[0]).toMatchObject({
    ok: false,
    error: expect.stringContaining("allow_hosts"),
  });
  expect(there.seen).toEqual([]);
});

test("only the chosen parts of an answer are shown", async () => {
  const there = await server((_, response) =>
    json(response, { parcel: { state: "here", lines: [{ sku: 1 }, { sku: 2 }], inner: "x" } }),
  );
  const result = { state: "parcel.state", skus: "parcel.lines.*.sku", none: "parcel.__proto__.x" };
  const { outcome } = await once(there, { url: there.origin, result });
  expect(outcome?.data).toEqual({ state: "here", skus: [1, 2], none: null });
});

test("a page becomes its words; what is not text, too large or an error is said in a sentence", async () => {
  const there = await server((request, response) => {
    switch (request.url) {
      case "/page":
        return response
          .writeHead(200, { "content-type": "text/html" })
          .end(`<html><script>evil()</script><h1>Hello &amp; bye</h1>${"<p>x</p>".repeat(9_000)}`);
      case "/image":
        return response
          .writeHead(200, { "content-type": "image/png" })
          .end(Buffer.from([0x89, 0x50, 0xff, 0x00]));
      case "/large":
        return json(response, "x".repeat(5 * 1024 * 1024));
      case "/long":
        return json(response, { text: "y".repeat(200_000) });
      case "/rows":
        return json(
          response,
          Array.from({ length: 5_000 }, (_, n) => ({ n, name: "row of a list" })),
        );
      case "/broken":
        return response.writeHead(200, { "content-type": "application/json" }).end('{"a":');
      case "/gone":
        return json(response, { detail: "no such parcel" }, 404);
      default:
        return response.writeHead(204).end();
    }
  });
  const at = async (path: string) => (await once(there, { url: there.origin + path })).outcome;
  expect((await at("/page"))?.text).toMatch(/^Hello & bye x/);
  expect(JSON.stringify(await at("/page")).length).toBeLessThan(5_000);
  expect(await at("/image")).toMatchObject({ ok: false, error: "The answer is not text but image/png." });
  expect(await at("/large")).toMatchObject({ ok: false, error: expect.stringContaining("larger than") });
  expect(await at("/long")).toMatchObject({ ok: true, cut: true });
  expect(await at("/rows")).toMatchObject({ ok: true, left_out: expect.any(Number) });
  expect(JSON.stringify(await at("/rows")).length).toBeLessThan(LIMITS.toolResultMaxBytes + 1_000);
  expect(await at("/broken")).toMatchObject({ ok: true, text: '{"a":' });
  expect(await at("/gone")).toMatchObject({
    ok: false,
    status: 404,
    untrusted: true,
    excerpt: expect.stringContaining("no such parcel"),
  });
  expect(await at("/empty")).toEqual({ ok: true, status: 204 });
});

test("an answer for the model alone is told to people as done, and no more", async () => {
  const there = await server((_, response) => json(response, { iban: "DE00" }));
  const { events, model } = await once(there, { url: there.origin, private: true });
  expect(JSON.stringify(model.asked[1]?.prompt)).toContain("DE00");
  expect(events.find(({ type }) => type === "tool_result")).toMatchObject({
    seen: { ok: true, private: true },
  });
});

test("an approval shows method, host and arguments, and nothing is sent before the yes or after a no", async () => {
  const there = await server((_, response) => json(response, {}));
  const tool = {
    method: "DELETE",
    url: `${there.origin}/parcels/{number}`,
    parameters: NUMBER,
    required: ["number"],
    approval: { by: "user", message: "Stop {number}?" },
  };
  const { events, chat } = await once(there, tool, { number: "7" });
  const card = events.find((event) => event.type === "tool_call");
  expect(card?.shown.payload).toMatchObject({
    message: "Stop 7?",
    facts: [{ value: `DELETE ${there.host}/parcels/7` }, { name: "number", value: "7" }],
  });
  expect(events.at(-1)).toMatchObject({ type: "paused", reason: "approval" });
  expect(there.seen).toEqual([]);
  expect(outcomes(await chat.answer({ approved: true }))).toMatchObject([{ ok: true }]);
  expect(there.seen).toHaveLength(1);
});

test("in acceptance conversations nothing leaves: the example answers, or a sentence says there is none", async () => {
  const there = await server((_, response) => json(response, {}));
  const inside = { outside: null, ...now };
  const { outcome } = await once(
    there,
    { url: there.origin, example_result: { a: { b: 1 } }, result: { b: "a.b" } },
    {},
    inside,
  );
  expect(outcome).toMatchObject({ ok: true, data: { b: 1 } });
  expect((await once(there, { url: there.origin }, {}, inside)).outcome?.error).toContain("example_result");
  expect(there.seen).toEqual([]);
});

test("a model that calls for ever, a tool that is not there, or with wrong arguments is stopped politely", async () => {
  const there = await server((_, response) => json(response, {}));
  const files = outsideApp(
    { it: { kind: "http", description: "It.", url: there.origin, parameters: NUMBER, required: ["number"] } },
    { allow_hosts: [there.host] },
  );
  for (const script of [
    calls("nothing"),
    calls("it", { number: 7 }),
    calls("it", {}),
    calls("it", { number: "1" }),
  ]) {
    const chat = outsideChat(scriptedModel([script]), files, { exempt: [there.host] });
    const events = await chat.say("go");
    expect(events.at(-1)).toMatchObject({ type: "failed", code: "LIMIT_REACHED" });
    expect(outcomes(events).length).toBeLessThanOrEqual(LIMITS.runMaxToolCalls);
  }
});
