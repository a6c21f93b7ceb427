import { expect, test } from "vitest";
import { sources } from "./sources.ts";

/**
 * How each method of an object knows whose it is (T06). Objects are named by the server after verified ids, so each
 * holds one tenant's data or one chat's: `name` needs no more. `caller`: it is told who calls, and refuses who does
 * not mean this object (`is-meant.ts`). `said`: it is told the tenant, and refuses any but its own (`must-be.ts`).
 */
const METHODS: Record<string, Record<string, "name" | "caller" | "said">> = {
  ChatSession: {
    ...{
      attach: "caller",
      stream: "caller",
      withoutSocket: "caller",
      startBuild: "caller",
      events: "caller",
    },
    ...{ publishOverRed: "caller", conversation: "said" },
    ...named("meta attachment runUnderWay getBuild buildPatches decideBuild asTeam keep forgetWanted"),
    ...named("expel closeToOwner finish destroy"),
  },
  TokenLedger: named(
    "reserve checkpoint settle voidCall exchange credit configure settings setOwnCap usage usageOfUser analytics statement usagePage bill selfCheck destroy closeFeeds",
  ),
  AppData: named(
    "prepare get find insert update count ownTables ownPage ownRow addRow changeRow removeRow exportPage stageChunk commitImport dropImport removeSamples removeOf rowsOf destroy",
  ),
  Triggers: { ...{ refresh: "said", list: "said", newSecret: "said" }, ...named("take destroy") },
  Knowledge: { ...{ add: "said", remove: "said" }, ...named("putApp list file passages search destroy") },
  Replays: { begin: "said", ...named("report cancel forget destroy") },
  // Counts by the hash of a key; holds nothing of anybody.
  RateLimiter: named("take giveBack enter"),
  WebhooksOut: named(
    "tell list create change remove rotate ping deliveries replay forget forgetChats destroy",
  ),
};
/** Called by the platform alone. */
const PLATFORM = new Set([
  ...["constructor", "fetch", "alarm", "webSocketMessage", "webSocketClose", "webSocketError"],
  ...["onStart", "onJob"],
]);
/** The only files that name an object. */
const WAYS_IN = /^workers\/([\w-]+\/[\w-]+-for|rate-limiter\/limit)\.ts$/;

function named(methods: string): Record<string, "name"> {
  return Object.fromEntries(methods.split(" ").map((it) => [it, "name"]));
}

const files = sources("workers");
const objects = files.filter(({ text }) => /^export class \w+ extends DurableObject</m.test(text));

test("T06 each method of each object is classified by how it knows its tenant", () => {
  const found = Object.fromEntries(
    objects.map(({ text }) => {
      const [, name = ""] = /^export class (\w+) extends DurableObject</m.exec(text) ?? [];
      const methods = [...text.matchAll(/^ {2}(?:override )?(?:async )?([a-zA-Z]\w*)(?:<[^>]*>)?\(/gm)].map(
        ([, it]) => it ?? "",
      );
      return [name, [...new Set(methods)].filter((it) => !PLATFORM.has(it)).sort()];
    }),
  );
  const known = Object.fromEntries(
    Object.entries(METHODS).map(([name, it]) => [name, Object.keys(it).sort()]),
  );
  expect(found).toEqual(known);
});

test("T05 T06 objects are named in `*-for.ts` alone, and never by what a request says itself", () => {
  const wrong = files
    .filter(({ path }) => !WAYS_IN.test(path))
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .filter((line) => /\.(getByName|idFromName|idFromString|newUniqueId)\(/.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
  expect(wrong).toEqual([]);
});

test("T09 no module keeps what one request said for the next: nothing at the top of a file is reassigned", () => {
  // What is read once an isolate, from what no caller chooses.
  const may: Record<string, string[]> = {
    "workers/compose.ts": ["let read: { operator"],
    "workers/model-registry.ts": ["let read: { text"],
  };
  const wrong = sources("workers", "packages")
    .filter(({ path }) => !path.startsWith("packages/cli/"))
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .filter((line) => /^(export )?(let|var) /.test(line))
        .filter((line) => !may[path]?.some((it) => line.startsWith(it)))
        .map((line) => `${path}: ${line}`),
    );
  expect(wrong).toEqual([]);
});
