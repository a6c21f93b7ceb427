/** The name of the file that begins with a row: names sort as the rows do. */
export function partName(firstRowId: number): string {
  return String(firstRowId).padStart(12, "0");
}
