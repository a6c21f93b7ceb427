import { expect, test } from "vitest";
import { scriptedModel } from "#test/support/scripted-model";
import { DONE, json, once, pauses, server } from "./http-calls.ts";
import { calls, outcomes, outsideApp, outsideChat } from "./outside-chat.ts";

test("only what may be repeated is tried again, as late as the host asks", async () => {
  for (const [tool, tries] of [
    [{ method: "GET" }, 3],
    [{ method: "PUT" }, 3],
    [{ method: "POST" }, 1],
    [{ method: "POST", idempotent: true }, 3],
  ] as const) {
    const there = await server((_, response) => response.writeHead(503).end());
    const { outcome } = await once(there, { ...tool, url: there.origin }, {}, pauses());
    expect(there.seen).toHaveLength(tries);
    expect(new Set(there.seen.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(outcome).toMatchObject({ ok: false, status: 503 });
  }
  const waits = pauses();
  let n = 0;
  const busy = await server((_, response) =>
    n++ === 0 ? response.writeHead(429, { "retry-after": "2" }).end() : json(response, {}),
  );
  expect((await once(busy, { url: busy.origin }, {}, waits)).outcome).toMatchObject({ ok: true });
  expect(waits.taken).toEqual([2_000]);
  const away = await server((_, response) => response.writeHead(429, { "retry-after": "3600" }).end());
  expect((await once(away, { url: away.origin }, {}, pauses())).outcome).toMatchObject({
    ok: false,
    status: 429,
  });
  expect(away.seen).toHaveLength(1);
});

test("F20 F21 a call that hangs is told after its time: a read as failed, a write as unknown; the turn goes on", async () => {
  for (const method of ["GET", "POST"]) {
    let ring = () => {};
    const asked = new Promise<void>((resolve) => {
      ring = resolve;
    });
    const there = await server(() => ring());
    const { outcome, events } = await once(there, { method, url: there.origin }, {}, { wait: () => asked });
    expect(outcome?.error).toContain(method === "GET" ? "no whole answer" : "not known whether");
    expect(events.at(-1)?.type).toBe("completed");
    expect(there.seen).toHaveLength(1);
  }
});

test("F21 a process that dies once the call was noted never makes it again: what came of it is unknown", async () => {
  const there = await server((_, response) => json(response, {}));
  const files = outsideApp(
    { it: { kind: "http", description: "It.", method: "POST", url: there.origin } },
    { allow_hosts: [there.host] },
  );
  const chat = outsideChat(scriptedModel([calls("it"), DONE]), files, { exempt: [there.host] });
  await chat.say("go", "acting");
  const events = await chat.again();
  expect(outcomes(events)).toEqual([
    { ok: false, unknown: true, error: expect.stringContaining("not known whether") },
  ]);
  expect(events.at(-1)?.type).toBe("completed");
  expect(there.seen).toEqual([]);
});

test("F21 F23 a stop that came while the call was out does not call it undone after a crash", async () => {
  const there = await server((_, response) => json(response, {}));
  const files = outsideApp(
    { it: { kind: "http", description: "It.", method: "POST", url: there.origin } },
    { allow_hosts: [there.host] },
  );
  const stop = new AbortController();
  const chat = outsideChat(scriptedModel([calls("it"), DONE]), files, {
    exempt: [there.host],
    signal: stop.signal,
  });
  await chat.say("go", "acting");
  stop.abort();
  const events = await chat.again();
  expect(outcomes(events)).toMatchObject([
    { unknown: true, error: expect.stringContaining("not known whether") },
  ]);
  expect(events.at(-1)?.type).toBe("cancelled");
});

test("F21 a call that may be repeated is made again under the same key", async () => {
  const there = await server((_, response) => json(response, {}));
  const files = outsideApp(
    { it: { kind: "http", description: "It.", method: "PUT", url: there.origin } },
    { allow_hosts: [there.host] },
  );
  const chat = outsideChat(scriptedModel([calls("it"), DONE]), files, { exempt: [there.host] });
  await chat.say("go", "tool_result");
  // Its result was not stored.
  chat.transcript.pop();
  await chat.again();
  expect(there.seen.map(({ headers }) => headers["idempotency-key"])).toEqual(
    Array(2).fill(there.seen[0]?.headers["idempotency-key"]),
  );
});
