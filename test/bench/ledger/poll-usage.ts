import { setTimeout as wait } from "node:timers/promises";
import type { Usage } from "#protocol/api/usage";

const EVERY_MS = 1_000;

/** The peer of the live feed: owners who ask once a second. @returns stops it */
export function pollUsage(
  read: () => Promise<Usage>,
  owners: number,
  told: (owner: number, usage: Usage, at: number) => void,
): () => void {
  let over = false;
  async function poll(owner: number): Promise<void> {
    await wait(Math.random() * EVERY_MS);
    while (!over) {
      const from = performance.now();
      told(owner, await read(), performance.now());
      await wait(Math.max(0, EVERY_MS - (performance.now() - from)));
    }
  }
  for (let owner = 0; owner < owners; owner++) poll(owner).catch((cause) => console.error(String(cause)));
  return () => {
    over = true;
  };
}
