import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { EgressError } from "#egress/egress-error";
import { type Egress, type GuardedRequest, guardedFetch } from "#egress/guarded-fetch";
import { type OutsideServer, outsideServer } from "#test/support/outside-server";

type Handle = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const servers: OutsideServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((it) => it.close()));
});

async function server(handle: Handle): Promise<OutsideServer> {
  const it = await outsideServer(handle);
  servers.push(it);
  return it;
}

function never(): Promise<void> {
  return new Promise(() => undefined);
}

function egress(exempt: string[], more: Partial<Egress> = {}): Egress {
  return { fetch, wait: never, policy: { hosts: null, own: ["foundry.example"], exempt }, ...more };
}

function ask(url: string, way: Egress, more: Partial<GuardedRequest> = {}): Promise<Response> {
  const signal = new AbortController().signal;
  return guardedFetch(way, url, {
    method: "GET",
    headers: {},
    signal,
    timeout_ms: 10_000,
    max_bytes: 100_000,
    ...more,
  });
}

async function failure(work: Promise<Response>): Promise<EgressError> {
  try {
    const response = await work;
    await response.arrayBuffer();
  } catch (cause) {
    if (cause instanceof EgressError) return cause;
    throw cause;
  }
  throw new Error("it was answered");
}

/** Resolves when told to: a clock that a test winds. */
function clock() {
  let ring = () => {};
  const rung = new Promise<void>((resolve) => {
    ring = resolve;
  });
  return { wait: () => rung, ring };
}

function redirect(response: ServerResponse, to: string, status = 302): void {
  response.writeHead(status, { location: to }).end();
}

test("an answer comes through with its status, headers and body; who asks is said", async () => {
  const there = await server((_, response) => response.writeHead(201, { "x-a": "1" }).end("hello"));
  const answer = await ask(`${there.origin}/a?b=c`, egress([there.host]), {
    method: "POST",
    headers: {
      "content-type": "text/plain",
      cookie: "session=1",
      "x-forwarded-for": "1.1.1.1",
      "cf-connecting-ip": "1",
    },
    body: "x",
  });
  expect([answer.status, answer.headers.get("x-a"), await answer.text()]).toEqual([201, "1", "hello"]);
  expect(there.seen).toMatchObject([
    { method: "POST", path: "/a?b=c", body: "x", headers: { "mozaiks-from": "foundry.example" } },
  ]);
  expect(Object.keys(there.seen[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(["cookie"]));
  expect(there.seen[0]?.headers).not.toHaveProperty("x-forwarded-for");
  expect(there.seen[0]?.headers).not.toHaveProperty("cf-connecting-ip");
});

test("T45 what may not be reached is not asked", async () => {
  const there = await server((_, response) => response.end("secret"));
  const refused = await failure(ask(`${there.origin}/`, egress([])));
  expect(refused).toMatchObject({ code: "refused", sent: false });
  expect(there.seen).toEqual([]);
});

test("T46 a redirect to an address inside is refused at the hop", async () => {
  const inside = await server((_, response) => response.end("metadata"));
  const there = await server((_, response) => redirect(response, `${inside.origin}/latest/meta-data`));
  expect(await failure(ask(there.origin, egress([there.host])))).toMatchObject({
    code: "refused",
    sent: true,
  });
  for (const to of [
    "http://169.254.169.254/",
    "//127.0.0.1/",
    "file:///etc/passwd",
    "http://[::1]/",
    "https://127.0.0.1.nip.io/",
  ]) {
    const odd = await server((_, response) => redirect(response, to));
    expect(await failure(ask(odd.origin, egress([odd.host])))).toMatchObject({ code: "refused" });
  }
  expect(inside.seen).toEqual([]);
});

test("T46 from https no redirect leads to plain http, not even to an exempt host", async () => {
  const answers = [new Response(null, { status: 302, headers: { location: "http://crm.lan/" } })];
  const way = egress(["crm.lan"], { fetch: async () => answers.shift() ?? new Response("plain") });
  expect(await failure(ask("https://api.example.com/", way))).toMatchObject({ code: "refused" });
});

test("T48 redirects end after five", async () => {
  const there = await server((request, response) => redirect(response, `${request.url}x`));
  expect(await failure(ask(`${there.origin}/`, egress([there.host])))).toMatchObject({ code: "redirects" });
  expect(there.seen).toHaveLength(LIMITS.egressMaxRedirects + 1);
});

test("T49 a redirect to another host takes no secret along; one on the same host does", async () => {
  const other = await server((_, response) => response.end("other"));
  const there = await server((request, response) =>
    request.url === "/away"
      ? redirect(response, other.origin)
      : request.url === "/on"
        ? redirect(response, "/end")
        : response.end("end"),
  );
  const way = egress([there.host, other.host]);
  const secret_headers = { authorization: "Bearer canary-4711", "x-api-key": "canary-4711" };
  await (await ask(`${there.origin}/away`, way, { secret_headers })).text();
  await (await ask(`${there.origin}/on`, way, { secret_headers })).text();
  expect(there.seen.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill("Bearer canary-4711"));
  expect(JSON.stringify(other.seen)).not.toContain("canary");
});

test("after a 303, and a 302 of a POST, the next request is a GET without the body; after a 307 it is the same", async () => {
  const there = await server((request, response) =>
    request.url === "/end" ? response.end("end") : redirect(response, "/end", Number(request.url?.slice(1))),
  );
  const way = egress([there.host]);
  for (const status of [303, 302, 307])
    await ask(`${there.origin}/${status}`, way, { method: "POST", headers: {}, body: "b" });
  const ends = there.seen
    .filter(({ path }) => path === "/end")
    .map(({ method, body }) => `${method} ${body}`);
  expect(ends).toEqual(["GET ", "GET ", "POST b"]);
});

test("T48 an endless answer ends at the limit, whether it says its length or not", async () => {
  let written = 0;
  const there = await server((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536;
      response.once("drain", more);
    };
    more();
  });
  expect(await failure(ask(there.origin, egress([there.host])))).toMatchObject({
    code: "too_large",
    sent: true,
  });
  expect(written).toBeLessThan(64 * 1024 * 1024);
  const honest = await server((_, response) =>
    response.writeHead(200, { "content-length": String(10 * 1024 ** 3) }).write("x"),
  );
  expect(await failure(ask(honest.origin, egress([honest.host])))).toMatchObject({ code: "too_large" });
});

test("T48 a small answer that unpacks to a huge one ends at the limit", async () => {
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
  expect(bomb.byteLength).toBeLessThan(100_000);
  const there = await server((_, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
  );
  expect(await failure(ask(there.origin, egress([there.host])))).toMatchObject({ code: "too_large" });
});

test("F20 a host that never answers ends with the time", async () => {
  const asked = clock();
  const there = await server(() => asked.ring());
  expect(await failure(ask(there.origin, egress([there.host], { wait: asked.wait })))).toMatchObject({
    code: "timeout",
    sent: true,
  });
});

test("T48 a trickle ends with the time, in the middle of the body", async () => {
  const time = clock();
  const there = await server((_, response) => response.write("drop"));
  const answer = await ask(there.origin, egress([there.host], { wait: time.wait }));
  const reader = answer.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("drop");
  const next = reader?.read();
  time.ring();
  await expect(next).rejects.toMatchObject({ code: "timeout" });
});

test("F20 the caller's abort ends it, before, during and after the answer began", async () => {
  const before = AbortSignal.abort();
  const there = await server((_, response) => response.write("drop"));
  expect(await failure(ask(there.origin, egress([there.host]), { signal: before }))).toMatchObject({
    code: "aborted",
    sent: false,
  });
  const during = new AbortController();
  const hang = await server(() => during.abort());
  expect(await failure(ask(hang.origin, egress([hang.host]), { signal: during.signal }))).toMatchObject({
    code: "aborted",
  });
  const after = new AbortController();
  const answer = await ask(there.origin, egress([there.host]), { signal: after.signal });
  const rest = answer.text();
  after.abort();
  await expect(rest).rejects.toMatchObject({ code: "aborted" });
});

test("a broken answer and a host that is not there are said in a word", async () => {
  const there = await server((request, response) => {
    if (request.url === "/cut")
      response.writeHead(200, { "content-length": "100" }).write("abc", () => response.destroy());
    else request.socket.destroy();
  });
  expect(await failure(ask(`${there.origin}/cut`, egress([there.host])))).toMatchObject({
    code: "unreachable",
  });
  expect(await failure(ask(`${there.origin}/`, egress([there.host])))).toMatchObject({
    code: "unreachable",
    sent: true,
  });
});

test("no header can be smuggled in by a line break", async () => {
  const there = await server((_, response) => response.end());
  await ask(there.origin, egress([there.host]), {
    headers: { "x-a": "1\r\nx-evil: 2\r\n\r\nGET / HTTP/1.1" },
  });
  expect(there.seen).toHaveLength(1);
  expect(there.seen[0]?.headers).not.toHaveProperty("x-evil");
});
