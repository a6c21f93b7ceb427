/** So many at once, and as many again over `per_ms`: a bucket that fills evenly. */
export type Rate = { max: number; per_ms: number };

/** What one call asks of a bucket. `key` says which: it names nobody, the caller has hashed it. */
export type Ask = { key: string; rate: Rate };

/** `refused`: the index of the ask that there was no room for; `retry_after_s`: when there will be, in whole seconds. */
export type Verdict = { ok: true } | { ok: false; refused: number; retry_after_s: number };
