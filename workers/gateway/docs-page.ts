type Operation = {
  tags?: string[];
  summary?: string;
  security?: unknown[];
  parameters?: { name: string; in: string; required?: boolean; schema?: unknown }[];
  requestBody?: { content?: { [type: string]: { schema?: unknown } } };
  responses?: {
    [status: string]: { description?: string; content?: { [type: string]: { schema?: unknown } } };
  };
};
type Document = { info: { title: string; description?: string }; paths?: object };

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (it) => ESCAPES[it] ?? it);
const code = (text: string) => escaped(text).replace(/`([^`]+)`/g, "<code>$1</code>");

function schemaBlock(title: string, schema: unknown): string {
  if (schema === undefined) return "";
  return `<details><summary>${escaped(title)}</summary><pre>${escaped(JSON.stringify(schema, null, 2))}</pre></details>`;
}

function operationBlock(path: string, method: string, it: Operation): string {
  const parameters = (it.parameters ?? [])
    .map((p) => `<li><code>${escaped(p.name)}</code> in ${p.in}${p.required ? "" : ", optional"}</li>`)
    .join("");
  const responses = Object.entries(it.responses ?? {})
    .map(([status, answer]) =>
      schemaBlock(`${status} ${answer.description ?? ""}`, answer.content?.["application/json"]?.schema),
    )
    .join("");
  const open = (it.security ?? []).length === 0 ? " <small>public</small>" : "";
  return `<article><h3><b>${method.toUpperCase()}</b> <code>${escaped(path)}</code>${open}</h3>
<p>${code(it.summary ?? "")}</p>${parameters ? `<ul>${parameters}</ul>` : ""}
${schemaBlock("Request body", it.requestBody?.content?.["application/json"]?.schema)}${responses}</article>`;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h2{margin-top:2.5rem;border-bottom:1px solid #ddd}h3{margin-bottom:0;font-weight:400}h3 b{display:inline-block;min-width:4.5rem}
p{margin:.25rem 0}article{margin:1.25rem 0}small{background:#e7f5e9;border-radius:4px;padding:.1rem .4rem}
pre{overflow:auto;background:#f5f5f5;padding:.75rem;border-radius:6px;font-size:13px}summary{cursor:pointer}
@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}h2{border-color:#333}pre{background:#222}small{background:#234d2b}a{color:#8ab4ff}}`;

/**
 * The published API for people to read: one page without scripts, made of the OpenAPI document. (Scalar's page would
 * load its script from elsewhere.) `nonce` is the page's own, for its style sheet.
 */
export function docsPage(document: Document, nonce: string): string {
  const byTag = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, it] of Object.entries(methods as { [method: string]: Operation })) {
      const tag = it.tags?.[0] ?? "Other";
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationBlock(path, method, it)]);
    }
  }
  const sections = [...byTag].map(
    ([tag, blocks]) => `<section><h2>${escaped(tag)}</h2>${blocks.join("")}</section>`,
  );
  const title = escaped(document.info.title);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} API</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style nonce="${nonce}">${STYLE}</style></head>
<body><h1>${title} API</h1><p>${code(document.info.description ?? "")}</p>
<p><a href="openapi.json">OpenAPI 3.1 document</a></p>${sections.join("")}</body></html>`;
}
