import { expect, test } from "vitest";
import { signChatToken, verifyChatToken } from "#auth/chat-token";

const SECRET = "a-secret-of-at-least-thirty-two-letters";
const NOW = Date.parse("2026-11-01T12:00:00Z");
const claims = { sub: "user_1", realm: "foundry", enterprise_id: "ent_1", chat_id: "chat_1" };

test("a token says what was signed until it expires, and then that it has", async () => {
  const { token, expiresAt } = await signChatToken(claims, SECRET, NOW, 900_000);
  expect(expiresAt).toBe(NOW + 900_000);
  expect(await verifyChatToken(token, SECRET, NOW)).toEqual(claims);
  expect(await verifyChatToken(token, SECRET, expiresAt - 1_000)).toEqual(claims);
  expect(await verifyChatToken(token, SECRET, expiresAt + 1_000)).toBe("expired");
});

test("anything else is bad: another secret, a changed letter, no signature, another algorithm", async () => {
  const { token } = await signChatToken(claims, SECRET, NOW, 900_000);
  const [head, body] = token.split(".");
  const none = `${btoa('{"alg":"none"}').replace(/=/g, "")}.${body}.`;
  expect(await verifyChatToken(token, `${SECRET}x`, NOW)).toBe("bad");
  expect(await verifyChatToken(`${head}.${body?.replace(/./, "f")}.x`, SECRET, NOW)).toBe("bad");
  for (const it of [none, `${head}.${body}.`, "", "a.b.c", "not a token"]) {
    expect(await verifyChatToken(it, SECRET, NOW)).toBe("bad");
  }
});
