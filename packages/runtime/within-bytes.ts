const encoder = new TextEncoder();

/** As many of the rows, from the first on, as fit into `maxBytes` of JSON; says so when some are left out. */
export function withinBytes<T>(rows: readonly T[], maxBytes: number): { rows: T[]; left_out?: number } {
  let bytes = 2;
  const kept: T[] = [];
  for (const row of rows) {
    bytes += encoder.encode(JSON.stringify(row)).byteLength + 1;
    if (bytes > maxBytes && kept.length > 0) break;
    kept.push(row);
  }
  const left = rows.length - kept.length;
  return left > 0 ? { rows: kept, left_out: left } : { rows: kept };
}
