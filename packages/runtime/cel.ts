import { evaluate } from "@marcbachmann/cel-js";
import { appError } from "#base/app-error";

/**
 * Evaluates a CEL expression of an app file. Numbers are doubles to CEL, so an integer must come as a bigint to
 * be added to an integer literal. Error: INVALID_WORKFLOW with the expression's own complaint.
 */
export function cel(expression: string, variables: Record<string, unknown>): unknown {
  try {
    const value = evaluate(expression, variables);
    return typeof value === "bigint" ? Number(value) : value;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw appError(
      "INVALID_WORKFLOW",
      { expression, reason },
      `The condition "${expression}" failed: ${reason}`,
    );
  }
}
