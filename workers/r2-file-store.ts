import type { FileStore } from "#workflows/file-store";

/** The file store on R2. */
export function r2FileStore(bucket: R2Bucket): FileStore {
  async function* pages(prefix: string) {
    let cursor: string | undefined;
    do {
      const page = await bucket.list(cursor === undefined ? { prefix } : { prefix, cursor });
      yield page.objects.map((it) => it.key);
      cursor = page.truncated ? page.cursor : undefined;
    } while (cursor !== undefined);
  }
  return {
    async create(key, text) {
      const onlyIf = new Headers({ "if-none-match": "*" });
      return (await bucket.put(key, text, { onlyIf })) !== null;
    },
    async read(key) {
      const object = await bucket.get(key);
      return object ? object.text() : null;
    },
    async list(prefix) {
      const keys: string[] = [];
      for await (const page of pages(prefix)) keys.push(...page);
      return keys;
    },
    async removeAll(prefix) {
      for await (const page of pages(prefix)) if (page.length > 0) await bucket.delete(page);
    },
  };
}
