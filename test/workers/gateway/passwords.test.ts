import { expect, test } from "vitest";
import { passwords } from "#workers/gateway/passwords";

test("T17 a password's hash carries its parameters and a salt of its own, and checks only against it", async () => {
  const [one, two] = await Promise.all([passwords.hash("correct horse"), passwords.hash("correct horse")]);
  expect(one).toMatch(/^scrypt\$16384\$16\$1\$[0-9a-f]{32}\$[0-9a-f]{128}$/);
  expect(one).not.toBe(two);
  expect(await passwords.verify({ hash: one, password: "correct horse" })).toBe(true);
  expect(await passwords.verify({ hash: one, password: "Correct horse" })).toBe(false);
});

test("T17 it is scrypt as RFC 7914 has it", async () => {
  const salt = Buffer.from("SodiumChloride").toString("hex");
  const { scryptSync } = await import("node:crypto");
  const key = scryptSync("pleaseletmein", "SodiumChloride", 64, { N: 16384, r: 16, p: 1, maxmem: 2 ** 26 });
  const hash = `scrypt$16384$16$1$${salt}$${key.toString("hex")}`;
  expect(await passwords.verify({ hash, password: "pleaseletmein" })).toBe(true);
});

test("hashes of another make and over-long passwords match nothing", async () => {
  for (const hash of ["", "bcrypt$1$2$3$4$5", "scrypt$1024$16$1$00$00", "scrypt$16384$16$1$$"]) {
    expect(await passwords.verify({ hash, password: "x" })).toBe(false);
  }
  const hash = await passwords.hash("x".repeat(128));
  expect(await passwords.verify({ hash, password: "x".repeat(129) })).toBe(false);
});
