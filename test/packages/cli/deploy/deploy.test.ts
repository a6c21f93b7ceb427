import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deploy } from "#cli/deploy/deploy";
import { type Account, fakeWrangler } from "./fake-wrangler.ts";

const FRESH: Account = { in: true, databases: ["other"], buckets: [], worker: false, secrets: [] };
const NEEDED = ["AUTH_SECRET", "TOKEN_SECRET", "SECRETS_KEY"];
const ENV = { FOUNDRY_URL: "https://mozaiks.example", APPS_HOST: "apps.example" };

let fake: ReturnType<typeof fakeWrangler>;
let config: string;
beforeEach(() => {
  fake = fakeWrangler(FRESH);
  config = join(fake.folder, "wrangler.deploy.json");
});
afterEach(() => fake.remove());

async function run(env: NodeJS.ProcessEnv = ENV, answers = async () => true) {
  const lines: string[] = [];
  const said = () => lines.join("\n");
  const deps = { env, config, answers, say: (line: string) => lines.push(line) };
  const done = deploy({ ...deps, buildUi: async () => {}, pause: async () => {} });
  return done.then(
    (url) => ({ url, refusal: null, said: said() }),
    (error: Error) => ({ url: null, refusal: error.message, said: said() }),
  );
}
const commands = () => fake.calls().map(({ args }) => args.filter((it) => !it.includes("/")).join(" "));

test("a fresh account gets everything, in order: database, bucket, migrations before the Worker, secrets with it", async () => {
  const { url } = await run();
  expect(url).toBe("https://mozaiks.example");
  const calls = fake.calls();
  expect(calls.map(({ args }) => args.filter((it) => !it.includes("/")).join(" "))).toEqual([
    "whoami --json",
    "d1 list --json",
    "d1 create mozaiks",
    "d1 list --json",
    "r2 bucket info mozaiks-files --json",
    "r2 bucket create mozaiks-files",
    "secret list --config --format json",
    "d1 migrations apply mozaiks --remote --config",
    "deploy --config --secrets-file",
  ]);
  const given = calls.at(-1)?.given ?? {};
  expect(Object.keys(given)).toEqual(NEEDED);
  for (const value of Object.values(given)) expect(value).toMatch(/^[\w-]{64}$/);
  expect(new Set(Object.values(given)).size).toBe(3);
  const written = JSON.parse(readFileSync(config, "utf8"));
  expect(written).toMatchObject({
    d1_databases: [{ binding: "DB", database_id: "uuid-of-mozaiks" }],
    routes: [{ pattern: "mozaiks.example", custom_domain: true }, "*.apps.example/*"],
    triggers: { crons: ["* * * * *"] },
    workers_dev: false,
    vars: { ...ENV, TRIAL_GRANT_NANO: "5000000000" },
  });
  expect(written.vars.MAILBOX).toBeUndefined();
});

test("T70 no secret is left behind in a file or a line", async () => {
  const key = "a-key-of-resend";
  const { said } = await run({ ...ENV, MAIL_FROM: "Me <me@apps.example>", RESEND_API_KEY: key });
  const made = fake.calls().at(-1);
  expect(made?.given.RESEND_API_KEY).toBe(key);
  const file = made?.args.at(-1) ?? "";
  expect(file).toContain(tmpdir());
  expect(existsSync(file)).toBe(false);
  for (const value of Object.values(made?.given ?? {})) {
    expect(said).not.toContain(value);
    expect(readFileSync(config, "utf8")).not.toContain(value);
  }
});

test("a second deploy makes nothing twice, keeps the secrets and needs no address again", async () => {
  await run({ ...ENV, CF_ZONE_ID: "zone-1", CF_API_TOKEN: "token-of-the-zone" });
  expect(new Set(fake.calls().map(({ token }) => token))).toEqual(new Set([null]));
  const { url } = await run({});
  expect(url).toBe("https://mozaiks.example");
  expect(commands()).toEqual([
    "whoami --json",
    "d1 list --json",
    "r2 bucket info mozaiks-files --json",
    "secret list --config --format json",
    "d1 migrations apply mozaiks --remote --config",
    "deploy --config",
  ]);
  expect(JSON.parse(readFileSync(config, "utf8")).routes).toContainEqual({
    pattern: "*/*",
    zone_id: "zone-1",
  });
});

test("a half set-up account gets the rest: one secret is made, the others stay", async () => {
  fake.set({ ...FRESH, databases: ["mozaiks"], worker: true, secrets: ["AUTH_SECRET", "SECRETS_KEY"] });
  await run();
  const calls = fake.calls();
  expect(calls.map(({ args }) => args.slice(0, 2).join(" "))).not.toContain("d1 create");
  expect(Object.keys(calls.at(-1)?.given ?? {})).toEqual(["TOKEN_SECRET"]);
});

test.for<[string, string, RegExp]>([
  ["d1 create", "Authentication error [code: 10000]", /10000[\s\S]*D1: edit/],
  ["r2 bucket create", "Please enable R2 [code: 10042]", /10042[\s\S]*switched on once/],
  ["secret list", "fetch failed", /can't be told/],
  ["d1 migrations apply", "no such table", /no such table[\s\S]*as it was before/],
  ["deploy", "Could not find zone for apps.example", /zone for apps\.example[\s\S]*Are the zones/],
])(
  "a deploy whose %s fails says what to do, goes no further and can be run again",
  async ([command, said, refusal]) => {
    fake.set({ ...FRESH, broken: [command, said] });
    const failed = await run();
    expect(failed.refusal).toMatch(refusal);
    expect(fake.calls().at(-1)?.args.join(" ")).toMatch(new RegExp(`^${command}`));
    expect(readdirSync(tmpdir()).filter((it) => it.startsWith("mozaiks-deploy-"))).toEqual([]);
    const { broken: _, ...mended } = fake.account();
    fake.set(mended);
    expect((await run()).url).toBe("https://mozaiks.example");
  },
);

test("who is not logged in, has no address or an odd one is told so before anything is made", async () => {
  fake.set({ ...FRESH, in: false });
  expect((await run()).refusal).toContain("wrangler login");
  fake.calls();
  expect((await run({})).refusal).toContain("FOUNDRY_URL=https://");
  expect((await run({ ...ENV, FOUNDRY_URL: "http://mozaiks.example" })).refusal).toContain("https://");
  expect((await run({ ...ENV, APPS_HOST: "https://apps.example/" })).refusal).toContain("a name alone");
  expect((await run({ ...ENV, SECRETS_KEY: "short" })).refusal).toContain("at least 32");
  expect(fake.calls()).toEqual([]);
});

test("a Worker that does not answer is said to be deployed, and where to look", async () => {
  const tries = [false, false, true];
  const late = await run(ENV, async () => tries.shift() ?? false);
  expect({ url: late.url, left: tries }).toEqual({ url: "https://mozaiks.example", left: [] });
  expect((await run(ENV, async () => false)).refusal).toMatch(/is deployed, but [\s\S]*wrangler tail/);
});

test("what the command writes is not committed", () => {
  const ignored = readFileSync(join(import.meta.dirname, "../../../../.gitignore"), "utf8").split("\n");
  expect(ignored).toContain("wrangler.deploy.json");
});
