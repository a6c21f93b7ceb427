import { expect, test } from "vitest";
import { keyRing, newTenantKey, openTenantKey, secretPlace } from "#secrets/key-ring";
import { seal, unseal } from "#secrets/seal";

const OLD = "the old platform key, of more than 32 letters";
const NEW = "the new platform key, of more than 32 letters";
const text = (value: string) => Uint8Array.from(new TextEncoder().encode(value));

async function tenant(id = "ent_a", key = OLD) {
  const ring = await keyRing(key, undefined);
  const stored = await newTenantKey(ring, id);
  const opened = await openTenantKey(ring, id, stored);
  if (!opened) throw new Error("closed");
  return { stored, key: opened.key };
}

test("T50 what is sealed for one tenant, name and version opens in that place only", async () => {
  const { key } = await tenant();
  const place = secretPlace("ent_a", "SHOP_KEY", 1);
  const sealed = await seal(key, place, text("s3cret"));
  expect(sealed).not.toContain("s3cret");
  expect(await unseal(key, place, sealed)).toEqual(text("s3cret"));
  for (const other of [
    secretPlace("ent_b", "SHOP_KEY", 1),
    secretPlace("ent_a", "OTHER_KEY", 1),
    secretPlace("ent_a", "SHOP_KEY", 2),
  ])
    expect(await unseal(key, other, sealed)).toBeNull();
  expect(await unseal((await tenant("ent_b")).key, place, sealed)).toBeNull();
  const [iv, body = ""] = sealed.split(".");
  const changed = `${iv}.${body.startsWith("A") ? "B" : "A"}${body.slice(1)}`;
  expect(await unseal(key, place, changed)).toBeNull();
  for (const junk of ["", ".", "x", "a.b"]) expect(await unseal(key, place, junk)).toBeNull();
});

test("T50 a tenant's key opens for that tenant only, and under no other key of the platform", async () => {
  const { stored } = await tenant();
  expect(await openTenantKey(await keyRing(OLD, undefined), "ent_b", stored)).toBeNull();
  const other = await keyRing(NEW, undefined);
  expect(await openTenantKey(other, "ent_a", stored)).toBeNull();
  expect(await openTenantKey(other, "ent_a", { ...stored, kekId: other[0].id })).toBeNull();
});

test("T50 a new key of the platform takes over: what was sealed opens the same, and the old one is not needed after", async () => {
  const { stored, key } = await tenant();
  const place = secretPlace("ent_a", "SHOP_KEY", 1);
  const sealed = await seal(key, place, text("s3cret"));
  const both = await keyRing(NEW, OLD);
  const opened = await openTenantKey(both, "ent_a", stored);
  expect(opened?.again?.kekId).toBe(both[0].id);
  expect(await unseal(opened!.key, place, sealed)).toEqual(text("s3cret"));
  const later = await openTenantKey(await keyRing(NEW, undefined), "ent_a", opened!.again!);
  expect(later?.again).toBeNull();
  expect(await unseal(later!.key, place, sealed)).toEqual(text("s3cret"));
});

test("a key of the platform that is too short to be one is refused", async () => {
  await expect(keyRing("short", undefined)).rejects.toThrow("32");
});
