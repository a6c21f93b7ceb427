import fc from "fast-check";
import { expect, test } from "vitest";
import { pictureSize } from "#base/picture-size";
import { sniffMediaType } from "#base/sniff-media-type";
import { jpegOf, pngOf, webpOf } from "#test/support/pictures";

const side = fc.integer({ min: 1, max: 0x3fff });

test("each format's size is read as its standard has it, and its type is told by its bytes", () => {
  fc.assert(
    fc.property(side, side, (width, height) => {
      const lossy = webpOf("VP8 ", width, height);
      for (const [type, bytes] of [
        ["image/png", pngOf(width, height)],
        ["image/jpeg", jpegOf(width, height)],
        ["image/webp", lossy],
        ["image/webp", webpOf("VP8L", width, height)],
        ["image/webp", webpOf("VP8X", width, height)],
      ] as const) {
        expect(sniffMediaType(bytes, "x.svg")).toBe(type);
        expect(pictureSize(bytes, type)).toEqual({ width, height });
      }
    }),
  );
});

test("what is cut off or anything at all has a size or none, and is never a fault", () => {
  const types = ["image/png", "image/jpeg", "image/webp", "image/gif"] as const;
  const heads = [pngOf(9, 9), jpegOf(9, 9), webpOf("VP8X", 9, 9), webpOf("VP8L", 9, 9)];
  for (const head of heads)
    for (let end = 0; end < 18; end += 1)
      for (const type of types) expect(pictureSize(head.slice(0, end), type)).toBeNull();
  fc.assert(
    fc.property(
      fc.constantFrom(...heads),
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(24),
      fc.constantFrom(...types),
      (head, rest, keep, type) => {
        const bytes = new Uint8Array([...head.slice(0, keep), ...rest]);
        const size = pictureSize(bytes, type);
        if (size) expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
      },
    ),
  );
  expect(pictureSize(pngOf(0, 9), "image/png")).toBeNull();
});
