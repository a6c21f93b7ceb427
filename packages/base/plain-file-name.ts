const LONGEST = 120;

/**
 * The name of a sent file as it is kept: its last part, without what could be taken for markup, a path or a header.
 * `file` where nothing is left.
 */
export function plainFileName(sent: string): string {
  const last = sent.split(/[\\/]/).at(-1) ?? "";
  const plain = last
    .normalize("NFC")
    .replace(/[^\p{L}\p{N} ._()-]/gu, "_")
    .replace(/\.{2,}/g, ".")
    .trim()
    .replace(/^\.+/, "");
  return cut(plain) || "file";
}

/** Keeps the ending of a long name, which tells people what it is. */
function cut(name: string): string {
  if (name.length <= LONGEST) return name;
  const ending = /\.\w{1,8}$/.exec(name)?.[0] ?? "";
  return name.slice(0, LONGEST - ending.length) + ending;
}
