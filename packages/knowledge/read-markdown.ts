import type { Section } from "./section.ts";

/** Markdown, or any plain text, by its headings (`#`, or underlined with `===` or `---`). Code in fences has none. */
export function readMarkdown(text: string): Section[] {
  const sections: Section[] = [];
  const path: string[] = [];
  let lines: string[] = [];
  let fenced = false;
  const end = () => {
    const body = lines.join("\n").trim();
    if (body) sections.push({ headings: path.filter(Boolean), page: null, text: body });
    lines = [];
  };
  const all = text.replace(/^\ufeff/, "").split(/\r\n?|\n/);
  for (const [index, line] of all.entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const hash = fenced ? null : /^(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
    const under =
      fenced || !line.trim() || hash ? null : /^(?:(=)=+|(-)-{2,})\s*$/.exec(all[index + 1] ?? "");
    if (!fenced && /^(?:={2,}|-{3,})\s*$/.test(line)) continue;
    const level = hash?.[1]?.length ?? (under ? (under[1] ? 1 : 2) : 0);
    const title = hash ? (hash[2] ?? "") : line.trim();
    if (level === 0 || title.length > 200) {
      lines.push(line);
      continue;
    }
    end();
    path.length = level - 1;
    path[level - 1] = title;
  }
  end();
  return sections;
}
