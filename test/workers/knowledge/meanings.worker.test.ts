import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { knowledgeFor } from "#workers/knowledge/knowledge-for";

/** Words that mean the same, one axis each; a text is the sum of those it has. Everything else has no meaning. */
const AXES = [
  ["refund", "money", "reimbursed"],
  ["delivery", "parcel", "arrive"],
  ["opening", "hours", "close"],
];
const vectorOf = (text: string) =>
  AXES.map((axis) => axis.filter((word) => text.toLowerCase().includes(word)).length).concat(0.01);
const cosine = (a: readonly number[], b: readonly number[]) => {
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, it, at) => sum + it * (y[at] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};

/** What Vectorize does with an index, with its limits; what it was told is found at once. */
class Vectors {
  readonly kept = new Map<string, VectorizeVector>();
  away = false;
  async upsert(vectors: VectorizeVector[]) {
    if (this.away) throw new Error("VECTOR_UPSERT_ERROR");
    if (vectors.length > 1_000) throw new Error("too many");
    for (const vector of vectors) {
      if (new TextEncoder().encode(vector.id).length > 64) throw new Error("id too long");
      this.kept.set(vector.id, vector);
    }
    return { mutationId: "m" };
  }
  async query(vector: number[], { topK = 5, namespace }: VectorizeQueryOptions = {}) {
    if (this.away) throw new Error("VECTOR_QUERY_ERROR");
    const matches = [...this.kept.values()]
      .filter((it) => it.namespace === namespace)
      .map(({ id, values }) => ({ id, score: cosine(vector, Array.from(values)) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, topK);
    return { matches, count: matches.length };
  }
  async deleteByIds(ids: string[]) {
    if (this.away) throw new Error("VECTOR_DELETE_ERROR");
    for (const id of ids) this.kept.delete(id);
    return { mutationId: "m" };
  }
}

let vectors: Vectors;
let asked: string[][];
let n = 0;
beforeEach(() => {
  vectors = new Vectors();
  asked = [];
});

/** An app whose object has both bound. */
async function bound() {
  const id = `ent_meanings_${++n}`;
  const stub = env.KNOWLEDGE.getByName(id);
  await runInDurableObject(stub, (object) => {
    const AI = {
      run: async (_: string, { text }: { text: string[] }) => {
        asked.push(text);
        return { data: text.map(vectorOf), shape: [text.length, AXES.length + 1] };
      },
    };
    Object.assign((object as unknown as { env: object }).env, { AI, VECTORIZE: vectors });
  });
  const app = knowledgeFor(env, id);
  const settle = async () => {
    while (!vectors.away && (await runDurableObjectAlarm(stub)));
  };
  const find = async (query: string, files: string[] = []) =>
    (await app.search(query, { files, top: 8 })).map(({ file }) => file);
  return { id, app, stub, settle, find };
}

const FILES = {
  "refunds.md": "# Refunds\n\nA refund takes five days.",
  "delivery.md": "# Delivery\n\nDelivery takes three days.",
  "hours.md": "# Opening hours\n\nOpening is at nine.",
};

test("what is asked in other words is found by what it means, the file asked for and the app's own alone", async () => {
  const { app, settle, find } = await bound();
  const other = await bound();
  await app.putApp(FILES);
  await other.app.putApp({ "theirs.md": "A refund is never given." });
  expect(await find("When do I get my money?")).toEqual([]);
  await settle();
  await other.settle();
  expect(await find("When do I get my money?")).toEqual(["refunds.md"]);
  expect(await find("When do I get my money?", ["delivery.md"])).toEqual([]);
  expect(await other.find("money")).toEqual(["theirs.md"]);
  expect(asked[0]).toHaveLength(3);
});

test("what stands high by words and by meaning comes first", async () => {
  const { app, settle, find } = await bound();
  await app.putApp({
    "a.md": "A parcel is a parcel.",
    "b.md": "When will a parcel arrive? Ask for its delivery.",
    "c.md": "The delivery.",
  });
  await settle();
  expect((await find("When does my parcel arrive?"))[0]).toBe("b.md");
  expect(await find("When does my parcel arrive?")).toHaveLength(3);
});

test("F24 while meanings are away words are searched; then what was missed is kept, and what is gone is forgotten", async () => {
  const { id, app, stub, settle, find } = await bound();
  await app.putApp(FILES);
  await settle();
  vectors.away = true;
  expect(await find("refund")).toEqual(["refunds.md"]);
  await app.putApp({ ...FILES, "refunds.md": "# Refunds\n\nYou are reimbursed within a week." });
  await runDurableObjectAlarm(stub);
  expect(await find("refunds")).toEqual(["refunds.md"]);
  expect(await runInDurableObject(stub, (_, { storage }) => storage.getAlarm())).toBeGreaterThan(0);
  vectors.away = false;
  await settle();
  expect([...vectors.kept.keys()]).toEqual([2, 3, 4].map((it) => `${id}:${it}`));
  expect(await find("my money")).toEqual(["refunds.md"]);
});

test("T72 with an app all its meanings are forgotten; where they can't be, its deletion can be asked for again", async () => {
  const { app, settle } = await bound();
  await app.putApp(FILES);
  await settle();
  expect(vectors.kept.size).toBe(3);
  vectors.away = true;
  await expect(app.destroy()).rejects.toThrow();
  expect(vectors.kept.size).toBe(3);
  vectors.away = false;
  await app.destroy();
  expect(vectors.kept.size).toBe(0);
});

test("a scratch copy, and an app whose operator has bound nothing, are searched by their words alone", async () => {
  const { id } = await bound();
  const scratch = knowledgeFor(env, id, "scratch");
  await scratch.putApp(FILES);
  await runDurableObjectAlarm(env.KNOWLEDGE.getByName(`${id}:scratch:scratch`));
  expect(await scratch.search("refund", { files: [], top: 8 })).toHaveLength(1);
  expect({ asked, kept: vectors.kept.size }).toEqual({ asked: [], kept: 0 });
});
