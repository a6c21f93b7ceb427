import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { plainFileName } from "#base/plain-file-name";
import type { Ctx } from "./call.ts";

/** What a form needs beside the bytes of its file. */
const FORM_BYTES = 16 * 1024;

export type SentFile = { name: string; bytes: Uint8Array<ArrayBuffer> };

/**
 * The one file of a `multipart/form-data` body, in the field `file`, and its other fields. For callers who are known:
 * nothing is read before. The limit is kept while the body comes in, whatever its length is said to be.
 * Errors: BAD_REQUEST, TOO_LARGE.
 */
export async function readForm(c: Ctx): Promise<{ file: SentFile; fields: Record<string, string> }> {
  const type = c.req.header("content-type") ?? "";
  if (!/^multipart\/form-data\s*;\s*\S/i.test(type)) throw bad("Content-Type", "must be multipart/form-data");
  const body = await readCapped(c.req.raw.body, LIMITS.uploadMaxBytes + FORM_BYTES);
  const form = await new Response(body, { headers: { "content-type": type } }).formData().catch(() => null);
  if (!form) throw bad("", "is not a form");
  const sent = form.getAll("file");
  const [file] = sent;
  if (sent.length !== 1 || !(file instanceof File)) throw bad("file", "must be one file");
  if (file.size > LIMITS.uploadMaxBytes) throw tooLarge();
  const fields: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === "string" && name !== "file") fields[name] = value;
  return {
    file: { name: plainFileName(file.name), bytes: new Uint8Array(await file.arrayBuffer()) },
    fields,
  };
}

async function readCapped(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.byteLength;
    // Leaving the loop cancels the stream: what is still to come is never held.
    if (size > maxBytes) throw tooLarge();
    pieces.push(piece);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

function tooLarge() {
  return appError("TOO_LARGE", { max_bytes: LIMITS.uploadMaxBytes });
}

function bad(path: string, message: string) {
  return appError("BAD_REQUEST", { issues: [{ path, message }] });
}
