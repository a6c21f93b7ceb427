/** A safeguard taken out: in a file, the text that is replaced, and by what. */
export type Mutation = { says: string; file: string; edits: [text: string | RegExp, by: string][] };

const LEDGER = "packages/ledger";

export const MUTATIONS: Mutation[] = [
  {
    says: "an operation is no transaction",
    file: `${LEDGER}/operate.ts`,
    edits: [["return deps.sql.transaction(work);", "return work();"]],
  },
  {
    says: "a repeated reserve is a new one",
    file: `${LEDGER}/reserve.ts`,
    edits: [["if (known) return repeated(known, payload);", ""]],
  },
  {
    says: "a repeated settle is a new one",
    file: `${LEDGER}/settle.ts`,
    edits: [['if (hold.state === "settled") {', 'if (hold.state === ("" as string)) {']],
  },
  {
    says: "a repeated report is a new one",
    file: `${LEDGER}/report-call.ts`,
    edits: [["if (known) {", 'if (known && ask.chat_id === "") {']],
  },
  {
    says: "a repeated report is a new one, and a call's row may be there already",
    file: `${LEDGER}/report-call.ts`,
    edits: [
      ["if (known) {", 'if (known && ask.chat_id === "") {'],
      ["insertHold(op, hold);", "if (!known) insertHold(op, hold);"],
    ],
  },
  {
    says: "one response told twice is two",
    file: `${LEDGER}/attempts.ts`,
    edits: [
      [
        "if (before === undefined) kept.push(attempt);",
        "if (before !== figures || true) kept.push(attempt);",
      ],
    ],
  },
  {
    says: "a repeated credit is a new one",
    file: `${LEDGER}/credit.ts`,
    edits: [["if (!known) return", 'if (!known || ask.key !== "") return']],
  },
  {
    says: "the database has no floor",
    file: `${LEDGER}/steps/first.ts`,
    edits: [["CHECK (floor_nano IS NULL OR balance_nano - held_nano >= floor_nano)", "CHECK (1)"]],
  },
  {
    says: "the first tables have no checks",
    file: `${LEDGER}/steps/first.ts`,
    edits: [[/CHECK \(/g, "CHECK (1 OR "]],
  },
  {
    says: "the second tables have no checks",
    file: `${LEDGER}/steps/second.ts`,
    edits: [[/CHECK \(/g, "CHECK (1 OR "]],
  },
  {
    says: "rows can be edited",
    file: `${LEDGER}/steps/first.ts`,
    edits: [[/(_no_update BEFORE UPDATE ON \$\{table\})/, "$1 WHEN 0"]],
  },
  {
    says: "a closed month can be written into",
    file: `${LEDGER}/steps/second.ts`,
    edits: [["WHEN NEW.month_at IS NOT (SELECT", "WHEN 0 AND NEW.month_at IS NOT (SELECT"]],
  },
  {
    says: "a charge does not prefer what its hold set aside",
    file: `${LEDGER}/usage-rows.ts`,
    edits: [
      [
        "takeFrom(wallet.buckets, cost, setAside)",
        "takeFrom(wallet.buckets, cost, setAside.slice(setAside.length))",
      ],
    ],
  },
  {
    says: "a report does not prefer what its lease set aside",
    file: `${LEDGER}/report-call.ts`,
    edits: [
      ["Object.keys(lease?.buckets ?? {})", 'Object.keys(lease?.buckets ?? {}).filter((id) => id === "")'],
    ],
  },
  {
    says: "a lease that is kept forgets its buckets",
    file: `${LEDGER}/exchange.ts`,
    edits: [["wantNano, Object.keys(lease.buckets))", "wantNano)"]],
  },
  {
    says: "a hold forgets its buckets",
    file: `${LEDGER}/holds.ts`,
    edits: [["buckets: JSON.parse(String(row.buckets)),", "buckets: {},"]],
  },
  {
    says: "leases do not count in budgets",
    file: `${LEDGER}/budgets.ts`,
    edits: [["FROM leases WHERE ended_at IS NULL AND", "FROM leases WHERE ended_at = 0 AND"]],
  },
  {
    says: "what is in no sum yet counts in no limit",
    file: `${LEDGER}/budgets.ts`,
    edits: [
      [
        "op.kept.unfolded !== 0 ? unfoldedOf(op, who) : []",
        "op.kept.unfolded === -1 ? unfoldedOf(op, who) : []",
      ],
    ],
  },
  {
    says: "who reads sees sums as they stand",
    file: `${LEDGER}/operate.ts`,
    edits: [["    fold(op);\n    return work(op);", "    return work(op);"]],
  },
  {
    says: "a row of usage is not counted as one that no sum has",
    file: `${LEDGER}/usage-rows.ts`,
    edits: [["  link(op, inserted!);\n  noteUnfolded(op);", "  link(op, inserted!);"]],
  },
  {
    says: "a transfer is not counted as one that no sum has",
    file: `${LEDGER}/post-transfer.ts`,
    edits: [["  moveInWallet(op, moving);\n  noteUnfolded(op);", "  moveInWallet(op, moving);"]],
  },
  {
    says: "a row is added to the sums twice",
    file: `${LEDGER}/fold.ts`,
    edits: [
      [
        "folded_row_id = MAX(folded_row_id, COALESCE((SELECT MAX(row_id)",
        "folded_row_id = MAX(folded_row_id, COALESCE((SELECT MAX(row_id) - 1",
      ],
    ],
  },
  {
    says: "a movement is added to the sums twice",
    file: `${LEDGER}/fold.ts`,
    edits: [
      [
        "COALESCE((SELECT MAX(transfer_id) FROM transfers), 0))\n   WHERE",
        "COALESCE((SELECT MAX(transfer_id) - 1 FROM transfers), 0))\n   WHERE",
      ],
    ],
  },
  {
    says: "sums are added to, and that is undone, and it is remembered as done",
    file: `${LEDGER}/operate.ts`,
    edits: [["deps.memory.kept = nothingKept();", ""]],
  },
  {
    says: "a lease of an earlier epoch is as good as the present one",
    file: `${LEDGER}/exchange.ts`,
    edits: [
      ["row?.ended_at === null && row.epoch <= ask.epoch ? row", "row?.ended_at === null ? row"],
      ["own?.epoch !== ask.epoch", "!own"],
    ],
  },
];
