import fc from "fast-check";
import { expect, test } from "vitest";
import { checkUrl, type EgressPolicy } from "#egress/check-url";
import { isPrivateV4 } from "#egress/private-address";
import { CORPUS, spellingsOf } from "./hosts.ts";

const ANY: EgressPolicy = { hosts: null, own: ["foundry.example", "apps.example"], exempt: [] };

test("T45 none of 500 addresses that lead inside is let out", () => {
  expect(CORPUS.length).toBeGreaterThan(500);
  expect(CORPUS.filter((url) => checkUrl(url, ANY).ok)).toEqual([]);
});

test("public addresses are let out, and come back as they will be fetched", () => {
  for (const [given, reached] of [
    ["https://api.example.com/v1?x=1#frag", "https://api.example.com/v1?x=1"],
    ["https://API.Example.COM:443/", "https://api.example.com/"],
    ["https://93.184.216.34/", "https://93.184.216.34/"],
    ["https://[2606:4700:4700::1111]/", "https://[2606:4700:4700::1111]/"],
    ["https://münchen.example/", "https://xn--mnchen-3ya.example/"],
    ["https://notfoundry.example/", "https://notfoundry.example/"],
    ["https://local.example.com/", "https://local.example.com/"],
    ["https://1.2.3.4.example.com/", "https://1.2.3.4.example.com/"],
  ] as const)
    expect(checkUrl(given, ANY)).toMatchObject({ ok: true, url: new URL(reached) });
});

const byte = fc.integer({ min: 0, max: 255 });
const v4 = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join("."));

test("T45 every spelling of an IPv4 address is judged like the plain one", () => {
  fc.assert(
    fc.property(v4, (address) => {
      if (!isPrivateV4(address)) return;
      for (const host of spellingsOf(address)) expect(checkUrl(`https://${host}/`, ANY).ok).toBe(false);
    }),
    { numRuns: 400 },
  );
});

test("T45 no IPv6 address that holds an IPv4 one or is not global is let out", () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const first = Number.parseInt(groups[0] ?? "0", 16);
      if (first >= 0x2000 && first <= 0x3fff) return;
      expect(checkUrl(`https://[${groups.join(":")}]/`, ANY).ok).toBe(false);
    }),
  );
});

test("T45 whatever is given, it never throws, and what it lets out is https to a public host on the usual port", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string(),
        fc.string().map((s) => `https://${s}`),
      ),
      (text) => {
        const checked = checkUrl(text, ANY);
        if (!checked.ok) return;
        const { protocol, username, password, port, hostname } = checked.url;
        expect({ protocol, username, password, port }).toEqual({
          protocol: "https:",
          username: "",
          password: "",
          port: "",
        });
        expect(hostname).toContain(hostname.startsWith("[") ? ":" : ".");
      },
    ),
  );
});

test("an app's list of hosts holds for every address; a star stands for names below", () => {
  const some = { ...ANY, hosts: ["api.example.com", "*.shop.example"] };
  const may = (url: string) => checkUrl(url, some).ok;
  expect(
    ["https://api.example.com/", "https://API.example.com./x", "https://eu.shop.example/"].map(may),
  ).toEqual([true, true, true]);
  expect(
    [
      "https://example.com/",
      "https://evil-api.example.com/",
      "https://api.example.com.evil.example/",
      "https://shop.example/",
      "https://evilshop.example/",
    ].map(may),
  ).toEqual([false, false, false, false, false]);
});

test("the operator's exempt hosts may be private and speak http, at their port only, and never the platform itself", () => {
  const local = {
    hosts: null,
    own: ["localhost:8787"],
    exempt: ["127.0.0.1:9000", "localhost:9000", "crm.lan"],
  };
  const may = (url: string) => checkUrl(url, local).ok;
  expect(
    ["http://127.0.0.1:9000/", "http://localhost:9000/", "http://crm.lan/", "https://crm.lan/"].map(may),
  ).toEqual([true, true, true, true]);
  expect(
    [
      "http://127.0.0.1:9001/",
      "http://127.0.0.1/",
      "http://localhost:8787/",
      "http://acme.localhost:8787/",
      "http://api.example.com/",
    ].map(may),
  ).toEqual([false, false, false, false, false]);
  expect(checkUrl("http://127.0.0.1:9000/", { ...local, hosts: ["api.example.com"] }).ok).toBe(false);
});
