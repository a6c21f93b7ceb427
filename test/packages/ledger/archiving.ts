import { createHash } from "node:crypto";
import { expect } from "vitest";
import { nextArchivePart } from "#ledger/archive-part";
import { credit } from "#ledger/credit";
import type { LedgerDeps } from "#ledger/deps";
import { LEDGER_LIMITS } from "#ledger/limits";
import { recordArchived } from "#ledger/record-archived";
import { reserve } from "#ledger/reserve";
import { selfCheck } from "#ledger/self-check";
import { settle } from "#ledger/settle";
import type { ReserveAsk } from "#ledger/types";
import { usagePage } from "#ledger/usage-page";
import { type UsageExportRow, usageExportRow } from "#protocol/api/usage-export";
import { ask, attempt, type LedgerUnderTest, ledgerUnderTest } from "./ledger-under-test.ts";

export const at = (iso: string) => Date.parse(iso);
/** January has ended, and another 62 days. */
export const JANUARY_LEAVES = at("2027-02-01T00:00:00Z") + LEDGER_LIMITS.archiveAfterMs;

let calls = 0;
export function spend(ledger: LedgerUnderTest, changes: Partial<ReserveAsk> = {}, input = 7): string {
  const id = changes.call_id ?? `call_${++calls}`;
  expect(reserve(ledger, ask(id, changes))).toMatchObject({ ok: true });
  expect(settle(ledger, id, [attempt({ input }, { raw: `{"n":${input}}` })])).toMatchObject({ ok: true });
  return id;
}

export function inJanuary(): LedgerUnderTest {
  const ledger = ledgerUnderTest();
  ledger.at(at("2027-01-10T00:00:00Z"));
  credit(ledger, { kind: "topup", amount_nano: 10_000_000_000n, key: "pay" });
  return ledger;
}

export function broken(ledger: LedgerUnderTest) {
  return selfCheck(ledger).checks.filter((check) => check.violations > 0);
}

export function rowsIn(ledger: LedgerUnderTest, table: string): number {
  return Number(ledger.sql.exec(`SELECT COUNT(*) AS n FROM ${table}`)[0]!.n);
}

/** Files of the archive, by month and name. */
export type Files = Map<string, string>;

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** One step of the archive. @returns whether there was anything to do */
export function archiveStep(ledger: LedgerDeps, files: Files, rows?: number): boolean {
  const part = nextArchivePart(ledger, rows);
  if (!part) return false;
  files.set(`${part.period}/${part.name}`, part.text);
  return recordArchived(ledger, part, sha256(part.text));
}

export function archiveAll(ledger: LedgerDeps, files: Files = new Map()): Files {
  while (archiveStep(ledger, files));
  return files;
}

/** A month's raw usage, from the ledger and from the archive, as the gateway reads it. */
export function exportOf(ledger: LedgerDeps, files: Files, period: string): UsageExportRow[] {
  const all: UsageExportRow[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = usagePage(ledger, after, period);
    const text = page.part && files.get(`${period}/${page.part.name}`)!;
    if (page.part && sha256(text!) !== page.part.sha256) throw new Error("another file");
    const lines = text?.split("\n").filter((line) => line !== "") ?? [];
    all.push(...page.rows, ...lines.map((line) => usageExportRow.parse(JSON.parse(line))));
    after = page.next;
  }
  return all;
}
