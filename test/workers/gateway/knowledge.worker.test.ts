import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { sha256Hex } from "#base/sha256-hex";
import { scopeOf } from "#enterprises/scope";
import { openIndex } from "#knowledge/open-index";
import type { KnowledgeFileView } from "#protocol/api/knowledge";
import { makePdf } from "#test/support/make-pdf";
import { addUpload } from "#workers/knowledge/add-upload";
import { knowledgeFor } from "#workers/knowledge/knowledge-for";
import { objectSql } from "#workers/object-sql";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp, worker } from "./client.ts";
import { sendFile } from "./send-file.ts";

let ann: Person;
let acme: MadeApp;
beforeAll(async () => {
  await migrate();
  ann = await signUp();
  acme = await makeApp(ann);
});

const at = (app: MadeApp) => `/api/apps/${app.enterprise_id}/knowledge`;
const put = async (name: string, bytes: Uint8Array | string, app = acme) =>
  (await sendFile(at(app), ann, { name, bytes })).body as KnowledgeFileView;

/** Runs the steps of indexing until nothing is left to do; answers how many there were. */
async function settle(app = acme): Promise<number> {
  const stub = env.KNOWLEDGE.getByName(app.enterprise_id);
  let steps = 0;
  const busy = async () => (await listed(app)).some(({ status }) => status === "indexing");
  while (await busy()) {
    await runDurableObjectAlarm(stub);
    steps += 1;
  }
  return steps;
}

async function listed(app = acme): Promise<KnowledgeFileView[]> {
  const { body } = await call(at(app), { token: ann.token });
  return (body as { items: KnowledgeFileView[] }).items;
}

const find = (query: string, app = acme, files: string[] = []) =>
  knowledgeFor(env, app.enterprise_id).search(query, { files, top: 8 });

test("an uploaded file is kept, read and found, with where it stands", async () => {
  const sent = await put(
    "returns-policy.md",
    "# Returns\n\nHello.\n\n## How long\n\nYou may return shoes within thirty days.\n",
  );
  expect(sent).toMatchObject({ name: "returns-policy.md", source: "upload", media_type: "text/markdown" });
  await settle();
  expect(await find("How many days do I have to return a shoe?")).toEqual([
    expect.objectContaining({
      n: 1,
      file: "returns-policy.md",
      title: "Returns policy",
      heading: "Returns › How long",
      text: "You may return shoes within thirty days.",
    }),
    expect.objectContaining({ n: 2 }),
  ]);
  const one = await call(`${at(acme)}/${sent.file_id}`, { token: ann.token });
  expect(one.body).toMatchObject({ status: "ready", passages: 2, reason: null });
  const kept = await env.FILES.list({ prefix: `enterprises/${acme.enterprise_id}/knowledge/` });
  expect(kept.objects).toHaveLength(1);
});

test("a PDF is read page by page, HTML by its words, CSV and JSON by their names", async () => {
  await put("handbook.bin", makePdf(["Nothing of interest", "The warehouse opens at seven"]));
  await put(
    "page.html",
    "<html><head><title>Stores</title><script>var gorilla=1</script></head><body><h2>Berlin</h2><p>Open &amp; staffed</p></body></html>",
  );
  await put("prices.csv", "product,price\nUmbrella,12 EUR\nKettle,30 EUR\n");
  await put("team.json", '[{"name":"Ada","role":"plumber"}]');
  await settle();
  expect(await find("warehouse")).toEqual([
    {
      n: 1,
      file: "handbook.bin",
      title: "Handbook",
      heading: "",
      page: 2,
      text: "The warehouse opens at seven",
    },
  ]);
  expect((await find("staffed"))[0]).toMatchObject({ heading: "Stores › Berlin", text: "Open & staffed" });
  expect(await find("gorilla")).toEqual([]);
  expect((await find("kettles"))[0]?.text).toContain("product: Kettle, price: 30 EUR");
  expect((await find("plumber"))[0]?.text).toBe("name: Ada\nrole: plumber");
});

test("T58 what a file is, its bytes say: markup, pictures and programs are refused whatever they are called", async () => {
  for (const [name, bytes] of [
    ["a.md", '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'],
    ["a.txt", '<?xml version="1.0"?><svg/>'],
    ["a.txt", "\u0000\u0001binary"],
    ["a.pdf", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1])],
    ["a.md", new Uint8Array([0xff, 0xfe, 0x41])],
    ["a.md", ""],
  ] as const) {
    const answer = await sendFile(at(acme), ann, { name, bytes });
    expect({ name, status: answer.status, code: codeOf(answer) }).toEqual({
      name,
      status: 415,
      code: "UNSUPPORTED_FILE",
    });
  }
});

test("a file that can't be read has failed, and says so", async () => {
  const { file_id } = await put("broken.pdf", "%PDF-1.4 nothing that anybody could read");
  await settle();
  const { body } = await call(`${at(acme)}/${file_id}`, { token: ann.token });
  expect(body).toMatchObject({ status: "failed", reason: "No text was found in it.", passages: 0 });
});

test("the same content twice is one file; another one of its name takes its place once it is read", async () => {
  const app = await makeApp(ann, "Twice");
  const first = await put("hours.md", "We open at nine.", app);
  expect((await put("hours.md", "We open at nine.", app)).file_id).toBe(first.file_id);
  await settle(app);
  const second = await put("hours.md", "We open at eleven.", app);
  expect((await find("open", app)).map(({ text }) => text)).toEqual(["We open at nine."]);
  await settle(app);
  expect((await find("open", app)).map(({ text }) => text)).toEqual(["We open at eleven."]);
  expect((await listed(app)).map(({ file_id }) => file_id)).toEqual([second.file_id]);
});

test("a large file is read in bounded steps, and a search goes on meanwhile", async () => {
  const app = await makeApp(ann, "Large");
  const text = Array.from(
    { length: 1_200 },
    (_, n) => `## Part ${n}\n\nword${n} ${"lorem ipsum ".repeat(20)}`,
  ).join("\n\n");
  await put("large.md", text, app);
  await put("small.md", "A platypus.", app);
  expect(await settle(app)).toBeGreaterThanOrEqual(4);
  expect((await find("word1199", app))[0]).toMatchObject({ heading: "Part 1199" });
  expect(await find("platypus", app)).toHaveLength(1);
});

test("F39 a deleted file is found no more and its content is gone; what was never finished is removed later", async () => {
  const app = await makeApp(ann, "Gone");
  const { file_id } = await put("secret.md", "The zebra sleeps.", app);
  await settle(app);
  const path = `${at(app)}/${file_id}`;
  expect((await call(path, { method: "DELETE", token: ann.token })).status).toBe(200);
  expect(await find("zebra", app)).toEqual([]);
  expect((await call(path, { token: ann.token })).status).toBe(404);
  expect((await call(path, { method: "DELETE", token: ann.token })).status).toBe(404);
  const prefix = `enterprises/${app.enterprise_id}/`;
  expect((await env.FILES.list({ prefix })).objects).toEqual([]);
});

test("F39 F25 an upload that breaks off leaves nothing behind, and can be sent again", async () => {
  const app = await makeApp(ann, "Broken off");
  const scope = scopeOf(app.enterprise_id);
  const key = (sha256: string) => `enterprises/${app.enterprise_id}/knowledge/${sha256}`;
  const file = { name: "a.md", bytes: new TextEncoder().encode("A narwhal.") };
  const stub = env.KNOWLEDGE.getByName(app.enterprise_id);
  await put("first.md", "First.", app);
  await settle(app);
  await runInDurableObject(stub, async (_, { storage }) => {
    const index = openIndex(objectSql(storage), { now: () => 0 });
    for (const stored of [false, true]) {
      const bucket = new Proxy(env.FILES, {
        get: (target, name) =>
          name === "put"
            ? async (...args: Parameters<R2Bucket["put"]>) => {
                if (stored) await target.put(...args);
                throw new Error("R2 is away");
              }
            : Reflect.get(target, name),
      });
      await expect(addUpload(index, bucket, scope, file)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
    expect(index.orphans(0)).toHaveLength(1);
    await storage.setAlarm(Date.now() + 60_000);
  });
  const sha256 = await sha256Hex(file.bytes);
  expect(await env.FILES.head(key(sha256))).not.toBeNull();
  await runDurableObjectAlarm(stub);
  expect(await env.FILES.head(key(sha256))).toBeNull();
  expect(await find("first", app)).toHaveLength(1);
  await put("a.md", "A narwhal.", app);
  await settle(app);
  expect(await find("narwhal", app)).toHaveLength(1);
  expect(await env.FILES.head(key(sha256))).not.toBeNull();
});

test("T08 the knowledge of an app is its own: another's files are neither found nor seen, and go with their app", async () => {
  const [one, two] = [await makeApp(ann, "One"), await makeApp(ann, "Two")];
  await put("canary.md", "The canary of one.", one);
  await put("canary.md", "The canary of one.", two);
  await settle(one);
  await settle(two);
  expect((await call(`/api/apps/${one.enterprise_id}`, { method: "DELETE", token: ann.token })).status).toBe(
    200,
  );
  expect(await find("canary", one)).toEqual([]);
  expect((await env.FILES.list({ prefix: `enterprises/${one.enterprise_id}/` })).objects).toEqual([]);
  expect(await find("canary", two)).toHaveLength(1);
  const eve = await signUp();
  expect((await sendFile(at(two), eve, { name: "x.md", bytes: "Hi" })).status).toBe(404);
});

test("files come in pages, by name", async () => {
  const app = await makeApp(ann, "Pages");
  for (const name of ["b.md", "a.md", "c.md"]) await put(name, `Text of ${name}`, app);
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const { body } = await call(`${at(app)}?limit=2${cursor ? `&cursor=${cursor}` : ""}`, {
      token: ann.token,
    });
    const page = body as { items: KnowledgeFileView[]; next_cursor: string | null };
    names.push(...page.items.map(({ name }) => name));
    cursor = page.next_cursor;
  } while (cursor);
  expect(names).toEqual(["a.md", "b.md", "c.md"]);
  expect(codeOf(await call(`${at(app)}?cursor=x`, { token: ann.token }))).toBe("BAD_REQUEST");
});

test("a body beyond the limit is 413, and an endless one is not read to its end; a form without a file is 400", async () => {
  const large = await sendFile(at(acme), ann, { name: "l.md", bytes: "x".repeat(10 * 1024 * 1024 + 1) });
  expect(codeOf(large)).toBe("TOO_LARGE");
  const fitting = await sendFile(at(acme), ann, { name: "f.md", bytes: "x ".repeat(4 * 1024 * 1024) });
  expect(fitting.status).toBe(202);
  await call(`${at(acme)}/${(fitting.body as KnowledgeFileView).file_id}`, {
    method: "DELETE",
    token: ann.token,
  });
  let pulled = 0;
  const piece = new TextEncoder().encode("x".repeat(256 * 1024));
  const body = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(piece);
    },
  });
  const headers = { "content-type": "multipart/form-data; boundary=x", authorization: `Bearer ${ann.token}` };
  const url = `http://localhost:8787${at(acme)}`;
  const answer = await worker.fetch(new Request(url, { method: "POST", headers, body }));
  expect(answer.status).toBe(413);
  await answer.text();
  expect(pulled).toBeLessThan(80);
  expect(codeOf(await call(at(acme), { json: {}, token: ann.token }))).toBe("BAD_REQUEST");
  expect(codeOf(await call(at(acme), { raw: "nonsense", token: ann.token, headers }))).toBe("BAD_REQUEST");
});

test("an owner reads a file passage by passage and tries what its agents would find; another tenant's is not there", async () => {
  const text = Array.from({ length: 4 }, (_, n) => `## Part ${n}\n\nThe zeppelin number ${n} lands here.`);
  const sent = await put("zeppelins.md", `# Zeppelins\n\n${text.join("\n\n")}\n`);
  await settle();
  const at1 = `${at(acme)}/${sent.file_id}/passages`;
  const first = (await call(`${at1}?limit=3`, { token: ann.token })).body as {
    items: { position: number; heading: string; text: string }[];
    next_cursor: string;
  };
  expect(first.items.map((it) => it.position)).toEqual([0, 1, 2]);
  const rest = (await call(`${at1}?cursor=${first.next_cursor}`, { token: ann.token })).body;
  expect(rest).toMatchObject({ items: [{ heading: "Zeppelins › Part 3" }], next_cursor: null });
  const hits = (await call(`${at(acme)}/search?q=zeppelin%20number`, { token: ann.token })).body;
  expect(hits).toMatchObject({
    hits: expect.arrayContaining([expect.objectContaining({ n: 1, file: "zeppelins.md" })]),
  });
  const other = await signUp();
  const theirs = await makeApp(other);
  for (const path of [at1, `${at(acme)}/search?q=zeppelin`])
    expect(codeOf(await call(path, { token: other.token }))).toBe("NOT_FOUND");
  const across = `${at(theirs)}/${sent.file_id}/passages`;
  expect(codeOf(await call(across, { token: other.token }))).toBe("NOT_FOUND");
  expect((await call(`${at(theirs)}/search?q=zeppelin`, { token: other.token })).body).toEqual({ hits: [] });
});

test("T65 uploads and their removal stand in the audit log, by id and size", async () => {
  const app = await makeApp(ann, "Audited");
  const { file_id } = await put("canary.md", "canary words", app);
  const remove = () => call(`${at(app)}/${file_id}`, { method: "DELETE", token: ann.token });
  await remove();
  await remove();
  const { items } = (
    await call(`/api/apps/${app.enterprise_id}/audit?action=knowledge`, { token: ann.token })
  ).body as { items: { action: string; target: string; outcome: string; details: object }[] };
  expect(items.reverse().map((it) => [it.action, it.target, it.outcome, it.details])).toEqual([
    ["knowledge.add", file_id, "done", { bytes: 12 }],
    ["knowledge.remove", file_id, "done", {}],
    ["knowledge.remove", file_id, "NOT_FOUND", {}],
  ]);
  expect(JSON.stringify(items)).not.toContain("canary");
});
