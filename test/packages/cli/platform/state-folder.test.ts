import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { localSecrets, openState } from "#cli/platform/state-folder";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "mozaiks-state-")), "deep", "state");
});
afterEach(() => rmSync(join(folder, "../.."), { recursive: true }));

test("T70 local secrets are made once, stay the same, and only their owner can read them", () => {
  openState(folder);
  const first = localSecrets(folder);
  expect(localSecrets(folder)).toEqual(first);
  expect(first.AUTH_SECRET.length).toBeGreaterThanOrEqual(32);
  expect(first.TOKEN_SECRET).not.toBe(first.AUTH_SECRET);
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test.for(["", "null", "{}", '{"AUTH_SECRET": "short", "TOKEN_SECRET": "short"}'])(
  "secrets that hold %j are refused, not replaced",
  (text) => {
    openState(folder);
    writeFileSync(join(folder, "secrets.json"), text);
    expect(() => localSecrets(folder)).toThrow("is damaged");
  },
);

test("a state folder from before apps had secrets gets a key for them, once, and keeps what it had", () => {
  openState(folder);
  const { SECRETS_KEY: _, ...before } = localSecrets(folder);
  writeFileSync(join(folder, "secrets.json"), JSON.stringify(before));
  const now = localSecrets(folder);
  expect(now).toMatchObject(before);
  expect(now.SECRETS_KEY.length).toBeGreaterThanOrEqual(32);
  expect(localSecrets(folder)).toEqual(now);
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
});
