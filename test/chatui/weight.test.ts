import { gzipSync } from "node:zlib";
import { build, type Rollup } from "vite";
import { expect, test } from "vitest";

const MOST_KB = 130;
const MOST_LOADER_BYTES = 3_000;

const built = build({
  logLevel: "silent",
  build: { write: false },
}) as unknown as Promise<Rollup.RollupOutput>;

test(`the script that other sites load is at most ${MOST_LOADER_BYTES} bytes, gzipped, and has one place for its app`, async () => {
  const loader = (await built).output.find(({ fileName }) => fileName === "widget.js");
  const text = loader?.type === "asset" ? String(loader.source) : "";
  expect(text.match(/(["'`])\{mozaiks:app\}\1/g)).toHaveLength(1);
  const served = text.replace(
    "{mozaiks:app}",
    JSON.stringify({ origin: `https://${"a".repeat(60)}`, name: "Shop" }),
  );
  expect(gzipSync(served).length).toBeLessThanOrEqual(MOST_LOADER_BYTES);
}, 60_000);

test(`B16 an end user's chat is ready after at most ${MOST_KB} kB of script, gzipped; cards and the foundry are no part of it`, async () => {
  const chunks = (await built).output.filter((it) => it.type === "chunk");
  const named = (name: string) => {
    const found = chunks.find((it) => it.moduleIds.some((id) => id.endsWith(`/chatui/src/${name}`)));
    if (!found) throw new Error(`no chunk holds ${name}`);
    return found;
  };
  const loaded = new Set<string>();
  const load = (chunk: Rollup.OutputChunk) => {
    if (loaded.has(chunk.fileName)) return;
    loaded.add(chunk.fileName);
    for (const name of chunk.imports) for (const next of chunks) if (next.fileName === name) load(next);
  };
  for (const page of [
    "main.tsx",
    "branded/branded-app.tsx",
    "branded/branded-chat-page.tsx",
    "chat/thread.tsx",
  ])
    load(named(page));
  const bytes = chunks
    .filter(({ fileName }) => loaded.has(fileName))
    .map(({ fileName, code }) => ({ fileName, kb: gzipSync(code).length / 1_000 }));
  const kb = bytes.reduce((sum, it) => sum + it.kb, 0);
  expect(kb, JSON.stringify(bytes)).toBeLessThan(MOST_KB);

  for (const later of ["chat/answer-card.tsx", "foundry/foundry-app.tsx"])
    expect(loaded.has(named(later).fileName), later).toBe(false);
}, 60_000);
