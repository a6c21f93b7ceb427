import { type ASTNode, parse } from "@marcbachmann/cel-js";
import { oneOf } from "./finding.ts";

/** Variables of an expression and their fields; null where any field may be asked for. */
export type CelScope = Record<string, readonly string[] | null>;

/** Why an expression can't work, or null: it does not parse, or names something that is not there. */
export function celProblem(expression: string, scope: CelScope): string | null {
  let ast: ASTNode;
  try {
    ast = parse(expression).ast;
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    return `The condition "${expression}" can't be read: ${reason}.`;
  }
  // The variables that macros like `exists(x, …)` bring along are not followed.
  if (/\.(all|exists|exists_one|map|filter)\s*\(|cel\.bind/.test(expression)) return null;
  return walk(ast, scope);
}

function walk(node: unknown, scope: CelScope): string | null {
  if (Array.isArray(node)) {
    for (const it of node) {
      const problem = walk(it, scope);
      if (problem) return problem;
    }
    return null;
  }
  if (!isNode(node)) return null;
  if (node.op === "id") {
    const name = String(node.args);
    return Object.hasOwn(scope, name) ? null : `There is no "${name}" here; ${oneOf(Object.keys(scope))}.`;
  }
  if (node.op === "." || node.op === ".?") {
    const [of, field] = node.args as [ASTNode, string];
    if (of.op === "id" && Object.hasOwn(scope, String(of.args))) {
      const fields = scope[String(of.args)];
      if (fields && !fields.includes(field))
        return `"${String(of.args)}" has no "${field}"; ${oneOf(fields)}.`;
    }
    return walk(of, scope);
  }
  if (node.op === "call" || node.op === "rcall") return walk((node.args as unknown[]).slice(1), scope);
  return walk(node.args, scope);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value && "args" in value;
}

/** The text of an expression that is just a text, like `"requested"`; else null. */
export function celText(expression: string): string | null {
  return (
    /^\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*$/
      .exec(expression)
      ?.slice(1)
      .find((it) => it !== undefined) ?? null
  );
}
