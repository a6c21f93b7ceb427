/**
 * What two texts share when they differ in case only, in any script. SQLite's own NOCASE knows ASCII letters only,
 * so texts are stored twice: as written, and like this. Upper case rather than lower, so `ß` meets `SS`.
 */
export function foldCase(text: string): string {
  return text.toUpperCase().normalize("NFC");
}
