import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { pictureSize } from "#base/picture-size";
import { sniffMediaType } from "#base/sniff-media-type";

/** An app's picture. `name` is new with each, so that caches may keep what they have for good; sides in pixels. */
export type Logo = { name: string; type: LogoType; width: number; height: number };

const ENDINGS = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" } as const;
type LogoType = keyof typeof ENDINGS;

/**
 * What may be an app's logo, told by its bytes: PNG, JPEG or WebP. What browsers run is none (T55, T58). `id`: a new
 * one. Errors: TOO_LARGE (bytes or pixels), UNSUPPORTED_FILE (SVG, GIF, anything else, and what is cut off).
 */
export function readLogo(bytes: Uint8Array, id: string): Logo {
  const { logoMaxBytes, logoMaxPixels } = LIMITS;
  if (bytes.byteLength > logoMaxBytes) throw appError("TOO_LARGE", { max_bytes: logoMaxBytes });
  const type = sniffMediaType(bytes, "");
  const size = type && pictureSize(bytes, type);
  if (!size || !isLogoType(type))
    throw appError("UNSUPPORTED_FILE", undefined, "A logo is a PNG, JPEG or WebP picture.");
  if (Math.max(size.width, size.height) > logoMaxPixels)
    throw appError(
      "TOO_LARGE",
      { max_pixels: logoMaxPixels },
      `A logo may be ${logoMaxPixels} pixels wide and high.`,
    );
  return { name: `${id}.${ENDINGS[type]}`, type, ...size };
}

function isLogoType(type: string | null): type is LogoType {
  return type !== null && Object.hasOwn(ENDINGS, type);
}
