import { appError } from "#base/app-error";
import { directoryEnd, directoryEntry, localEntry } from "./write-zip.ts";

export type ZipFile = { path: string; bytes: Uint8Array };

/** What a zip of this kind holds at most (APPNOTE 6.3.10, without its 64-bit extensions). */
const MOST_FILES = 65_535;
const MOST_BYTES = 0xffff_ffff;

/** Files as a zip, each let go as soon as it is written, so that no more than one is in memory. Error: TOO_LARGE. */
export async function* streamZip(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const directory: Uint8Array[] = [];
  let at = 0;
  for await (const file of files) {
    const entry = localEntry(file.path, file.bytes);
    directory.push(directoryEntry(entry, at));
    at += entry.head.byteLength + file.bytes.byteLength;
    if (directory.length > MOST_FILES || at > MOST_BYTES)
      throw appError("TOO_LARGE", { max_bytes: MOST_BYTES });
    yield entry.head;
    yield file.bytes;
  }
  yield* directory;
  yield directoryEnd(directory, at);
}
