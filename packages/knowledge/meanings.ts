/**
 * Passages by what they mean, beside the index of their words: an index of vectors that is somewhere else, may be away,
 * and takes some seconds until what it was told can be found. Passages are known by their `n`. All of it may throw.
 */
export interface Meanings {
  /** Keeps the meaning of each; repeating is harmless. At most `atOnce`. */
  keep(passages: readonly { n: number; text: string }[]): Promise<void>;
  /** Those whose meaning is near to the question's, nearest first; some may be gone. */
  near(question: string): Promise<number[]>;
  /** Forgets them, known or not. */
  forget(ns: readonly number[]): Promise<void>;
  atOnce: number;
}
