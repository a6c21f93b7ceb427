import fc from "fast-check";
import { expect, test } from "vitest";
import { isDomainName, readHost } from "#domains/host-name";

const OWN = ["mozaiks.example", "apps.example"];

test("what is read is a name as DNS has it, or refused with why", () => {
  expect(readHost(" Chat.ACME.com. ", OWN)).toEqual({ ok: true, host: "chat.acme.com" });
  expect(readHost("bücher.example", OWN)).toEqual({ ok: true, host: "xn--bcher-kva.example" });
  for (const [typed, why] of [
    ["mozaiks.example", "platform"],
    ["x.apps.example", "platform"],
    ["X.APPS.EXAMPLE.", "platform"],
    ["*.acme.com", "wildcards"],
    ["co.uk", "public suffix"],
    ["192.168.0.1", "IP address"],
    ["0300.1", "IP address"],
    ["printer.local", "public internet"],
    ["localhost", "public internet"],
    ["com", "public internet"],
  ])
    expect({ typed, read: readHost(typed ?? "", OWN) }).toEqual({
      typed,
      read: { ok: false, reason: expect.stringContaining(why ?? "") },
    });
});

test("T20 whatever is typed: what is taken is a plain name, stays the same when read again, and is not ours", () => {
  const piece = fc.constantFrom(
    "acme",
    "com",
    ".",
    "@",
    "/",
    ":80",
    "\\",
    "%2e",
    "*",
    "ü",
    "。",
    "apps.example",
    "-",
    "[::1]",
    "1",
    " ",
    "?",
    "#",
    "\u200b",
  );
  const typed = fc.oneof(
    fc.string(),
    fc.domain(),
    fc.array(piece, { maxLength: 8 }).map((it) => it.join("")),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const read = readHost(text, OWN);
      if (!read.ok) return;
      expect(isDomainName(read.host)).toBe(true);
      expect(new URL(`http://${read.host}/`).hostname).toBe(read.host);
      expect(readHost(read.host, OWN)).toEqual(read);
      expect(OWN.some((own) => read.host === own || read.host.endsWith(`.${own}`))).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
