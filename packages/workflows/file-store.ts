/**
 * Where the files of app versions are kept: text under keys. Versions are immutable, so there is no overwrite.
 */
export interface FileStore {
  /** Writes only if nothing is there yet. @returns whether it wrote */
  create(key: string, text: string): Promise<boolean>;
  read(key: string): Promise<string | null>;
  /** All keys that start with `prefix`, which ends in `/`. */
  list(prefix: string): Promise<string[]>;
  removeAll(prefix: string): Promise<void>;
}
