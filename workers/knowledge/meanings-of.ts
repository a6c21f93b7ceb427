import type { Meanings } from "#knowledge/meanings";
import type { Env } from "../env.ts";

/** Of many languages, 1,024 dimensions: an index for it is made with that many, by cosine. */
const EMBEDDER = "@cf/baai/bge-m3";
/** Texts a call of the embedder may have. */
const AT_ONCE = 100;
/** What stands further from the question has little to do with it (cosine, of this embedder). */
const NEAR_ENOUGH = 0.5;
const MOST = 20;

/** An app's passages by meaning, in Vectorize by Workers AI; null where the operator has bound neither. */
export function meaningsOf({ VECTORIZE, AI }: Env, enterpriseId: string): Meanings | null {
  if (!VECTORIZE || !AI) return null;
  const idOf = (n: number) => `${enterpriseId}:${n}`;
  const embed = async (text: string[]) => {
    const answer = await AI.run(EMBEDDER, { text, truncate_inputs: true });
    if (!("data" in answer) || answer.data?.length !== text.length) throw new Error("no vectors");
    return answer.data;
  };
  return {
    atOnce: AT_ONCE,
    async keep(passages) {
      const vectors = await embed(passages.map(({ text }) => text));
      await VECTORIZE.upsert(
        passages.flatMap(({ n }, at) => {
          const values = vectors[at];
          return values ? [{ id: idOf(n), values, namespace: enterpriseId }] : [];
        }),
      );
    },
    async near(question) {
      const [vector] = await embed([question]);
      if (!vector) return [];
      const { matches } = await VECTORIZE.query(vector, { topK: MOST, namespace: enterpriseId });
      return matches
        .filter(({ score }) => score >= NEAR_ENOUGH)
        .map(({ id }) => Number(id.slice(id.lastIndexOf(":") + 1)));
    },
    async forget(ns) {
      await VECTORIZE.deleteByIds(ns.map(idOf));
    },
  };
}
