import { crc32 } from "./crc-32.ts";
import { CENTRAL, END, LOCAL } from "./zip-format.ts";

export type ReadZip =
  | { ok: true; texts: Record<string, string> }
  | { ok: false; path: string; message: string };

/** More than an app may have (`parse-app.ts`), folders included. */
const MAX_ENTRIES = 400;
/** Of all files, unpacked: whatever a zip says of itself, no more than this is ever unpacked. */
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_PATH = 400;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 0x1;
const SYMLINK = 0o120000;

type Entry = { path: string; method: number; crc: number; packed: number; size: number; at: number };

class Refused extends Error {
  constructor(
    readonly path: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The files of a zip as UTF-8 texts by path. Refused, as a sentence: what is no zip, paths that lead out of it, the same
 * path twice, links, encryption, other methods than stored and deflate, contents that are no text, differ from their
 * checksum or are more than they say. One folder around everything is taken off. Never throws.
 */
export async function readZip(bytes: Uint8Array<ArrayBuffer>): Promise<ReadZip> {
  try {
    const entries = directoryOf(bytes);
    const texts: Record<string, string> = Object.create(null);
    let left = MAX_BYTES;
    for (const entry of entries) {
      if (entry.size > left) throw new Refused(entry.path, "is too large for an app");
      const content = await contentOf(bytes, entry);
      left -= content.byteLength;
      texts[entry.path] = textOf(content, entry.path);
    }
    return { ok: true, texts: withoutFolder(texts) };
  } catch (cause) {
    if (cause instanceof Refused) return { ok: false, path: cause.path, message: cause.message };
    // Offsets that lead outside, or a stream that is no deflate.
    return { ok: false, path: "", message: "is not a zip that can be read" };
  }
}

function directoryOf(bytes: Uint8Array<ArrayBuffer>): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count)
    throw new Refused("", "must be one zip, not a part of one");
  if (count > MAX_ENTRIES) throw new Refused("", `has more than ${MAX_ENTRIES} entries`);
  const entries: Entry[] = [];
  const seen = new Set<string>();
  for (let n = 0; n < count; n += 1) {
    if (view.getUint32(at, true) !== CENTRAL) throw new Refused("", "is not a zip that can be read");
    const nameLength = view.getUint16(at + 28, true);
    const path = textOf(bytes.subarray(at + 46, at + 46 + nameLength), "");
    const mode = view.getUint32(at + 38, true) >>> 16;
    const entry: Entry = {
      path,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    if ((view.getUint16(at + 8, true) & ENCRYPTED) !== 0) throw new Refused(path, "is encrypted");
    if ((mode & 0o170000) === SYMLINK) throw new Refused(path, "is a link");
    refusePath(path);
    // Some systems take names that differ in case for one file.
    const name = path.toLowerCase();
    if (seen.has(name)) throw new Refused(path, "is there twice");
    seen.add(name);
    if (!path.endsWith("/")) entries.push(entry);
    else if (entry.size > 0) throw new Refused(path, "is a folder with a content");
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Where the end record stands: behind it is only a comment. */
function endOf(view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= 0 && at >= last - LONGEST_COMMENT; at -= 1)
    if (view.getUint32(at, true) === END) return at;
  throw new Refused("", "is not a zip");
}

function refusePath(path: string): void {
  const parts = path.replace(/\/$/, "").split("/");
  const isPlain = parts.every((part) => /^[\w-][\w.-]*$/.test(part) && !part.includes(".."));
  if (!isPlain || path.length > MAX_PATH)
    throw new Refused(path.slice(0, MAX_PATH), "is not a path inside an app");
}

async function contentOf(bytes: Uint8Array<ArrayBuffer>, entry: Entry): Promise<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(entry.at, true) !== LOCAL) throw new Refused(entry.path, "is not where the zip says");
  const start = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  if (start + entry.packed > bytes.byteLength) throw new Refused(entry.path, "is cut off");
  const packed = bytes.subarray(start, start + entry.packed);
  const content = await unpacked(packed, entry);
  if (content.byteLength !== entry.size || crc32(content) !== entry.crc)
    throw new Refused(entry.path, "is not what the zip says it is");
  return content;
}

/** Stops as soon as more comes than the zip said, so that a small zip can't become a large one. */
async function unpacked(packed: Uint8Array<ArrayBuffer>, { method, size, path }: Entry): Promise<Uint8Array> {
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw new Refused(path, "is packed in a way that is not known here");
  const whole = new Uint8Array(size);
  let at = 0;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return whole.subarray(0, at);
    if (at + value.byteLength > size) {
      await reader.cancel().catch(() => undefined);
      throw new Refused(path, "is not what the zip says it is");
    }
    whole.set(value, at);
    at += value.byteLength;
  }
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused(path, path ? "is not a text in UTF-8" : "has a name that is not in UTF-8");
  }
}

/** Who zips a folder gets the folder too. */
function withoutFolder(texts: Record<string, string>): Record<string, string> {
  if (Object.hasOwn(texts, "app.yaml")) return { ...texts };
  const paths = Object.keys(texts);
  const folder = /^[^/]+\//.exec(paths[0] ?? "")?.[0];
  if (
    !folder ||
    !paths.every((path) => path.startsWith(folder)) ||
    !Object.hasOwn(texts, `${folder}app.yaml`)
  )
    return { ...texts };
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length), texts[path] ?? ""]));
}
