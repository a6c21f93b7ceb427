import { expect, test } from "vitest";
import { cloudflareHostnames } from "#domains/cloudflare-hostnames";
import { dohResolver } from "#domains/doh-resolver";
import { OutsideError } from "#domains/ports";
import { FakeCloudflare } from "../../support/fake-cloudflare.ts";
import { FakeDoh } from "../../support/fake-doh.ts";

const never = () => new Promise<never>(() => undefined);
const patient = async (_: number, until: AbortSignal) =>
  new Promise<void>((resolve) => until.addEventListener("abort", () => resolve()));
const impatient = async () => undefined;

test("F42 what is slow, endless or leads elsewhere is no answer", async () => {
  const at = "https://doh.test/dns-query";
  const asks = [
    dohResolver({ fetch: never, wait: impatient }, at),
    dohResolver({ fetch: async () => new Response("[".repeat(1_000_000)), wait: patient }, at),
    dohResolver(
      {
        fetch: async () => new Response(null, { status: 302, headers: { location: "https://evil.test/" } }),
        wait: patient,
      },
      at,
    ),
    dohResolver({ fetch: async () => new Response('{"Status":0,"TC":true}'), wait: patient }, at),
    dohResolver({ fetch: async () => new Response('{"Status":0}', { status: 503 }), wait: patient }, at),
  ];
  for (const it of asks) await expect(it.lookup("a.example", "TXT")).rejects.toBeInstanceOf(OutsideError);
});

test("a TXT record in pieces is one text, and no name is an empty answer", async () => {
  const doh = new FakeDoh();
  doh.set("a.example", "TXT", "mozaiks_long_value_in_pieces", 'with "quotes"'.replaceAll('"', ""));
  const resolver = dohResolver(
    { fetch: async (url) => doh.answer(url), wait: patient },
    "https://doh.test/q",
  );
  expect((await resolver.lookup("a.example", "TXT")).map(({ data }) => data)).toEqual([
    "mozaiks_long_value_in_pieces",
    "with quotes",
  ]);
  expect(await resolver.lookup("b.example", "TXT")).toEqual([]);
});

test("a host that Cloudflare has already, from an answer that was lost, is found by its name; the token goes nowhere else", async () => {
  const cloudflare = new FakeCloudflare("z", "secret");
  const sent: string[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    sent.push(new URL(url).host);
    return cloudflare.answer(
      init.method ?? "GET",
      url,
      new Headers(init.headers).get("authorization"),
      String(init.body),
    );
  };
  const access = { api: "https://cf.test/v4", token: "secret", zone: "z" };
  const hostnames = cloudflareHostnames({ fetch, wait: patient }, access);
  const first = await hostnames.ensure("a.example", null);
  expect(first).toMatchObject({ state: "pending", routed: false });
  expect(await hostnames.ensure("a.example", null)).toEqual(first);
  // The id of another host is not believed.
  const other = await hostnames.ensure("b.example", first.id);
  expect(other.id).not.toBe(first.id);
  await hostnames.remove(first.id);
  await hostnames.remove(first.id);
  expect(cloudflare.made.size).toBe(1);
  const wrong = cloudflareHostnames({ fetch, wait: patient }, { ...access, token: "other" });
  await expect(wrong.ensure("c.example", null)).rejects.toThrow("did not answer sensibly (403)");
  expect(new Set(sent)).toEqual(new Set(["cf.test"]));
});
