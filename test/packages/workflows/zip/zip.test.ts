import { deflateRawSync, crc32 as nodeCrc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Given, zipOf } from "#test/support/zip-of";
import { crc32 } from "#workflows/zip/crc-32";
import { readZip } from "#workflows/zip/read-zip";
import { writeZip } from "#workflows/zip/write-zip";

const part = fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9_-]{0,12}$/);
const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `x/${parts.join("/")}.txt`);
const files = fc.uniqueArray(fc.tuple(path, fc.string({ unit: "grapheme", maxLength: 300 })), {
  selector: ([name]) => name.toLowerCase(),
  maxLength: 20,
});

test("what was written is read again, and the same files are the same bytes", async () => {
  await fc.assert(
    fc.asyncProperty(files, async (entries) => {
      const texts = { "app.yaml": "name: A", ...Object.fromEntries(entries) };
      const zip = writeZip(texts);
      expect(await readZip(zip)).toEqual({ ok: true, texts });
      expect(writeZip(Object.fromEntries(Object.entries(texts).reverse()))).toEqual(zip);
    }),
    { numRuns: 100 },
  );
});

test("its checksum is the one everybody uses", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(crc32(bytes)).toBe(nodeCrc32(bytes));
    }),
  );
});

test("no bytes at all make the reader throw, nor do those of a zip with some changed", async () => {
  const zip = writeZip({ "app.yaml": "name: A", "knowledge/a.md": "hello" });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { maxLength: 6 }),
      fc.nat(zip.length),
      async (changes, length) => {
        const broken = zip.slice();
        for (const [at, byte] of changes) broken[at] = byte;
        const read = await readZip(broken.slice(0, length));
        expect(typeof read.ok).toBe("boolean");
      },
    ),
    { numRuns: 500 },
  );
});

test("a packed zip is read, also one with a folder around everything", async () => {
  const zip = zipOf([
    { name: "acme/app.yaml", content: "name: A" },
    { name: "acme/knowledge/", content: "", method: 0 },
    { name: "acme/knowledge/a.md", content: "héllo ".repeat(1_000) },
  ]);
  expect(await readZip(zip)).toEqual({
    ok: true,
    texts: { "app.yaml": "name: A", "knowledge/a.md": "héllo ".repeat(1_000) },
  });
});

test.each<[string, Given[], string]>([
  ["a path that leads out", [{ name: "../app.yaml", content: "" }], "path inside"],
  ["a path from the root", [{ name: "/app.yaml", content: "" }], "path inside"],
  ["a path with dots inside", [{ name: "a/../../b", content: "" }], "path inside"],
  ["a path of Windows", [{ name: "a\\b", content: "" }], "path inside"],
  ["a drive", [{ name: "C:/a", content: "" }], "path inside"],
  ["a hidden file", [{ name: ".DS_Store", content: "" }], "path inside"],
  ["a NUL in a name", [{ name: "a\0b", content: "" }], "path inside"],
  ["a link", [{ name: "a", content: "/etc/passwd", mode: 0o120777 }], "is a link"],
  ["an encrypted file", [{ name: "a", content: "x", flags: 1 }], "encrypted"],
  ["another method", [{ name: "a", content: "x", method: 12 }], "not known here"],
  [
    "twice the same",
    [
      { name: "a", content: "x" },
      { name: "A", content: "y" },
    ],
    "twice",
  ],
  [
    "a checksum that is wrong",
    [{ name: "a", content: "x", packed: deflateRawSync("y") }],
    "not what the zip says",
  ],
  ["a size that is too small", [{ name: "a", content: "x".repeat(99), size: 9 }], "not what the zip says"],
  ["a size that is too large", [{ name: "a", content: "x", size: 9 }], "not what the zip says"],
  ["what says it is huge", [{ name: "a", content: "x", size: 0xfffffff0 }], "too large"],
  ["many entries", Array.from({ length: 401 }, (_, n) => ({ name: `f${n}`, content: "" })), "more than"],
])("refused is %s", async (_what, given, message) => {
  expect(await readZip(zipOf(given))).toMatchObject({ ok: false, message: expect.stringContaining(message) });
});

test("what is no text is refused", async () => {
  const zip = writeZip({ a: "x" });
  // The one byte of its content, and its checksums.
  const at = zip.indexOf("x".charCodeAt(0), 31);
  zip[at] = 0xff;
  const sum = nodeCrc32(new Uint8Array([0xff]));
  new DataView(zip.buffer).setUint32(at + 1 + 16, sum, true);
  expect(await readZip(zip)).toMatchObject({ ok: false, path: "a", message: "is not a text in UTF-8" });
});

test("a bomb is stopped at what it said, long before it is unpacked", async () => {
  const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024));
  const zip = zipOf([{ name: "a", content: "", packed: bomb, size: 1_000 }]);
  expect(await readZip(zip)).toMatchObject({ ok: false, message: expect.stringContaining("not what") });
  const many = zipOf(
    Array.from({ length: 9 }, (_, n) => ({ name: `f${n}`, content: "0".repeat(2 * 1024 * 1024) })),
  );
  expect(await readZip(many)).toMatchObject({ ok: false, path: "f8", message: "is too large for an app" });
});
