import { LIMITS } from "#base/limits";
import type { AppFiles } from "#protocol/app-file/app-files";

/**
 * Parsed versions that many chats of one app share: the least recently used ones go. Versions are immutable, and what
 * is held is frozen, so nothing of one chat can reach another; the key names the tenant (T09).
 */
export class VersionCache {
  private readonly held = new Map<string, { files: AppFiles; characters: number }>();
  private characters = 0;

  get(key: string): AppFiles | null {
    const hit = this.held.get(key);
    if (!hit) return null;
    this.held.delete(key);
    this.held.set(key, hit);
    return hit.files;
  }

  /** @param characters of its files together: what it takes of the cache's room */
  put(key: string, files: AppFiles, characters: number): void {
    if (this.held.has(key) || characters > LIMITS.versionCacheCharacters) return;
    this.held.set(key, { files: freeze(files), characters });
    this.characters += characters;
    for (const [oldest, { characters: freed }] of this.held) {
      if (this.characters <= LIMITS.versionCacheCharacters) return;
      this.held.delete(oldest);
      this.characters -= freed;
    }
  }
}

function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
