import { createHmac } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { type OutsideServer, outsideServer, type Seen } from "#test/support/outside-server";
import { changeEndpoint } from "#webhooks/endpoints";
import { replayDead, replayOne } from "#webhooks/log";
import { enqueue, nextLook, takeNext } from "#webhooks/queue";
import { MAX_TRIES } from "#webhooks/retry-at";
import { type Handle, openOutbox, published, SECRET, START } from "./outbox.ts";

const servers: OutsideServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((it) => it.close()));
});

async function receiver(handle: Handle): Promise<OutsideServer> {
  servers.push(await outsideServer(handle));
  return servers.at(-1)!;
}

const answering = (status: number, headers: Record<string, string> = {}) =>
  receiver((_, response) => response.writeHead(status, headers).end("noted"));

const idsOf = (seen: Seen[]) => seen.map(({ headers }) => headers["webhook-id"]);

test("an event arrives once as JSON, and any implementation of Standard Webhooks finds its signature good", async () => {
  const there = await answering(204);
  const box = openOutbox([there.host]);
  box.endpoint("wh_1", `${there.origin}/hook`);
  box.tell(3);
  box.tell(3);
  await box.drain();
  expect(there.seen).toHaveLength(1);
  const { headers, body, method, path } = there.seen[0]!;
  expect([method, path, headers["content-type"]]).toEqual(["POST", "/hook", "application/json"]);
  expect(JSON.parse(body)).toEqual({
    id: "evt_version_published_3",
    type: "version.published",
    created_at: "2026-11-25T00:00:00.000Z",
    enterprise_id: "ent_1",
    data: { version: 3, published_by: "user_1" },
  });
  expect(headers["webhook-id"]).toBe("evt_version_published_3");
  expect(headers["webhook-timestamp"]).toBe(String(START / 1_000));
  const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const hmac = createHmac("sha256", key).update(signed).digest("base64");
  expect(headers["webhook-signature"]).toBe(`v1,${hmac}`);
  box.tell(3);
  await box.drain();
  expect(there.seen).toHaveLength(1);
  expect(box.log("wh_1")).toMatchObject([{ status: "delivered", tries: 1, next_at: null }]);
});

test("an endpoint that fails and then works gets it late, with the same id; the log tells each attempt", async () => {
  let asks = 0;
  const there = await receiver((_, response) => {
    asks += 1;
    response.writeHead(asks < 4 ? 500 : 200).end(asks < 4 ? "down" : "up again");
  });
  const box = openOutbox([there.host]);
  box.endpoint("wh_1", there.origin);
  box.tell(1);
  await box.run();
  expect(idsOf(there.seen)).toEqual(Array(4).fill("evt_version_published_1"));
  const [delivery] = box.log("wh_1");
  expect(delivery).toMatchObject({ status: "delivered", tries: 4, next_at: null });
  expect(delivery?.attempts.map(({ status, response }) => [status, response])).toEqual([
    [500, "down"],
    [500, "down"],
    [500, "down"],
    [200, "up again"],
  ]);
  const times = delivery?.attempts.map(({ at }) => Date.parse(at) - START);
  expect(times).toEqual([0, 10_000, 60_000, 310_000]);
  expect(box.find("wh_1")?.failing_since).toBeNull();
});

test("what never gets through is dead after its last try, and can be sent again, one or all of them", async () => {
  let status = 503;
  const there = await receiver((_, response) => response.writeHead(status).end());
  const box = openOutbox([there.host]);
  box.endpoint("wh_1", there.origin);
  box.tell(1);
  await box.run();
  expect(there.seen).toHaveLength(MAX_TRIES);
  expect(box.log("wh_1")).toMatchObject([{ status: "dead", tries: MAX_TRIES, next_at: null }]);
  status = 200;
  expect(replayDead(box.sql, "wh_1", START + 1, box.now())).toBe(0);
  expect(replayDead(box.sql, "wh_1", START, box.now())).toBe(1);
  await box.drain();
  expect(replayDead(box.sql, "wh_1", START, box.now())).toBe(0);
  const [delivery] = box.log("wh_1");
  expect(delivery).toMatchObject({ status: "delivered", tries: 1 });
  expect(replayOne(box.sql, "wh_2", delivery?.delivery_id ?? "", box.now())).toBe(false);
  expect(replayOne(box.sql, "wh_1", delivery?.delivery_id ?? "", box.now())).toBe(true);
  await box.drain();
  expect(there.seen).toHaveLength(MAX_TRIES + 2);
  expect(new Set(idsOf(there.seen)).size).toBe(1);
});

test("an endpoint that asks to be left alone is", async () => {
  const there = await answering(429, { "retry-after": "3600" });
  const box = openOutbox([there.host]);
  box.endpoint("wh_1", there.origin);
  box.tell(1);
  await box.drain();
  expect(box.log("wh_1")[0]?.next_at).toBe(new Date(START + 3_600_000).toISOString());
});

test("an endpoint that never answers is let go of after ten seconds, and meanwhile holds up nobody", async () => {
  const mute = await receiver(() => undefined);
  const quick = await answering(200);
  const box = openOutbox([mute.host, quick.host]);
  box.endpoint("wh_quick", quick.origin);
  box.tell(1);
  await box.drain();
  for (let n = 0; n < 6; n += 1) box.endpoint(`wh_mute${n}`, mute.origin);
  box.tell(2, 3);
  const first = box.drain();
  await until(() => quick.seen.length === 3);
  box.tell(4, 5);
  box.bell.ring();
  await until(() => quick.seen.length === 5);
  expect(mute.seen).toHaveLength(LIMITS.webhookSendsAtOnce / 2);
  let done = false;
  void first.then(() => {
    done = true;
  });
  while (!done) {
    box.ring();
    await turn();
  }
  const attempts = box.log("wh_mute0").flatMap((it) => it.attempts);
  expect(attempts[0]).toMatchObject({
    status: null,
    ms: LIMITS.webhookTimeoutMs,
    error: "There was no whole answer within 10 seconds.",
  });
  expect(box.faults).toEqual([]);
});

test("T46 a redirect is not followed, wherever it leads", async () => {
  const inside = await answering(200);
  const there = await answering(307, { location: inside.origin });
  const box = openOutbox([there.host, inside.host]);
  box.endpoint("wh_1", there.origin);
  box.tell(1);
  await box.drain();
  expect([there.seen.length, inside.seen.length]).toEqual([1, 0]);
  expect(box.log("wh_1")[0]?.attempts).toMatchObject([
    { status: 307, error: expect.stringContaining("leads elsewhere") },
  ]);
});

test("T45 an address is judged again with each request: what is not public any more is not reached", async () => {
  const there = await answering(200);
  const box = openOutbox([]);
  box.endpoint("wh_1", there.origin);
  box.endpoint("wh_2", "https://foundry.example/api");
  box.tell(1);
  await box.drain();
  expect(there.seen).toEqual([]);
  for (const id of ["wh_1", "wh_2"])
    expect(box.log(id)[0]?.attempts).toMatchObject([
      { status: null, error: expect.stringContaining("can't be reached") },
    ]);
});

test("T48 of a huge answer a kilobyte is read and kept", async () => {
  let written = 0;
  const there = await receiver((_, response) => {
    const more = () => {
      while (!response.destroyed) {
        written += 64 * 1024;
        if (!response.write("x".repeat(64 * 1024))) break;
      }
    };
    response.writeHead(200).on("drain", more);
    more();
  });
  const box = openOutbox([there.host]);
  box.endpoint("wh_1", there.origin);
  box.tell(1);
  await box.drain();
  expect(box.log("wh_1")[0]).toMatchObject({ status: "delivered" });
  expect(box.log("wh_1")[0]?.attempts[0]?.response).toBe("x".repeat(LIMITS.webhookExcerptBytes));
  expect(written).toBeLessThan(16 * 1024 * 1024);
});

test("410 switches an endpoint off at once; what was in line for it is dead, and nothing more is put there", async () => {
  const there = await answering(410);
  const box = openOutbox([there.host]);
  box.endpoint("wh_1", there.origin);
  box.tell(1, 2, 3);
  await box.drain();
  expect(there.seen).toHaveLength(1);
  expect(box.find("wh_1")).toMatchObject({ active: false, off_reason: "gone" });
  box.tell(4);
  expect(box.log("wh_1").map(({ status }) => status)).toEqual(["dead", "dead", "dead"]);
});

test("an endpoint that nothing gets through to for three days is switched off, and starts afresh when it is switched on", async () => {
  const there = await answering(500);
  const box = openOutbox([there.host]);
  box.endpoint("wh_1", there.origin);
  for (let day = 0; day < 3; day += 1) {
    box.tell(day);
    await box.run(24 * 3_600_000);
    expect(box.find("wh_1")?.active).toBe(true);
    box.pass(START + (day + 1) * 24 * 3_600_000 - box.now());
  }
  box.tell(3);
  await box.run();
  const off = box.find("wh_1");
  expect(off).toMatchObject({ active: false, off_reason: "failing", failing_since: START });
  if (!off) throw new Error("gone");
  changeEndpoint(box.sql, off, { active: true });
  expect(box.find("wh_1")).toMatchObject({ active: true, off_reason: null, failing_since: null });
});

test("F35 a process that dies between sending and noting sends it again with the same id, and no more than that", async () => {
  const there = await answering(200);
  const box = openOutbox([there.host]);
  box.endpoint("wh_1", there.origin);
  box.tell(1);
  const gone = new AbortController();
  const dying = box.drain({
    signal: gone.signal,
    // It arrives, and the process is gone before it hears so.
    egress: {
      ...box.deps.egress,
      fetch: async (url, init) => {
        const answer = await fetch(url, { ...init, signal: null });
        gone.abort();
        return answer;
      },
    },
  });
  await dying;
  expect(there.seen).toHaveLength(1);
  expect(box.log("wh_1")).toMatchObject([{ status: "pending", tries: 1 }]);
  await box.run();
  expect(idsOf(there.seen)).toEqual(["evt_version_published_1", "evt_version_published_1"]);
  expect(box.log("wh_1")).toMatchObject([{ status: "delivered", tries: 2 }]);
  await box.run();
  expect(there.seen).toHaveLength(2);
});

test("what can't be sent for a reason of ours is not held against the endpoint", async () => {
  const there = await answering(200);
  const box = openOutbox([there.host]);
  box.endpoint("wh_1", there.origin);
  box.tell(1);
  await box.drain({ secretsOf: async () => Promise.reject(new Error("no key")) });
  expect(box.faults).toHaveLength(1);
  expect(box.log("wh_1")).toMatchObject([{ status: "pending", tries: 0, attempts: [] }]);
  expect(box.find("wh_1")?.failing_since).toBeNull();
  await box.run();
  expect(box.log("wh_1")).toMatchObject([{ status: "delivered", tries: 1 }]);
});

test("thousands in line are rows: four are in hand at a time, one look is next, the oldest go where there are too many", async () => {
  const box = openOutbox([]);
  for (let n = 0; n < 5; n += 1) box.endpoint(`wh_${n}`, "https://hooks.example");
  const many = LIMITS.webhookDeliveriesKept / 2;
  for (let at = 0; at < many; at += 100)
    enqueue(
      box.sql,
      Array.from({ length: 100 }, (_, n) => published(at + n)),
      START,
    );
  const count = () => Number(box.sql.exec("SELECT count(*) AS n FROM delivery")[0]?.n);
  expect(count()).toBe(LIMITS.webhookDeliveriesKept);
  expect(nextLook(box.sql)).toBe(START);
  const inHand = { now: 0, most: 0, total: 0 };
  await box.drain({
    egress: {
      ...box.deps.egress,
      fetch: async () => {
        inHand.now += 1;
        inHand.total += 1;
        inHand.most = Math.max(inHand.most, inHand.now);
        await turn();
        inHand.now -= 1;
        return new Response(null, { status: 204 });
      },
    },
  });
  expect(inHand).toEqual({ now: 0, most: LIMITS.webhookSendsAtOnce, total: LIMITS.webhookDeliveriesKept });
  expect(takeNext(box.sql, new Set(), START)).toBeNull();
  // Nothing is left to do but to forget them in a month.
  expect(nextLook(box.sql)).toBe(START + LIMITS.webhookLogMs + 1);
});

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}
