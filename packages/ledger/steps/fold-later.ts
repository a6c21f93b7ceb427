import { ADD, ADDED, SUMS } from "./rollups-at-once.ts";

/**
 * Sums by window and by line of a statement are no longer kept with each row: many rows are added at once (`fold.ts`),
 * up to a watermark. What a chat came to stays with its rows, for its bill. It has run: never edited.
 */
export const FOLD_LATER: readonly string[] = [
  "ALTER TABLE ledger ADD COLUMN folded_row_id INTEGER NOT NULL DEFAULT 0",
  "ALTER TABLE ledger ADD COLUMN folded_transfer_id INTEGER NOT NULL DEFAULT 0",
  // All that is there was added as it came.
  `UPDATE ledger SET
     folded_row_id = MAX(COALESCE((SELECT MAX(row_id) FROM usage_rows), 0), COALESCE((SELECT MAX(last_row_id) FROM archive_parts), 0)),
     folded_transfer_id = MAX(COALESCE((SELECT MAX(transfer_id) FROM transfers), 0),
       COALESCE((SELECT MAX(last_transfer_id) FROM archive_parts), 0))`,
  // Nobody looks for transfers by their month any more: `month_moves` has them.
  "DROP INDEX transfers_by_month",
  "DROP TRIGGER usage_rows_line",
  "DROP TRIGGER entries_move",
  "DROP TRIGGER usage_rows_sum",
  `CREATE TRIGGER usage_rows_sum AFTER INSERT ON usage_rows BEGIN
    INSERT INTO chat_sums (chat_id, user_id, agent, model, ${SUMS.join(", ")})
    VALUES (NEW.chat_id, NEW.user_id, NEW.agent, NEW.model,
      ${ADDED})
    ON CONFLICT DO UPDATE SET ${ADD};
  END`,
  // What goes to the archive is in the sums, or it would be in none.
  `CREATE TRIGGER usage_rows_folded BEFORE DELETE ON usage_rows
    WHEN OLD.row_id > (SELECT folded_row_id FROM ledger)
    BEGIN SELECT RAISE(ABORT, 'usage_rows is append-only: no sum has this row yet'); END`,
  `CREATE TRIGGER entries_folded BEFORE DELETE ON entries
    WHEN OLD.transfer_id > (SELECT folded_transfer_id FROM ledger)
    BEGIN SELECT RAISE(ABORT, 'entries is append-only: no sum has this row yet'); END`,
  `CREATE TRIGGER ledger_folded BEFORE UPDATE OF folded_row_id, folded_transfer_id ON ledger
    WHEN NEW.folded_row_id < OLD.folded_row_id OR NEW.folded_transfer_id < OLD.folded_transfer_id
    BEGIN SELECT RAISE(ABORT, 'what is in the sums stays in them'); END`,
];
