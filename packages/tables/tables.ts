/** A JSON value of a column: see `#protocol/app-file/table` for what each column type holds. */
export type Cell = string | number | boolean | null;

export type Row = {
  /** Opaque row id. */
  id: string;
  /** User id of the row's owner. */
  owner: string;
  sample: boolean;
  created_at: string;
  values: Record<string, Cell>;
};

/**
 * One app's data as one person may see it: on tables with `owner: "user"` every call is limited to rows of `who`,
 * so a row of someone else does not exist. Errors: BAD_REQUEST (unknown table or column, value that does not fit
 * its type, missing required column; `details.issues`), CONFLICT (the table's key column is taken).
 */
export interface Tables {
  get(who: string, table: string, by: Record<string, Cell>): Promise<Row | null>;
  /** Newest first, at most `limit`. Text compares without case. */
  find(who: string, table: string, by: Record<string, Cell>, limit: number): Promise<Row[]>;
  /** `key` makes a repeat harmless: the first row again. Fills defaults, and the key column where it has a prefix. */
  insert(who: string, table: string, values: Record<string, Cell>, key: string): Promise<Row>;
  /** Null when no row matches. `key` makes a repeat harmless. */
  update(
    who: string,
    table: string,
    by: Record<string, Cell>,
    set: Record<string, Cell>,
    key: string,
  ): Promise<Row | null>;
  /** How many rows match, or what their `sum` column adds up to: those of `who`, without it those of all owners. */
  count(table: string, where: Record<string, Cell>, who?: string, sum?: string): Promise<number>;
}
