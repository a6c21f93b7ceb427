import { expect, test } from "vitest";
import { namesOneHost, siteOf } from "#workers/gateway/site-of";

const local = { foundryUrl: "http://localhost:8787", appsHost: "localhost:8787" };
const live = { foundryUrl: "https://mozaiks.example", appsHost: "apps.example" };
const of = (url: string, at = live) => siteOf(new URL(url), at);

test("the foundry's host is the foundry, and on one machine any loopback name is", () => {
  expect(of("https://mozaiks.example/api/me")).toEqual({
    site: { kind: "foundry", prefix: "" },
    path: "/api/me",
  });
  for (const host of ["localhost:8787", "127.0.0.1:8787", "[::1]:9999"]) {
    expect(of(`http://${host}/`, local)?.site.kind).toBe("foundry");
  }
  expect(of("https://localhost/")).toBeNull();
});

test("an app is one label before the apps' host, or /a/{slug} on the foundry's", () => {
  const site = { kind: "app", slug: "acme", prefix: "", cookies: true };
  expect(of("https://acme.apps.example/x")).toEqual({ site, path: "/x" });
  expect(of("http://acme.localhost:8787/x", local)).toEqual({ site, path: "/x" });
  const byPath = { kind: "app", slug: "acme", prefix: "/a/acme", cookies: false };
  expect(of("https://mozaiks.example/a/acme/api/me")).toEqual({ site: byPath, path: "/api/me" });
  expect(of("https://mozaiks.example/a/acme")).toEqual({ site: byPath, path: "/" });
});

test("T52 a host that looks like ours is not", () => {
  for (const host of [
    "apps.example",
    "a.b.apps.example",
    "-x.apps.example",
    "acme.mozaiks.example",
    "127.0.0.1",
    "2130706433",
    "[::1]",
    "single",
    "under_score.example",
    `${"a".repeat(64)}.example`,
    `${"a.".repeat(127)}example`,
  ]) {
    expect({ host, site: of(`https://${host}/`) }).toEqual({ host, site: null });
  }
  expect(of("https://mozaiks.example/a/Not_A_Slug/x")).toBeNull();
  expect(of("https://acme.apps.example/a/globex/x")).toMatchObject({
    site: { slug: "acme" },
    path: "/a/globex/x",
  });
});

test("any other name may be an app's own domain, in whatever spelling", () => {
  for (const [typed, host] of [
    ["evil.com", "evil.com"],
    ["apps.example.evil.com", "apps.example.evil.com"],
    ["evilapps.example", "evilapps.example"],
    ["Chat.ACME.com.", "chat.acme.com"],
    ["chat.acme.com:8443", "chat.acme.com"],
    ["user:pass@chat.acme.com", "chat.acme.com"],
    ["chat.bücher.example", "chat.xn--bcher-kva.example"],
    ["chat.ＡＣＭＥ.com", "chat.acme.com"],
  ]) {
    const site = { kind: "domain", host, prefix: "", cookies: true };
    expect({ typed, at: of(`https://${typed}/x`) }).toEqual({ typed, at: { site, path: "/x" } });
  }
});

test("case, port and an absolute name's dot make no other host", () => {
  expect(of("https://ACME.Apps.Example./x")?.site).toMatchObject({ kind: "app", slug: "acme" });
  expect(of("https://MOZAIKS.example.:444/")?.site).toMatchObject({ kind: "foundry" });
});

test("T52 a request that names two hosts, or hides something in one, names none", () => {
  const url = new URL("https://acme.apps.example/x");
  for (const header of [null, "acme.apps.example", "ACME.apps.example", "acme.apps.example:443"])
    expect({ header, is: namesOneHost(url, header) }).toEqual({ header, is: true });
  for (const header of [
    ...["", "nobody.example", "acme.apps.example:444", "acme.apps.example/x", "acme.apps.example?x"],
    ...["u@acme.apps.example", "acme.apps.example#", "acme.apps.example\\x", "acme.apps.example, b.example"],
  ])
    expect({ header, is: namesOneHost(url, header) }).toEqual({ header, is: false });
});
