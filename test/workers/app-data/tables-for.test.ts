import { expect, test } from "vitest";
import { tablesFor } from "#workers/app-data/tables-for";
import type { Env } from "#workers/env";

/** An object whose first calls fail as told; each stub answers one call only, like one that broke. */
function failing(failures: Record<string, boolean>[]) {
  const names: string[] = [];
  const left = [...failures];
  const getByName = (name: string) => {
    names.push(name);
    let isUsed = false;
    const count = async () => {
      if (isUsed) throw new Error("a used stub was used again");
      isUsed = true;
      const failure = left.shift();
      if (failure) throw Object.assign(new Error("object reset"), failure);
      return { ok: true, value: 7 };
    };
    return { count };
  };
  return { env: { APP_DATA: { getByName } } as unknown as Env, names };
}

test("a call whose object went away is repeated on a new stub", async () => {
  const { env, names } = failing([{ retryable: true }, { retryable: true }]);
  expect(await tablesFor(env, "ent-1").count("orders", {})).toBe(7);
  expect(names).toEqual(["ent-1", "ent-1", "ent-1"]);
});

test("an object that stays away is unavailable", async () => {
  const { env } = failing([{ retryable: true }, { retryable: true }, { retryable: true }]);
  await expect(tablesFor(env, "ent-1").count("orders", {})).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("an overloaded object is left alone", async () => {
  const { env, names } = failing([{ retryable: true, overloaded: true }]);
  await expect(tablesFor(env, "ent-1").count("orders", {})).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(names).toHaveLength(1);
});

test("a fault is not repeated, and stays a fault", async () => {
  const { env, names } = failing([{}]);
  await expect(tablesFor(env, "ent-1").count("orders", {})).rejects.toThrow("object reset");
  expect(names).toHaveLength(1);
});

test("a scratch copy is another object", async () => {
  const { env, names } = failing([]);
  await tablesFor(env, "ent-1", "build-1").count("orders", {});
  expect(names).toEqual(["ent-1:scratch:build-1"]);
});
