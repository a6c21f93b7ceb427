/** Limits of an app's tables, with their units. Together they keep every SQLite row far below 2 MB and every statement below 100 parameters (limits of Durable Objects). */
export const TABLE_LIMITS = {
  textMaxChars: 4_000,
  /** A text under a pattern; matching costs at most this times `patternMaxStates`. */
  patternTextMaxChars: 256,
  patternMaxStates: 2_000,
  /** Columns in SQLite, our own and the folded copies of texts included. */
  sqlColumnsPerTable: 98,
  /** Money is exact to the cent up to this many units of the currency. */
  moneyMaxUnits: 1_000_000_000_000,
  findMaxRows: 1_000,
  rowsPerTable: 1_000_000,
  /** Indexes of one table besides those on owner and key; each makes every write of a row a little dearer. */
  indexesPerTable: 12,
  effectsForgottenAtOnce: 50,
  /** Rows of one page of an export, and how many of them one statement reads. */
  exportPageRows: 500,
  exportReadRows: 50,
  /** A page ends before its limit of rows when it has become this large, as JSON. */
  pageMaxChars: 4_000_000,
  /** Lines of a CSV that are put aside at once. */
  importChunkRows: 500,
  /** Lines of one CSV: they are written in one transaction, while which nobody else is answered. */
  importMaxRows: 250_000,
  /** The same for wide tables: lines times the table's columns. */
  importMaxCells: 2_500_000,
  /** How long what was put aside waits for the rest. */
  stagedTtlMs: 24 * 3_600_000,
  /** Wrong lines of an import that are named; the others are only counted. */
  importMaxErrors: 100,
  effectKeyMaxChars: 256,
  /** How long a repeat of a write is recognised. */
  effectTtlMs: 30 * 24 * 3_600_000,
} as const;
