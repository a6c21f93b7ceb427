import fc from "fast-check";
import { expect, test } from "vitest";
import { plainFileName } from "#base/plain-file-name";
import { sniffMediaType } from "#base/sniff-media-type";

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ["\x89PNG\r\n\x1a\n", "image/png"],
  ["GIF89a..", "image/gif"],
  ["RIFF\0\0\0\0WEBPVP8 ", "image/webp"],
  ["\xff\xd8\xff\xe0", "image/jpeg"],
  ["%PDF-1.7", "application/pdf"],
])("a signature tells %j", (start, type) => {
  expect(
    sniffMediaType(
      Uint8Array.from(start, (it) => it.charCodeAt(0)),
      "x.txt",
    ),
  ).toBe(type);
});

test.each([
  ["plain words", "x.bin", "text/plain"],
  ["# Hi", "x.md", "text/markdown"],
  ["a,b", "x.CSV", "text/csv"],
  ['{"a": 1}', "x.txt", "application/json"],
  ["[not json", "x.txt", "text/plain"],
  ["<!doctype html><p>Hi", "x.md", "text/html"],
  ["\ufeff  <html>", "x.txt", "text/html"],
  ["<!-- a --><script>1</script>", "x.txt", "text/html"],
  ["a < b and c > d", "x.txt", "text/plain"],
  ["<svg/onload=1>", "x.png", null],
  ["<!--x--> <SVG xmlns=''>", "x.txt", null],
  ["<?xml version='1.0'?><a/>", "x.xml", null],
  ["\0\0\0", "x.txt", null],
])("T58 %j called %s is %s", (text, name, type) => {
  expect(sniffMediaType(bytes(text), name)).toBe(type);
});

test("T58 no name makes text of what is none, or hides markup", () => {
  const markup = fc.constantFrom(
    "<svg ",
    "<html>",
    "<script>",
    "<!DOCTYPE html>",
    "<?xml ",
    "<iframe ",
    "<body>",
  );
  const space = fc.stringMatching(/^[ \n\t]{0,9}$/);
  fc.assert(
    fc.property(fc.string(), markup, space, fc.string(), (name, tag, before, rest) => {
      expect(["text/html", null]).toContain(sniffMediaType(bytes(before + tag + rest), name));
    }),
  );
});

test("any bytes and any name get an answer", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (data, name) => {
      sniffMediaType(data, name);
      const kept = plainFileName(name);
      expect(kept).not.toMatch(/[/\\<>"'&\r\n\0]|\.\./);
      expect(kept.length).toBeGreaterThan(0);
      expect(kept.length).toBeLessThanOrEqual(120);
    }),
  );
});
