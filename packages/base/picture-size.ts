import type { MediaType } from "./sniff-media-type.ts";

type Size = { width: number; height: number };

/** Pixels of a PNG, JPEG or WebP, read from its head alone; null for one that says none, or for other types. */
export function pictureSize(bytes: Uint8Array, type: MediaType): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = READERS[type]?.(view) ?? null;
    return size && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    // It ends before it has said so.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const READERS: Partial<Record<MediaType, (view: DataView) => Size | null>> = {
  "image/png": pngSize,
  "image/jpeg": jpegSize,
  "image/webp": webpSize,
};

/** PNG (ISO/IEC 15948) 11.2.2: the first chunk is IHDR. */
function pngSize(view: DataView): Size | null {
  if (view.getUint32(12) !== fourCc("IHDR")) return null;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** JPEG (ITU-T T.81) B.1: segments from marker to marker, up to the start of a frame. */
function jpegSize(view: DataView): Size | null {
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    // A byte of filling before a marker; else the segment's length, which counts itself.
    if (marker === 0xff) at += 1;
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
}

/** WebP (RFC 9649) 2.5 to 2.7. */
function webpSize(view: DataView): Size | null {
  const u24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (view.getUint32(12)) {
    case fourCc("VP8 "):
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case fourCc("VP8L"): {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case fourCc("VP8X"):
      return { width: u24(24) + 1, height: u24(27) + 1 };
    default:
      return null;
  }
}

function fourCc(name: string): number {
  return [...name].reduce((sum, letter) => (sum << 8) | letter.charCodeAt(0), 0) >>> 0;
}
