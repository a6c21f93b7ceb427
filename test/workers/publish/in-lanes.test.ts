import { expect, test } from "vitest";
import { inLanes } from "#workers/publish/in-lanes";

const never = new AbortController().signal;

/** Work that ends when it is told to. */
function held() {
  const gates = new Map<number, PromiseWithResolvers<void>>();
  const lanes = new Set<number>();
  let most = 0;
  const work = async (item: number, lane: number) => {
    expect(lanes.has(lane)).toBe(false);
    lanes.add(lane);
    most = Math.max(most, lanes.size);
    const gate = Promise.withResolvers<void>();
    gates.set(item, gate);
    await gate.promise;
    lanes.delete(lane);
    return item * 10;
  };
  return { gates, work, most: () => most };
}

async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

test("no more than its lanes are at work, and answers keep the items' order", async () => {
  const { gates, work, most } = held();
  const told: number[] = [];
  const reading = (async () => {
    for await (const it of inLanes([1, 2, 3, 4], 2, never, work)) told.push(it);
  })();
  await settled();
  expect([...gates.keys()]).toEqual([1, 2]);
  gates.get(2)?.resolve();
  await settled();
  expect([...gates.keys()]).toEqual([1, 2, 3]);
  expect(told).toEqual([]);
  for (const item of [1, 3]) gates.get(item)?.resolve();
  await settled();
  gates.get(4)?.resolve();
  await reading;
  expect([told, most()]).toEqual([[10, 20, 30, 40], 2]);
});

test("a failure is thrown in its turn, once what had begun has ended", async () => {
  const ended: number[] = [];
  const work = async (item: number) => {
    await settled();
    ended.push(item);
    if (item === 2) throw new Error("two");
    return item;
  };
  const told: number[] = [];
  await expect(async () => {
    for await (const it of inLanes([1, 2, 3, 4, 5, 6], 2, never, work)) told.push(it);
  }).rejects.toThrow("two");
  expect(told).toEqual([1]);
  expect(ended.length).toBeLessThan(6);
});

test("nothing new begins once it is stopped, or its reader has turned away", async () => {
  const stop = new AbortController();
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    if (item === 2) stop.abort();
    return item;
  };
  const told: number[] = [];
  for await (const it of inLanes([1, 2, 3, 4], 1, stop.signal, work)) told.push(it);
  expect([told, begun]).toEqual([
    [1, 2],
    [1, 2],
  ]);
  begun.length = 0;
  for await (const _ of inLanes([1, 3, 4, 5], 1, never, work)) break;
  expect(begun.length).toBeLessThan(4);
});
