import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "../launch/checkout.mjs";

const CACHE = join(CHECKOUT, "node_modules/.cache/mozaiks");
const KEPT = 4;
/** A platform that runs goes on reading its UI: no build goes while it may still be in use. */
const IN_USE_MS = 24 * 3_600_000;
/** What takes long enough to be told to a person. */
const TOLD: Record<string, string> = { ui: "UI", worker: "Worker" };

/**
 * Builds something once for each state of its sources. Every build has a folder of its own, never changed once it
 * stands, so a running platform keeps its files while another command builds newer ones.
 * @param name what is built, e.g. `worker`
 * @param hash of the sources
 * @param build writes the result into the given empty folder
 * @returns the folder of the result
 */
export async function buildOnce(
  name: string,
  hash: string,
  build: (into: string) => Promise<void>,
): Promise<string> {
  const done = join(CACHE, `${name}-${hash.slice(0, 16)}`);
  if (existsSync(done)) return done;
  if (TOLD[name]) console.log(`Building the ${TOLD[name]} …`);
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(join(CACHE, "draft-"));
  try {
    await build(draft);
    if (!existsSync(done)) renameSync(draft, done);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  forgetOldest(name);
  return done;
}

function forgetOldest(name: string): void {
  const builds = readdirSync(CACHE)
    .filter((entry) => entry.startsWith(`${name}-`))
    .map((entry) => ({ path: join(CACHE, entry), at: statSync(join(CACHE, entry)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path, at } of builds.slice(KEPT)) {
    if (at < Date.now() - IN_USE_MS) rmSync(path, { recursive: true, force: true });
  }
}
