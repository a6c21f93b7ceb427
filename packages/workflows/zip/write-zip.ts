import { crc32 } from "./crc-32.ts";
import { CENTRAL, END, LOCAL, UTF_8 } from "./zip-format.ts";

/** 1980-01-01: a file's time says nothing here, and the same files give the same bytes. */
const DATE = 0x0021;
const VERSION = 20;

type Fields = readonly (readonly [value: number, bytes: 2 | 4])[];
type Entry = { name: Uint8Array; fields: Fields; head: Uint8Array };

/** What stands before a file's bytes, which are stored without compression. */
export function localEntry(path: string, bytes: Uint8Array): Entry {
  const name = new TextEncoder().encode(path);
  // Version, flags, method, time, date, CRC, sizes, length of the name, of extra fields.
  const fields = [
    [VERSION, 2],
    [UTF_8, 2],
    [0, 2],
    [0, 2],
    [DATE, 2],
    [crc32(bytes), 4],
    [bytes.byteLength, 4],
    [bytes.byteLength, 4],
    [name.byteLength, 2],
    [0, 2],
  ] as const;
  return { name, fields, head: joined([record(LOCAL, fields), name]) };
}

/** What the directory says of a file that stands `at` so many bytes. */
export function directoryEntry({ name, fields }: Entry, at: number): Uint8Array {
  // Made by, as above, then comment, disk, attributes, and where it stands.
  const tail = [
    [0, 2],
    [0, 2],
    [0, 2],
    [0, 4],
    [at, 4],
  ] as const;
  return joined([record(CENTRAL, [[VERSION, 2], ...fields, ...tail]), name]);
}

/** What stands behind the directory, which begins `at` so many bytes. */
export function directoryEnd(directory: readonly Uint8Array[], at: number): Uint8Array {
  return record(END, [
    [0, 2],
    [0, 2],
    [directory.length, 2],
    [directory.length, 2],
    [directory.reduce((sum, { byteLength }) => sum + byteLength, 0), 4],
    [at, 4],
    [0, 2],
  ]);
}

/** Texts by path as a zip (APPNOTE 6.3.10), stored without compression, in the order of their paths. */
export function writeZip(texts: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const path of Object.keys(texts).sort()) {
    const bytes = encoder.encode(texts[path] ?? "");
    const entry = localEntry(path, bytes);
    directory.push(directoryEntry(entry, at));
    parts.push(entry.head, bytes);
    at += entry.head.byteLength + bytes.byteLength;
  }
  return joined([...parts, ...directory, directoryEnd(directory, at)]);
}

/** A signature and little-endian numbers of 2 or 4 bytes. */
function record(signature: number, fields: Fields): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 + fields.reduce((sum, [, bytes]) => sum + bytes, 0)));
  view.setUint32(0, signature, true);
  let at = 4;
  for (const [value, bytes] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
