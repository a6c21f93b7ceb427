import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { scopeOf } from "#enterprises/scope";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { FileStore } from "#workflows/file-store";
import { loadForChats } from "#workflows/load-version";
import { VersionCache } from "#workflows/version-cache";

const app = (name: string) => `name: ${name}\ndescription: Of ${name}.\n`;

/** Files in memory; counts what is read. */
function store(texts: Record<string, string>) {
  const read: string[] = [];
  const files: FileStore = {
    create: async () => false,
    async read(key) {
      read.push(key);
      return texts[key] ?? null;
    },
    list: async (prefix) => Object.keys(texts).filter((key) => key.startsWith(prefix)),
    removeAll: async () => undefined,
  };
  return { files, read };
}
const appOf = (name: string, path = "app.yaml") => ({
  [`enterprises/${name}/versions/1/${path}`]: app(name),
});

test("many chats of one version read it once, and nothing that chats do not need", async () => {
  const { files, read } = store({ ...appOf("acme"), ...appOf("acme", "knowledge/manual.txt") });
  const cache = new VersionCache();
  const all = [];
  for (let n = 0; n < 50; n += 1) all.push(await loadForChats(files, cache, scopeOf("acme"), 1));
  expect(read).toEqual(["enterprises/acme/versions/1/app.yaml"]);
  expect(new Set(all).size).toBe(1);
});

test("chats that open at the same moment share what the first of them has parsed", async () => {
  const { files } = store(appOf("acme"));
  const cache = new VersionCache();
  const opened = await Promise.all(
    Array.from({ length: 200 }, () => loadForChats(files, cache, scopeOf("acme"), 1)),
  );
  expect(new Set(opened).size).toBe(1);
});

test("T09 two tenants with the same version number, in turns, each get their own, and neither can change it", async () => {
  const { files } = store({ ...appOf("acme"), ...appOf("zenith") });
  const cache = new VersionCache();
  const opened = await Promise.all(
    Array.from({ length: 200 }, async (_, n) => {
      const name = n % 2 === 0 ? "acme" : "zenith";
      return { name, got: await loadForChats(files, cache, scopeOf(name), 1) };
    }),
  );
  for (const { name, got } of opened) expect(got.app.name).toBe(name);
  expect(() => Object.assign(opened[0]!.got.app, { name: "evil" })).toThrow(TypeError);
});

test("a version that is not there is not remembered as one", async () => {
  const texts: Record<string, string> = {};
  const { files } = store(texts);
  const cache = new VersionCache();
  await expect(loadForChats(files, cache, scopeOf("acme"), 1)).rejects.toMatchObject({ code: "NOT_FOUND" });
  Object.assign(texts, appOf("acme"));
  expect((await loadForChats(files, cache, scopeOf("acme"), 1)).app.name).toBe("acme");
});

test("no more is held than there is room for: what was not used for longest goes", () => {
  const cache = new VersionCache();
  const half = LIMITS.versionCacheCharacters / 2;
  const version = () => ({ app: {}, workflows: {}, acceptance: {} }) as unknown as AppFiles;
  cache.put("a", version(), half);
  cache.put("b", version(), half);
  cache.get("a");
  cache.put("c", version(), half);
  expect(["a", "b", "c"].map((key) => cache.get(key) !== null)).toEqual([true, false, true]);
  cache.put("too large", version(), LIMITS.versionCacheCharacters + 1);
  expect(cache.get("too large")).toBeNull();
});
