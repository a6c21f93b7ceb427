import type { ZipFile } from "#workflows/zip/stream-zip";

/** A part of a file of lines is at least so large; then the next part begins. */
const PART_BYTES = 4 * 1024 * 1024;

export function jsonFile(path: string, value: unknown): ZipFile {
  return { path, bytes: new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`) };
}

/** Values as lines of JSON, in `{path}.ndjson`, `{path}-2.ndjson` and so on. None: no file. */
export async function* linesOf(path: string, values: () => AsyncIterable<unknown>): AsyncGenerator<ZipFile> {
  yield* textParts(path, "ndjson", async function* () {
    for await (const value of values()) yield `${JSON.stringify(value)}\n`;
  });
}

/** Text as files that fit into memory. */
export async function* textParts(
  path: string,
  type: "ndjson" | "csv",
  pieces: () => AsyncIterable<string>,
): AsyncGenerator<ZipFile> {
  const encoder = new TextEncoder();
  let part: Uint8Array[] = [];
  let size = 0;
  let n = 0;
  const file = (): ZipFile => {
    const bytes = new Uint8Array(size);
    let at = 0;
    for (const piece of part) {
      bytes.set(piece, at);
      at += piece.byteLength;
    }
    part = [];
    size = 0;
    n += 1;
    return { path: `${path}${n === 1 ? "" : `-${n}`}.${type}`, bytes };
  };
  for await (const piece of pieces()) {
    const bytes = encoder.encode(piece);
    part.push(bytes);
    size += bytes.byteLength;
    if (size >= PART_BYTES) yield file();
  }
  if (size > 0) yield file();
}
