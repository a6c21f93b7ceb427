import { expect, test } from "vitest";
import { sha256Hex } from "#base/sha256-hex";
import { type Action, may, ROLES } from "#enterprises/may";
import { keyIdOf, newKeyText, prefixOf, sameText } from "#keys/key-text";
import { grants, SCOPE_ACTIONS } from "#keys/scopes";
import { KEY_SCOPES } from "#protocol/api/key";

test("T22 all scopes together make no key, member or secret, change no setting and end no app", () => {
  const actions: Action[] = [
    "keys.change",
    "members.change",
    "members.read",
    "secrets.change",
    "app.change",
    "app.delete",
    "audit.read",
    "chats.act",
  ];
  for (const action of actions)
    expect({ action, is: grants(KEY_SCOPES, action) }).toEqual({ action, is: false });
});

test("T22 whoever may manage keys has everything that a scope gives", () => {
  const makers = ROLES.filter((role) => may(role, "keys.change"));
  expect(makers).toEqual(["owner", "admin"]);
  for (const role of makers)
    for (const action of Object.values(SCOPE_ACTIONS).flat()) expect(may(role, action)).toBe(true);
});

test("a key names itself and hides the rest; texts of any other shape name nothing", async () => {
  let n = 0;
  const { keyId, key } = newKeyText((prefix) => `${prefix}_${String(n++).repeat(26)}`);
  expect({ keyId, key }).toEqual({
    keyId: `key_${"0".repeat(26)}`,
    key: `mzk_${"0".repeat(26)}_${"1".repeat(26)}${"2".repeat(26)}`,
  });
  expect(keyIdOf(key)).toBe(keyId);
  expect(key.startsWith(prefixOf(keyId))).toBe(true);
  for (const text of ["", "mzk_", ` ${key}`, `${key}\n`, key.slice(1), key.replace("_", "-"), `${key}0`])
    expect(keyIdOf(text)).toBeNull();
  expect(await sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("texts are the same only if they are, whatever their lengths", () => {
  expect(sameText("abc", "abc")).toBe(true);
  for (const other of ["abd", "ab", "abcd", "", "Abc"]) expect(sameText("abc", other)).toBe(false);
});
