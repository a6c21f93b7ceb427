import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isSigned, newHookSecret } from "#triggers/webhook-signature";

const SECRET = newHookSecret((into) => into.set(into.map((_, at) => at)));
const NOW = Date.UTC(2026, 0, 5);

function signed(id: string, timestamp: string, body: string, secret = SECRET) {
  const key = Buffer.from(secret.slice(6), "base64");
  const hmac = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { id, timestamp, signature: `v1,${hmac}` };
}
const stamp = (offsetS = 0) => String(NOW / 1_000 + offsetS);

test("the example of the Standard Webhooks libraries is taken", async () => {
  const headers = {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: "1614265330",
    signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  };
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  expect(await isSigned(secret, headers, '{"test": 2432232314}', 1_614_265_330_000)).toBe(true);
});

test("T66 with any bit of body, id, time or signature another, a request is refused", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "binary", minLength: 1 }).map((it) => it.toWellFormed()),
      fc.constantFrom("body", "id", "timestamp", "signature"),
      fc.nat(),
      fc.integer({ min: 0, max: 6 }),
      async (body, part, at, bit) => {
        const headers = signed("msg_1", stamp(), body);
        expect(await isSigned(SECRET, headers, body, NOW)).toBe(true);
        const parts = { ...headers, body };
        const chars = Array.from(parts[part]);
        const where = at % chars.length;
        chars[where] = String.fromCodePoint(chars[where]!.codePointAt(0)! ^ (1 << bit)).toWellFormed();
        const changed = { ...parts, [part]: chars.join("") };
        fc.pre(changed[part] !== parts[part]);
        expect(await isSigned(SECRET, changed, changed.body, NOW)).toBe(false);
      },
    ),
    { seed: 9, numRuns: 600 },
  );
});

test("T66 a request is good for five minutes either way", async () => {
  for (const [offset, good] of [
    [-301, false],
    [-300, true],
    [0, true],
    [300, true],
    [301, false],
  ] as const)
    expect(await isSigned(SECRET, signed("m", stamp(offset), "{}"), "{}", NOW)).toBe(good);
});

test("T66 one of several signatures is enough; other schemes, secrets, times and shifted parts are not", async () => {
  const good = signed("m", stamp(), "{}");
  const is = (more: Partial<typeof good>, body = "{}", secret = SECRET) =>
    isSigned(secret, { ...good, ...more }, body, NOW);
  expect(await is({ signature: `v1,AAAA v2,x ${good.signature}` })).toBe(true);
  for (const signature of [
    "",
    good.signature.replace("v1,", "v1a,"),
    good.signature.slice(3),
    `v1,${"A".repeat(43)}=`,
  ])
    expect(await is({ signature })).toBe(false);
  for (const timestamp of ["", "now", "1e9", "-1", `${stamp()}.0`, ` ${stamp()}`])
    expect(await is({ timestamp })).toBe(false);
  expect(
    await is(
      {},
      "{}",
      newHookSecret((into) => into.fill(7)),
    ),
  ).toBe(false);
  for (const secret of ["", "whsec_", "whsec_AAAA", "plain"]) expect(await is({}, "{}", secret)).toBe(false);
  // `a.1` + `2` + `x` is signed like `a` + `1` + `2.x`: an id has no dot.
  const shifted = signed("a", stamp(), `${stamp()}.{}`);
  expect(await is({ ...shifted, id: `a.${stamp()}` })).toBe(false);
});
