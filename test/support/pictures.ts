/** The heads of pictures of this size, by their formats: all that is read of one. */
export function pngOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(64);
  bytes.set(latin("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

/** With a segment before the frame, as cameras write them, and a byte of filling. */
export function jpegOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(64);
  bytes.set(latin("\xff\xd8\xff\xe1\0\x08Exif\0\0\xff\xff\xc2\0\x11\x08"));
  const view = new DataView(bytes.buffer);
  view.setUint16(18, height);
  view.setUint16(20, width);
  return bytes;
}

export function webpOf(
  kind: "VP8 " | "VP8L" | "VP8X",
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(64);
  bytes.set(latin(`RIFF\x38\0\0\0WEBP${kind}`));
  const view = new DataView(bytes.buffer);
  if (kind === "VP8 ") {
    view.setUint16(26, width, true);
    view.setUint16(28, height, true);
  } else if (kind === "VP8L") view.setUint32(21, (width - 1) | ((height - 1) << 14), true);
  else {
    view.setUint32(24, width - 1, true);
    view.setUint16(27, height - 1, true);
  }
  return bytes;
}

export function latin(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
