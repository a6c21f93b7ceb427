/** A `multipart/form-data` body with one file and some fields, as text: each character is a byte. */
export function formBody(
  file: { name: string; bytes: Uint8Array | string; type?: string },
  fields: Record<string, string> = {},
): { body: Uint8Array<ArrayBuffer>; contentType: string } {
  const boundary = "----mozaiks-test";
  const encoder = new TextEncoder();
  const head = Object.entries(fields)
    .map(
      ([name, value]) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join("");
  const start = `${head}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: ${file.type ?? "application/octet-stream"}\r\n\r\n`;
  const bytes = typeof file.bytes === "string" ? encoder.encode(file.bytes) : file.bytes;
  const parts = [encoder.encode(start), bytes, encoder.encode(`\r\n--${boundary}--\r\n`)];
  const body = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.byteLength;
  }
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}
