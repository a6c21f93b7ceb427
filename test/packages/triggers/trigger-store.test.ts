import fc from "fast-check";
import { expect, test } from "vitest";
import { deliveryBegan, noteDelivery } from "#triggers/deliveries";
import { type Declared, openTriggers } from "#triggers/trigger-store";
import { nodeSql } from "../../support/sqlite.ts";

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 5, 9);
const hourly: Declared = {
  workflow: "report",
  name: "hourly",
  trigger: { kind: "schedule", name: "hourly", cron: "0 * * * *", input: "Report." },
};
const of = { enterprise_id: "e", version: 1 };

function storeAt(declared: Declared[] = [hourly]) {
  const store = openTriggers(nodeSql());
  store.replace(of, declared, "UTC", START);
  return store;
}

test("what was missed is made up once, and the next time is in the future", () => {
  const store = storeAt();
  expect(store.due(START + 59 * MINUTE)).toEqual([]);
  const late = START + 10 * 60 * MINUTE + MINUTE;
  const [missed, ...more] = store.due(late);
  expect([missed?.next_at, more]).toEqual([START + 60 * MINUTE, []]);
  store.began(missed!, "chat_1", late);
  expect(store.due(late)).toEqual([]);
  expect(store.nextLook()).toBe(START + 11 * 60 * MINUTE);
});

test("F35 a due time that is looked at twice is noted once", () => {
  const store = storeAt();
  const at = START + 60 * MINUTE;
  const [one] = store.due(at);
  const [two] = store.due(at);
  store.began(one!, "chat_1", at);
  store.failed(two!, "late", at);
  store.began(two!, "chat_2", at);
  expect(store.find("report", "hourly")).toMatchObject({
    last_chat_id: "chat_1",
    last_error: null,
    tries: 0,
  });
});

test("a time that can't be begun is tried again later and later, then let go: never a hot loop", () => {
  const store = storeAt();
  let now = START + 60 * MINUTE;
  const waits: number[] = [];
  for (let at = store.due(now)[0]; at && at.next_at === START + 60 * MINUTE; at = store.due(now)[0]) {
    store.failed(at, "down", now);
    const next = store.nextLook()!;
    expect(next).toBeGreaterThan(now);
    waits.push((next - now) / MINUTE);
    now = next;
  }
  expect(waits).toEqual([1, 2, 4, 8, 45]);
  expect(store.find("report", "hourly")).toMatchObject({ last_error: "down", tries: 0, last_chat_id: null });
});

test("F36 whatever is declared, done and failed, the next look is the earliest there is, and all due are found", () => {
  const crons = ["0 * * * *", "*/5 * * * *", "30 9 * * *", "0 0 1 1 *"];
  const declared = fc.uniqueArray(
    fc.record({ name: fc.constantFrom("a", "b", "c", "d"), cron: fc.constantFrom(...crons) }),
    { selector: (it) => it.name },
  );
  const step = fc.oneof(
    fc.record({ kind: fc.constant("replace" as const), declared }),
    fc.record({
      kind: fc.constant("look" as const),
      after: fc.integer({ min: 0, max: 200 }),
      fails: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const store = storeAt([]);
      const begun = new Set<string>();
      let now = START;
      for (const it of steps) {
        if (it.kind === "replace") {
          const list = it.declared.map(
            ({ name, cron }): Declared => ({
              workflow: "w",
              name,
              trigger: { kind: "schedule", name, cron, input: "x" },
            }),
          );
          store.replace(of, list, "UTC", now);
          expect(store.all().map(({ name, cron }) => ({ name, cron }))).toEqual(
            it.declared.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
          );
          continue;
        }
        now += it.after * MINUTE;
        for (const one of store.due(now)) {
          if (it.fails) store.failed(one, "down", now);
          else {
            const key = `${one.name} ${one.cron} ${one.next_at}`;
            expect(begun.has(key)).toBe(false);
            begun.add(key);
            store.began(one, "chat", now);
          }
        }
        expect(store.due(now)).toEqual([]);
        const looks = store.all().flatMap((one) => one.retry_at ?? one.next_at ?? []);
        expect(store.nextLook()).toBe(looks.length > 0 ? Math.min(...looks) : null);
        expect(looks.every((at) => at > now)).toBe(true);
      }
    }),
    { seed: 6, numRuns: 150 },
  );
});

test("a schedule keeps its due time through versions; another cron, zone or an unpublished app does not", () => {
  const store = storeAt();
  const late = START + 90 * MINUTE;
  store.replace({ ...of, version: 2 }, [hourly], "UTC", late);
  expect(store.find("report", "hourly")?.next_at).toBe(START + 60 * MINUTE);
  store.replace({ ...of, version: 3 }, [hourly], "Asia/Kolkata", late);
  expect(store.find("report", "hourly")?.next_at).toBe(START + 150 * MINUTE);
  store.replace({ ...of, version: null }, [], "UTC", late);
  expect([store.all(), store.nextLook()]).toEqual([[], null]);
});

test("T66 a request's id is taken once, and sixty in a minute", () => {
  const sql = nodeSql();
  openTriggers(sql);
  const hook = { workflow: "w", name: "h" };
  expect(noteDelivery(sql, hook, "m1", START)).toEqual({ ok: true, chat_id: null });
  deliveryBegan(sql, hook, "m1", "chat_1", START);
  expect(noteDelivery(sql, hook, "m1", START + 1)).toEqual({ ok: true, chat_id: "chat_1" });
  expect(noteDelivery(sql, { ...hook, name: "other" }, "m1", START)).toEqual({ ok: true, chat_id: null });
  for (let n = 2; n <= 60; n++) expect(noteDelivery(sql, hook, `m${n}`, START + n).ok).toBe(true);
  expect(noteDelivery(sql, hook, "m61", START + 100)).toEqual({ ok: false, code: "RATE_LIMITED" });
  expect(noteDelivery(sql, hook, "m61", START + MINUTE + 100).ok).toBe(true);
});
