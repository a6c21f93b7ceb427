import { posix } from "node:path";
import { expect, test } from "vitest";
import { type Source, sources } from "./sources.ts";

/**
 * Who stands on whom. A package imports only packages of a lower rank; those of one rank never each other: `workers/`
 * hands one a function of the other. The enterprise is the tenant, so every noun knows its scope.
 */
const RANKS: Record<string, number> = {
  protocol: 0,
  base: 1,
  ledger: 2,
  knowledge: 2,
  tables: 2,
  triggers: 2,
  egress: 2,
  rates: 2,
  connectors: 3,
  models: 3,
  webhooks: 3,
  runtime: 4,
  generator: 4,
  enterprises: 5,
  audit: 6,
  auth: 6,
  billing: 6,
  chats: 6,
  domains: 6,
  export: 6,
  mail: 6,
  marketplace: 6,
  identity: 7,
  keys: 6,
  members: 8,
  secrets: 6,
  workflows: 6,
};

const PACKAGES = sources("packages").filter(({ path }) => !path.startsWith("packages/cli/"));

test("every package has a rank", () => {
  const unranked = new Set(PACKAGES.map(({ path }) => packageOf(path)).filter((name) => !(name in RANKS)));
  expect([...unranked]).toEqual([]);
});

test("imports between packages point down", () => {
  expect(
    wrong(PACKAGES, (from, to) => {
      const target = packageAt(from.path, to);
      if (target === null || target === packageOf(from.path)) return true;
      return (RANKS[target] ?? 99) < (RANKS[packageOf(from.path)] ?? -1);
    }),
  ).toEqual([]);
});

test("packages know neither Cloudflare nor Node, and have no clock or chance of their own", () => {
  expect(
    wrong(PACKAGES, (_, to) => !/^(node:|cloudflare:|agents(\/|$)|@cloudflare\/|#workers|#cli)/.test(to)),
  ).toEqual([]);
  const own = PACKAGES.filter(({ text }) =>
    /\b(Date\.now|Math\.random|performance\.now|new Date)\(\)/.test(text),
  );
  expect(own.map(({ path }) => path)).toEqual([]);
});

test("the wire knows zod only", () => {
  const wire = PACKAGES.filter(({ path }) => packageOf(path) === "protocol");
  expect(wrong(wire, (_, to) => to === "zod" || to.startsWith("#protocol/") || to.startsWith("."))).toEqual(
    [],
  );
});

test("the UI knows the wire and nothing else of ours", () => {
  expect(
    wrong(sources("chatui/src"), (from, to) => {
      if (/^(node:|cloudflare:|@cloudflare\/|agents(\/|$)|hono|drizzle-orm)/.test(to)) return false;
      if (to.startsWith("#")) return to.startsWith("#protocol/");
      return !to.startsWith(".") || posix.join(posix.dirname(from.path), to).startsWith("chatui/");
    }),
  ).toEqual([]);
});

test("the Worker uses of Node what Cloudflare has, and nothing of the command line", () => {
  expect(wrong(sources("workers"), (_, to) => !/^(node:(?!crypto$)|#cli\/|#test\/)/.test(to))).toEqual([]);
});

function packageOf(path: string): string {
  return path.split("/")[1] ?? "";
}

/** The package that an import leads to, or null for what is not of ours. */
function packageAt(from: string, to: string): string | null {
  if (to.startsWith("#")) return to.slice(1).split("/")[0] ?? null;
  if (!to.startsWith(".")) return null;
  return packageOf(posix.join(posix.dirname(from), to));
}

function wrong(files: Source[], isAllowed: (from: Source, to: string) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports.filter((to) => !isAllowed(file, to)).map((to) => `${file.path} imports ${to}`),
  );
}
