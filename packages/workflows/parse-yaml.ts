import { isAlias, isMap, isScalar, parseDocument, visit } from "yaml";

export type Issue = { path: string; message: string };
export type ParsedYaml = { ok: true; value: unknown } | { ok: false; issues: Issue[] };

const MAX_CHARACTERS = 512 * 1024;
/** Deeper nesting than any app file has. */
const MAX_DEPTH = 40;
const PROTOTYPE_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/**
 * One YAML 1.2 file as plain data. Refused: aliases and anchors (a few lines could become gigabytes), tags, keys
 * that reach a prototype, twice the same key, absurd nesting and size. Never throws.
 */
export function parseYaml(path: string, text: string): ParsedYaml {
  const no = (message: string, at = ""): ParsedYaml => ({
    ok: false,
    issues: [{ path: at ? `${path}: ${at}` : path, message }],
  });
  if (text.length > MAX_CHARACTERS) return no("is too large");
  if (nestsTooDeep(text)) return no("is nested too deeply");
  try {
    const document = parseDocument(text, {
      schema: "core",
      stringKeys: true,
      uniqueKeys: true,
      logLevel: "silent",
    });
    const [first] = document.errors;
    if (first) return no((first.message.split("\n")[0] ?? "is not valid YAML").replace(/:$/, ""));
    let problem: string | null = null;
    visit(document, {
      Node: (_key, node) => {
        if (isAlias(node) || ("anchor" in node && node.anchor))
          problem = "uses an anchor or alias, which app files may not";
        else if (node.tag && !isStandardTag(node.tag)) problem = "uses a YAML tag, which app files may not";
        return problem ? visit.BREAK : undefined;
      },
      Pair: (_key, pair) => {
        const key = isScalar(pair.key) ? String(pair.key.value) : "";
        if (PROTOTYPE_KEYS.has(key)) problem = `must not use the name "${key}"`;
        return problem ? visit.BREAK : undefined;
      },
    });
    if (problem) return no(problem);
    if (!isMap(document.contents)) return no("must be a list of names and values");
    return { ok: true, value: document.toJS({ maxAliasCount: 0 }) };
  } catch {
    return no("is not valid YAML");
  }
}

function isStandardTag(tag: string): boolean {
  return tag.startsWith("tag:yaml.org,2002:") && /:(map|seq|str|int|float|bool|null)$/.test(tag);
}

/** A cheap look before parsing, as a deep nest could exhaust the stack. */
function nestsTooDeep(text: string): boolean {
  if (/(?:[[{]\s*){40}/.test(text)) return true;
  return text
    .split("\n")
    .some((line) => (/^ */.exec(line)?.[0].length ?? 0) > MAX_DEPTH * 8 || /^(?:\s*[-?]\s){40}/.test(line));
}
