import type { AppFiles } from "#protocol/app-file/app-files";
import type { SampleRow } from "#protocol/app-file/table";

type Values = SampleRow["values"];

/** The creator's sample row that a sentence names by its key. */
export function rowIn(files: AppFiles, table: string, say: string): SampleRow | null {
  const spec = files.app.tables[table];
  if (!spec) return null;
  const named = (row: SampleRow) => {
    const key = row.values[spec.key];
    return key !== undefined && key !== null && say.includes(String(key));
  };
  return spec.sample.find(named) ?? null;
}

/** The same app with one more sample row, like another but for some values, under a key of its own. */
export function withRowLike(
  files: AppFiles,
  table: string,
  row: SampleRow,
  changes: Values,
): { files: AppFiles; key: string } | null {
  const spec = files.app.tables[table];
  const key =
    spec &&
    nextKey(
      spec.sample.map((it) => String(it.values[spec.key] ?? "")),
      String(row.values[spec.key] ?? ""),
    );
  if (!spec || !key || spec.sample.length >= 50) return null;
  const added: SampleRow = { owner: row.owner, values: { ...row.values, ...changes, [spec.key]: key } };
  const tables = { ...files.app.tables, [table]: { ...spec, sample: [...spec.sample, added] } };
  return { files: { ...files, app: { ...files.app, tables } }, key };
}

/** `A-1003` → `A-1004`: the next number nobody has. */
function nextKey(taken: readonly string[], like: string): string | null {
  const [, head = "", digits] = /^(.*?)(\d+)$/.exec(like) ?? [];
  if (!digits) return null;
  for (let number = Number(digits) + 1; number < Number(digits) + 200; number += 1) {
    const key = head + String(number).padStart(digits.length, "0");
    if (!taken.includes(key)) return key;
  }
  return null;
}
