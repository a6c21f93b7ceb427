import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { isSafeRedirect } from "#auth/safe-redirect";
import { call, migrate } from "./client.ts";
import { mailsTo } from "./mailbox.ts";

const FOUNDRY = "http://localhost:8787";
beforeAll(migrate);
const post = (path: string, json: unknown) =>
  call(`/api/auth${path}`, { json, headers: { origin: FOUNDRY } });

const EVIL = [
  ..."//evil.example ///evil.example /\\evil.example \\\\evil.example /\\/evil.example https://evil.example".split(
    " ",
  ),
  ..."http:evil.example https:/evil.example javascript:alert(1) JaVaScRiPt:alert(1) data:text/html,x vbscript:x".split(
    " ",
  ),
  ..."/%2f/evil.example /%5cevil.example /%09/evil.example /%2e%2e//evil.example /..//evil.example /./evil".split(
    " ",
  ),
  ..."/a/../..//evil.example /;@evil.example /@evil.example //evil.example@localhost //localhost:8787@evil.example".split(
    " ",
  ),
  ..."http://localhost:8787.evil.example http://localhost:8787@evil.example http://localhost:8787/ /a//evil.example".split(
    " ",
  ),
  ..."?next=//evil.example #//evil.example evil.example /a?u=https://evil.example /a#x /a\u2028 /\u3002evil //evil%E3%80%82com".split(
    " ",
  ),
  ...[
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    " //evil.example",
    "/ /evil.example",
    "\u0000//evil.example",
  ],
  ...[
    "",
    " ",
    "/\\\\evil.example",
    "////evil.example",
    "/http://evil.example",
    "/a\\..\\evil",
    "/<script>",
    '/a?x="><img>',
    "/é",
  ],
];

/** Every way to begin an address that browsers have been talked into, before every way to write a host. */
const BEGINNINGS = [
  ..."// /\\ \\\\ \\/ ///  //// https:// https: HTTPS:/ http:\\\\ ftp:// ws:// blob:// //user@ /./ /..// /%2f /%2F/ /%5c /%5C".split(
    " ",
  ),
  ..."/%09 /%0a/ /%0d%0a/ /;// /.;/ /a/..// ./ ../ . %2f%2f %68ttps:".split(" "),
  ...["\t//", "/\t/", "\u00a0//", "\ufeff//", "/\u2044", "\u3000//"],
];
const HOSTS = [
  "evil.example",
  "evil%E3%80%82example/",
  "localhost.evil.example/apps",
  "[::1]/",
  "2130706433:80",
  "xn--e1awd7f.example?x",
];
const CROSSED = BEGINNINGS.flatMap((begin) => HOSTS.map((host) => `${begin}${host}`));

test("T20 of more than two hundred addresses that lead elsewhere none is taken", () => {
  expect(CROSSED.length + EVIL.length).toBeGreaterThan(200);
  const taken = CROSSED.filter(isSafeRedirect);
  // What is taken after all is a plain path of this site, whatever it looks like.
  for (const path of taken) {
    const { origin, pathname } = new URL(path, "https://acme.example/x/y");
    expect({ path, origin, pathname }).toEqual({
      path,
      origin: "https://acme.example",
      pathname: path.split("?")[0],
    });
  }
  expect(taken).toEqual([]);
});

test("T20 no address leads anywhere but to a plain path of this very site", async () => {
  for (const path of ["/", "/apps", "/apps/ent_1/usage", "/a-b/c_d", "/apps?tab=1&x=y", "/apps/"])
    expect({ path, safe: isSafeRedirect(path) }).toEqual({ path, safe: true });
  for (const path of EVIL) expect({ path, safe: isSafeRedirect(path) }).toEqual({ path, safe: false });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string(),
        fc.string().map((it) => `/${it}`),
        fc.string({ unit: fc.constantFrom(..."/\\.@:%2f?#a\t") }),
      ),
      (path) => {
        const to = isSafeRedirect(path) ? new URL(path, "https://acme.example/x/y") : null;
        return to === null || (to.origin === "https://acme.example" && to.pathname === path.split("?")[0]);
      },
    ),
  );
});

test("T20 routes refuse every other address to go to, in bodies and in queries", async () => {
  const email = "somebody@example.com";
  for (const evil of EVIL) {
    const answers = [
      await post("/sign-in/magic-link", { email, callbackURL: evil }),
      await post("/request-password-reset", { email, redirectTo: evil }),
      await call(`/api/auth/magic-link/verify?token=x&callbackURL=${encodeURIComponent(evil)}`),
      await call(`/api/auth/magic-link/verify?token=x&errorCallbackURL=${encodeURIComponent(evil)}`),
      await call(`/api/auth/reset-password/x?callbackURL=${encodeURIComponent(evil)}`),
    ];
    for (const { status, headers } of answers) {
      const to = headers.get("location");
      expect({ evil, status: status >= 400 && status < 500, to }).toEqual({ evil, status: true, to: null });
    }
  }
  expect(await mailsTo(email)).toEqual([]);
});
